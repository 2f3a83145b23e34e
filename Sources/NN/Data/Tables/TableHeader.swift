internal import Platform

/// The names of a table's columns, and which of them is meant.
struct TableHeader {
    let path: String
    let label: ColumnReference
    /// Whether the first line names the columns.
    let isInFile: Bool
    /// Whether the names stand in place of a header's.
    let isGiven: Bool
    /// The line that the names stand in; the first row's where there are none.
    let line: Int
    let names: [String]
    private(set) var labelColumn = 0

    /// - Parameters:
    ///   - cells: those of the first line, or numbers where it is a row.
    ///   - label: the column to learn.
    ///   - isInFile: whether the first line names the columns.
    ///   - givenNames: the names that stand in place of these.
    ///   - line: the first line's number.
    /// - Throws: ``DatasetError`` for columns of one name, and without a column for the label or
    ///   any other.
    init(
        _ cells: [String], label: ColumnReference, isInFile: Bool = true,
        givenNames: [String]? = nil, path: String, line: Int
    ) throws {
        self.path = path
        self.label = label
        self.isInFile = isInFile
        isGiven = givenNames != nil
        self.line = line
        names = givenNames ?? cells
        guard names.count == cells.count else {
            throw malformed(
                line, expected: "\(names.count) cells, one for each of the names given",
                got: "\(cells.count)")
        }
        try checkNames()
        labelColumn = try place(of: label)
        guard names.count > 1 else {
            throw malformed(
                line, expected: "at least one column besides \(label)", got: "none",
                hint: separatorHint)
        }
    }

    /// Two columns of one name are a mistake of whoever joined them; without names they may be meant,
    /// and where no name is one, the line is probably a row.
    private func checkNames() throws {
        // Names are bytes: two forms of é are two names.
        var columns: [[UInt8]: Int] = [:]
        var repeated: (name: String, first: Int, second: Int)?
        for (column, name) in names.enumerated() where !name.isEmpty {
            guard let other = columns.updateValue(column, forKey: Array(name.utf8)) else {
                continue
            }
            repeated = repeated ?? (name, other, column)
        }
        guard let repeated, isGiven || !names.allSatisfy(isNoName) else { return }
        throw malformed(
            line, expected: "one column named \(repeated.name)",
            got: "columns \(repeated.first + 1) and \(repeated.second + 1)")
    }

    private func isNoName(_ name: String) -> Bool {
        name.withCell { NumberFormat.plain.number($0) != nil || $0.isBlank || $0.isNoNumber }
    }

    // MARK: - Columns

    /// How messages call a column.
    func shown(_ column: Int) -> String {
        names[column].isEmpty ? "\(column + 1)" : names[column]
    }

    /// How options call a column.
    func option(_ column: Int) -> String {
        names[column].isEmpty || !isInFile && !isGiven
            ? "\(column + 1)" : "\"\(names[column])\""
    }

    /// Which column has that name or number.
    func place(of reference: ColumnReference) throws -> Int {
        switch reference {
        case .name(let name):
            let places = names.indices.filter { names[$0].utf8.elementsEqual(name.utf8) }
            guard let column = places.first else {
                throw malformed(
                    isInFile ? line : nil, expected: "a column named \(name)",
                    got: "columns \(names.indices.map(shown).joined(separator: ", "))",
                    hint: hint(reference))
            }
            guard places.count == 1 else {
                throw malformed(
                    isInFile ? line : nil, expected: "one column named \(name)",
                    got: "columns \(places[0] + 1) and \(places[1] + 1)")
            }
            return column
        case .number(let number):
            let column = number < 0 ? names.count + number : number - 1
            guard names.indices.contains(column) else {
                throw malformed(
                    nil,
                    expected: "a column from 1 to \(names.count), or from -\(names.count) to -1",
                    got: "\(number)", hint: hint(reference))
            }
            return column
        }
    }

