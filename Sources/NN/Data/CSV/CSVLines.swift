/// Reads a table line by line, hands over its cells, and checks that every line has as many as there
/// are names.
struct CSVLines {
    private(set) var parser: CSVParser
    let path: String
    let label: String
    private(set) var names: [String] = []
    private(set) var labelColumn = 0
    /// Whether a text among numbers may be meant to be one hot.
    var suggestsOneHot = true

    init(_ parser: CSVParser, path: String, label: String) {
        self.parser = parser
        self.path = path
        self.label = label
    }

    mutating func readHeader() throws {
        guard parser.beginLine() else {
            throw malformed(nil, "a line of column names", "an empty file")
        }
        var names: [String] = []
        try readLine { parser, _ in names.append(parser.text) }
        self.names = names
        try checkNames()
        labelColumn = try place(of: label)
        guard names.count > 1 else {
            throw malformed(
                1, "at least one column besides \(label)", "none", hint: separatorHint)
        }
    }

    /// Two columns of one name are a mistake of whoever joined them; without names they may be meant.
    private func checkNames() throws {
        var columns: [String: Int] = [:]
        for (column, name) in names.enumerated() where !name.isEmpty {
            guard let other = columns.updateValue(column, forKey: name) else { continue }
            throw malformed(
                1, "one column named \(name)", "columns \(other + 1) and \(column + 1)")
        }
    }

    /// Which column has that name.
    func place(of name: String) throws -> Int {
        guard let column = names.firstIndex(of: name) else {
            throw malformed(
                1, "a column named \(name)", "columns \(names.joined(separator: ", "))",
                hint: separatorHint)
        }
        return column
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
            throw malformed(nil, "at least one row after the column names", "none")
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
