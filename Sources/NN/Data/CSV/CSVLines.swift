internal import Platform

/// Reads a table line by line, hands over its cells, and checks that every line has as many as there
/// are names.
struct CSVLines {
    private(set) var parser: CSVParser
    let path: String
    let label: ColumnReference
    /// Whether the first line names the columns.
    let hasHeader: Bool
    /// The names that stand in place of a header's.
    private let givenNames: [String]?
    private(set) var names: [String] = []
    private(set) var labelColumn = 0
    /// Whether a text among numbers may be meant to be one hot.
    var suggestsOneHot = true

    /// More are no table but a damaged file.
    private static let mostColumns = 1 << 20

    init(
        _ parser: CSVParser, path: String, label: ColumnReference, header: Bool = true,
        names: [String]? = nil
    ) {
        self.parser = parser
        self.path = path
        self.label = label
        hasHeader = header
        givenNames = names
    }

    /// Reads the names of the columns, or counts the cells of the first row where there are none.
    ///
    /// - Parameter charge: pays for what is kept of each column.
    mutating func readHeader(_ charge: MemoryCharge) throws {
        guard parser.beginLine() else {
            throw malformed(
                nil, hasHeader ? "a line of column names" : "at least one row", "an empty file")
        }
        let first = parser
        let line = parser.line
        var names: [String] = []
        try readLine { [self] parser, column in
            guard column < Self.mostColumns else {
                throw malformed(line, "at most \(Self.mostColumns) columns", "more")
            }
            try charge.add(256 + 2 * parser.cell.count, purpose: "the columns of \(path)")
            names.append(hasHeader ? parser.text : "\(column + 1)")
        }
        if !hasHeader { parser = first }
        if let givenNames {
            guard givenNames.count == names.count else {
                throw malformed(
                    line, "\(givenNames.count) cells, one for each of the names given",
                    "\(names.count)")
            }
            names = givenNames
        }
        self.names = names
        try checkNames(line)
        labelColumn = try place(of: label)
        guard names.count > 1 else {
            throw malformed(
                line, "at least one column besides \(label)", "none", hint: separatorHint)
        }
    }

    /// Two columns of one name are a mistake of whoever joined them; without names they may be meant,
    /// and where no name is one, the line is probably a row.
    private func checkNames(_ line: Int) throws {
        var columns: [String: Int] = [:]
        var repeated: (name: String, first: Int, second: Int)?
        for (column, name) in names.enumerated() where !name.isEmpty {
            guard let other = columns.updateValue(column, forKey: name) else { continue }
            repeated = repeated ?? (name, other, column)
        }
        guard let repeated, !(givenNames == nil && names.allSatisfy { isNoName($0) }) else {
            return
        }
        throw malformed(
            line, "one column named \(repeated.name)",
            "columns \(repeated.first + 1) and \(repeated.second + 1)")
    }

    private func isNoName(_ name: String) -> Bool {
        let cell = Array(name.utf8)[...]
        return parseNumber(cell) != nil || cell.isBlank || cell.isMissingNumber
    }

    /// What to say of a header whose names are all numbers, or values of their own columns.
    ///
    /// - Parameters:
    ///   - labels: those of the label's column.
    ///   - columns: the features'.
    func headerWarning(labels: [ClassLabel], columns: [TableColumn]) -> String? {
        guard hasHeader, givenNames == nil else { return nil }
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

    /// How messages call a column.
    func shown(_ column: Int) -> String {
        names[column].isEmpty ? "\(column + 1)" : names[column]
    }

    /// Which column has that name or number.
    func place(of reference: ColumnReference) throws -> Int {
        switch reference {
        case .name(let name):
            let places = names.indices.filter { names[$0].utf8.elementsEqual(name.utf8) }
            guard let column = places.first else {
                throw malformed(
                    hasHeader ? 1 : nil, "a column named \(name)",
                    "columns \(names.joined(separator: ", "))", hint: separatorHint)
            }
            guard places.count == 1 else {
                throw malformed(
                    hasHeader ? 1 : nil, "one column named \(name)",
                    "columns \(places[0] + 1) and \(places[1] + 1)")
            }
            return column
        case .number(let number):
            let column = number < 0 ? names.count + number : number - 1
            guard names.indices.contains(column) else {
                throw malformed(
                    nil, "a column from 1 to \(names.count), or from -\(names.count) to -1",
                    "\(number)", hint: separatorHint)
            }
            return column
        }
    }

    /// Hands the cells of all rows to `body`, and calls `endOfRow` after each.
    mutating func readRows(
        _ body: (_ parser: CSVParser, _ line: Int, _ column: Int) throws -> Void,
        endOfRow: () throws -> Void = {}
    ) throws {
        var rows = 0
        while parser.beginLine() {
            let line = parser.line
            let count = names.count
            let cells = try readLine { parser, column in
                if column < count { try body(parser, line, column) }
            }
            guard cells == count else { throw malformed(line, "\(count) cells", "\(cells)") }
            try endOfRow()
            rows += 1
        }
        guard rows > 0 else {
            throw malformed(
                nil, hasHeader ? "at least one row after the column names" : "at least one row",
                "none")
        }
    }

    /// - Returns: how many cells the line has.
    @discardableResult
    private mutating func readLine(
        _ body: (_ parser: CSVParser, _ column: Int) throws -> Void
    ) throws -> Int {
        let line = parser.line
        var column = 0
        while true {
            guard let separator = parser.next() else {
                throw malformed(line, "a closing quote before the end of the cell", "none")
            }
            try body(parser, column)
            column += 1
            if separator != .nextCell { return column }
        }
    }

    /// What a header that is a single column with other separators in it was probably meant to be.
    private var separatorHint: String? {
        guard let name = names.first, names.count == 1 else { return nil }
        if name.contains(";") { return #"separator = ";"?"# }
        return name.contains("\t") ? #"separator = "\t"?"# : nil
    }

    func malformed(
        _ line: Int?, _ expected: String, _ got: String, hint: String? = nil
    ) -> DatasetError {
        .malformed(path: path, line: line, expected: expected, got: got, hint: hint)
    }
}

extension CSVLines {
    /// Reads all rows for how the columns but the label's become features.
    mutating func columns(_ oneHot: OneHotColumns) throws -> [TableColumn] {
        let features = names.indices.filter { $0 != labelColumn }
        var categories: [Int: Set<String>] = [:]
        switch oneHot {
        case .none: break
        case .text:
            categories = Dictionary(uniqueKeysWithValues: features.map { ($0, []) })
            try readRows { parser, _, column in
                guard categories[column] != nil, !parser.cell.isBlank else { return }
                if parseNumber(parser.cell) != nil {
                    categories[column] = nil
                } else {
                    categories[column]!.insert(parser.text)
                }
            }
        case .named(let chosen):
            for name in chosen {
                let column = try place(of: name)
                guard column != labelColumn else {
                    throw DatasetError.invalid(
                        name: "one_hot", expected: "columns of features",
                        got: "\(name), the label's")
                }
                categories[column] = []
            }
            var missing = categories.mapValues { _ in MissingNumbers() }
            try readRows { parser, line, column in
                guard categories[column] != nil else { return }
                categories[column]!.insert(parser.text)
                missing[column]!.add(parser.cell, line: line)
            }
            for (column, cells) in missing.sorted(by: { $0.key < $1.key }) {
                try cells.check(self, column: column)
            }
        }
        return features.map { column in
            // A column without any value is left to the reader, which names its first line.
            let values = categories[column].flatMap { $0.isEmpty ? nil : $0.sorted() }
            return TableColumn(name: names[column], categories: values)
        }
    }
}
