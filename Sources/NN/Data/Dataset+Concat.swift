internal import Platform

extension Dataset {
    /// The rows of several data sets, one after the other.
    ///
    /// The classes are those of all. Parts of one data set share its features; others are copied.
    ///
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for data sets with other features,
    ///   other names of features, or another kind of targets than the first;
    ///   ``OutOfMemory``.
    public static func concatenated(_ parts: [Dataset]) throws -> Dataset {
        guard let first = parts.first else {
            throw DatasetError.invalid(
                name: "concat", expected: "at least one data set", got: "none")
        }
        for (index, part) in parts.enumerated().dropFirst() { try first.check(part, index) }
        if parts.allSatisfy({ $0.features === first.features }) {
            let charge = try MemoryCharge.of(
                4 * parts.reduce(0) { $0 + $1.rows }, purpose: "a list of rows")
            defer { withExtendedLifetime(charge) {} }
            let rows = parts.flatMap { part in
                (0..<part.rows).map { UInt32(part.selection[$0]) }
            }
            let id = ID(storage: newIdentity(), rows: 0..<rows.count)
            return try Dataset(first, id: id, selection: .list(rows))
        }
        return try Dataset(
            name: first.name, features: FeatureStorage(joining: parts),
            targets: joinedTargets(parts), layout: first.layout)
    }

    private func check(_ other: Dataset, _ index: Int) throws {
        func invalid(_ expected: String, _ got: String) -> DatasetError {
            .invalid(name: "concat: data set \(index + 1)", expected: expected, got: got)
        }
        guard other.columns == columns else {
            throw invalid("\(columns) features, as the first has", "\(other.columns)")
        }
        guard other.outputs == outputs else {
            func described(_ data: Dataset) -> String {
                data.outputs == 0 ? "classes" : "\(data.outputs) numbers to predict"
            }
            throw invalid("\(described(self)), as the first has", described(other))
        }
        let (kinds, otherKinds) = (Set(classes.map(\.kind)), Set(other.classes.map(\.kind)))
        guard otherKinds.isSubset(of: kinds) || kinds.isSubset(of: otherKinds) else {
            // Else 1 and "1" would be two classes.
            func described(_ kinds: Set<String>) -> String {
                kinds.sorted().joined(separator: " and ")
            }
            throw invalid(
                "labels that are \(described(kinds)), as the first has", described(otherKinds))
        }
        guard !featureNames.isEmpty, !other.featureNames.isEmpty else { return }
        for (name, otherName) in zip(featureNames, other.featureNames) where name != otherName {
            throw invalid("the feature \(name), as the first has", otherName)
        }
    }

    private static func joinedTargets(_ parts: [Dataset]) throws -> Targets {
        let rows = parts.reduce(0) { $0 + $1.rows }
        let outputs = parts[0].outputs
        let charge = try MemoryCharge.of(
            4 * rows * max(1, outputs), purpose: "the targets of \(rows) rows")
        defer { withExtendedLifetime(charge) {} }
        guard outputs == 0 else {
            return .values(
                parts.flatMap { part in (0..<part.rows).flatMap { part.values(at: $0) } },
                outputs: outputs)
        }
        let labels = Set(parts.flatMap(\.classes)).sorted()
        let positions = Dictionary(uniqueKeysWithValues: zip(labels, Int32(0)...))
        var all: [Int32] = []
        all.reserveCapacity(rows)
        for part in parts {
            guard case .classes(let numbers, let own) = part.targets else { continue }
            let map = own.map { positions[$0]! }
            for row in 0..<part.rows { all.append(map[Int(numbers[part.selection[row]])]) }
        }
        return .classes(all, labels: labels)
    }
}

extension FeatureStorage {
    /// A copy of the rows of data sets with the same number of features: bytes if all have them,
    /// else floats.
    fileprivate convenience init(joining parts: [Dataset]) throws {
        let (rows, columns) = (parts.reduce(0) { $0 + $1.rows }, parts[0].columns)
        let areBytes = parts.allSatisfy { $0.features.areBytes }
        guard areBytes else {
            try self.init(rows: rows, columns: columns) { target in
                var at = 0
                for part in parts {
                    for row in 0..<part.rows {
                        let stored = part.selection[row]
                        for column in 0..<columns {
                            target[at] = part.features[stored, column]
                            at += 1
                        }
                    }
                }
            }
            return
        }
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        let purpose = "a data set of \(rows) rows"
        guard !overflow else { throw OutOfMemory(what: purpose, bytes: nil) }
        let memory = try AlignedBuffer<UInt8>(count: count, purpose: purpose)
        var at = memory.pointer
        for part in parts {
            guard case .bytes(let pixels) = part.features.elements else { continue }
            for row in 0..<part.rows {
                at.update(from: pixels + part.selection[row] * columns, count: columns)
                at += columns
            }
        }
        try self.init(bytes: memory, offset: 0, rows: rows, columns: columns)
    }

    private var areBytes: Bool {
        if case .bytes = elements { true } else { false }
    }
}