    /// The columns that become features, in their order.
    func features(_ choice: ColumnChoice) throws -> [Int] {
        switch choice {
        case .all: return names.indices.filter { $0 != labelColumn }
        case .only(let chosen):
            let columns = try places(of: chosen, "columns").filter { $0 != labelColumn }
            guard !columns.isEmpty else {
                throw malformed(
                    isInFile ? line : nil,
                    expected: "at least one column besides \(label) among those that columns names",
                    got: "none")
            }
            return columns
        case .without(let dropped):
            let dropped = Set(try places(of: dropped, "drop"))
            guard !dropped.contains(labelColumn) else {
                throw DatasetError.invalid(
                    name: "drop", expected: "columns of features", got: "\(label), the label's")
            }
            let columns = names.indices.filter { $0 != labelColumn && !dropped.contains($0) }
            guard !columns.isEmpty else {
                throw malformed(
                    isInFile ? line : nil,
                    expected: "at least one column besides \(label) that drop does not name",
                    got: "none")
            }
            return columns
        }
    }

    private func places(of references: [ColumnReference], _ option: String) throws -> [Int] {
        var places: [Int] = []
        var taken: Set<Int> = []
        for reference in references {
            let column = try place(of: reference)
            guard taken.insert(column).inserted else {
                throw DatasetError.invalid(
                    name: option, expected: "each column once", got: "\(shown(column)) twice")
            }
            places.append(column)
        }
        return places
    }

    // MARK: - What was probably meant

    /// What makes a header that has no such column one that has.
    private func hint(_ reference: ColumnReference) -> String? {
        separatorHint ?? nearest(reference) ?? countsHint
            ?? (isInFile && !isGiven && names.allSatisfy(isNoName)
                ? "header = false reads the first line as a row" : nil)
    }

    /// A single column with other separators in its name.
    private var separatorHint: String? {
        guard let name = names.first, names.count == 1 else { return nil }
        if name.contains(";") { return #"separator = ";"?"# }
        return name.contains("\t") ? #"separator = "\t"?"# : nil
    }

    private func nearest(_ reference: ColumnReference) -> String? {
        guard case .name(let name) = reference, name.count > 2, name.utf8.count <= 100 else {
            return nil
        }
        let others = names.prefix(1000).filter { !$0.isEmpty && $0.utf8.count <= 100 }
        return nearestName(to: name, among: Array(others)).map { "did you mean \($0)?" }
    }

    /// A first line that counts rows and columns is no header.
    var countsHint: String? {
        guard isInFile, !names.prefix(2).contains(where: { Int($0) == nil }),
            names.count < 3 || names.contains(where: { !isNoName($0) })
        else { return nil }
        return "skip = \(line) passes over a line of counts"
    }

    /// What to say of a header whose names are all numbers, or values of their own columns, or that
    /// counts rows and columns.
    ///
    /// - Parameters:
    ///   - rows: how many the table has.
    ///   - labels: those of the label's column.
    ///   - columns: the features'.
    func warning(rows: Int, labels: [ClassLabel], columns: [TableColumn]) -> String? {
        guard isInFile, !isGiven else { return nil }
        if rows > 2, names.count > 1, names[0] == "\(rows)", names[1] == "\(names.count - 1)" {
            return
                "\(path): the first line looks like counts of \(rows) rows and \(names[1]) columns; "
                + "skip = \(line) passes over it, then header = false or names = { … }"
        }
        let texts = Dictionary(
            columns.map { ($0.name, $0.categories ?? []) }, uniquingKeysWith: { $0 + $1 })
        let isRow = names.indices.allSatisfy { column in
            let name = names[column]
            if isNoName(name) { return true }
            return column == labelColumn
                ? labels.contains(.string(name)) : texts[name]?.contains(name) == true
        }
        guard isRow else { return nil }
        return "\(path): the names of the columns look like a row: "
            + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
            + "; header = false reads it as one"
    }

    func malformed(
        _ line: Int?, expected: String, got: String, hint: String? = nil
    ) -> DatasetError {
        .malformed(path: path, line: line, expected: expected, got: got, hint: hint)
    }
}

extension String {
    /// The text as a cell has it.
    func withCell<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}
