/// How a file is read like another.
extension CSVOptions {
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for options that contradict each other.
    func check() throws {
        try format.check()
        if case .value(let value)? = missing, !value.isFinite {
            throw DatasetError.invalid(
                name: "missing", expected: "a finite number", got: "\(value)")
        }
        guard let like else { return }
        func invalid(_ name: String, _ expected: String) -> DatasetError {
            .invalid(name: name, expected: expected, got: like.name)
        }
        guard !like.tableColumns.isEmpty else {
            throw invalid("like", "a data set from a table with named columns")
        }
        if case .only = columns {
            throw DatasetError.invalid(
                name: "columns", expected: "nothing beside like", got: "columns")
        }
        if missing == .mean,
            like.tableColumns.contains(where: { $0.categories == nil && $0.substitute == nil })
        {
            throw invalid("like", "a data set that was read with missing = \"mean\"")
        }
        if standardize == true, like.layout.scaling == nil {
            throw invalid("like", "a data set that was read with standardize = true")
        }
    }

    /// By what the features are shifted and scaled.
    func scaling(of rows: borrowing TableRows) -> FeatureScaling? {
        guard standardize ?? (like?.layout.scaling != nil) else { return nil }
        return like?.layout.scaling ?? rows.scaling
    }

    /// The columns that a file which is read like this one may have besides.
    func ignored(by header: TableHeader) throws -> IgnoredColumns {
        if let like { return like.layout.ignored }
        switch columns {
        case .all: return .named([])
        case .only: return .others
        case .without(let dropped):
            return .named(try dropped.map { header.names[try header.place(of: $0)] })
        }
    }
}

extension TableHeader {
    /// The columns of a file that is read like another, in that one's order; the file has these, in
    /// any order, and no others but the label's and those that are to be left out.
    func columns(
        like other: Dataset, _ options: CSVOptions
    ) throws -> [(place: Int, column: TableColumn)] {
        let columns = other.tableColumns
        let ignored = other.layout.ignored
        // Without two of one name each column stands in its own place, whatever it is called.
        let own = try features(options.columns).filter { !ignored.contains(names[$0]) }
        guard own.map({ names[$0] }) != columns.map(\.name) else { return Array(zip(own, columns)) }
        let places = try columns.map { (place: try place(of: .name($0.name)), column: $0) }
        let known = Set(places.map(\.place))
        if ignored != .others, let other = own.first(where: { !known.contains($0) }) {
            throw malformed(
                line,
                expected: "columns \(columns.map(\.name).joined(separator: ", ")) besides \(label)",
                got: "also \(shown(other))", hint: "drop = { \(option(other)) } leaves it out")
        }
        return places
    }
}

extension IgnoredColumns {
    /// Whether a column of that name is to be left out whatever the training file has.
    fileprivate func contains(_ name: String) -> Bool {
        guard case .named(let names) = self else { return false }
        return names.contains { $0.utf8.elementsEqual(name.utf8) }
    }
}
