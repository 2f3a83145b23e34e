extension Dataset {
    /// A classification data set from rows of features and a label for each.
    ///
    /// - Parameters:
    ///   - features: shape [rows][columns]; every row has the same length.
    ///   - labels: one for each row.
    ///   - name: how messages call the data set.
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for no rows, rows of different
    ///   lengths, a count of labels that differs from the rows', or a value that is not finite.
    public convenience init(
        features: [[Float]], labels: [ClassLabel], name: String = "data"
    ) throws {
        let columns = features.first?.count ?? 0
        for (index, row) in features.enumerated() where row.count != columns {
            throw DatasetError.invalid(
                name: "features", expected: "\(columns) numbers in row \(index + 1), as in row 1",
                got: "\(row.count)")
        }
        try self.init(
            features: Array(features.joined()), columns: columns, labels: labels, name: name)
    }

    /// A classification data set from one flat array.
    ///
    /// - Parameter features: shape [rows · columns], row after row.
    /// - Throws: as ``init(features:labels:name:)``.
    public convenience init(
        features: [Float], columns: Int, labels: [ClassLabel], name: String = "data"
    ) throws {
        let storage = try Self.storage(features, columns: columns)
        guard labels.count == storage.rows else {
            throw DatasetError.invalid(
                name: "labels", expected: "one label for each of the \(storage.rows) rows",
                got: "\(labels.count)")
        }
        for (row, label) in labels.enumerated() {
            guard case .real(let value) = label, !value.isFinite else { continue }
            throw DatasetError.invalid(
                name: "labels", expected: "a finite number in row \(row + 1)", got: "\(value)")
        }
        try self.init(name: name, features: storage, targets: Targets(labels: labels))
    }

    /// A regression data set from one flat array of features and one of values to predict.
    ///
    /// - Parameters:
    ///   - features: shape [rows · columns], row after row.
    ///   - values: shape [rows · outputs], row after row.
    ///   - outputs: how many numbers to predict for each row.
    /// - Throws: as ``init(features:labels:name:)``.
    public convenience init(
        features: [Float], columns: Int, values: [Float], outputs: Int = 1, name: String = "data"
    ) throws {
        let storage = try Self.storage(features, columns: columns)
        guard outputs > 0, values.count == storage.rows * outputs else {
            throw DatasetError.invalid(
                name: "values",
                expected: "\(outputs) for each of the \(storage.rows) rows", got: "\(values.count)")
        }
        if let bad = values.firstIndex(where: { !$0.isFinite }) {
            throw DatasetError.invalid(
                name: "values", expected: "a finite number in row \(bad / outputs + 1)",
                got: "\(values[bad])")
        }
        try self.init(name: name, features: storage, targets: .values(values, outputs: outputs))
    }

    private static func storage(_ features: [Float], columns: Int) throws -> FeatureStorage {
        guard !features.isEmpty else {
            throw DatasetError.invalid(
                name: "features", expected: "at least one row of at least one number",
                got: "none")
        }
        guard columns > 0, features.count % columns == 0 else {
            throw DatasetError.invalid(
                name: "features", expected: "a multiple of \(columns) numbers",
                got: "\(features.count)")
        }
        if let bad = features.firstIndex(where: { !$0.isFinite }) {
            throw DatasetError.invalid(
                name: "features",
                expected:
                    "a finite number in row \(bad / columns + 1), column \(bad % columns + 1)",
                got: "\(features[bad])")
        }
        return try FeatureStorage(rows: features.count / columns, columns: columns) { target in
            _ = target.initialize(from: features)
        }
    }
}
