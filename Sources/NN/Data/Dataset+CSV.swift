extension Dataset {
    /// A data set from a file of comma-separated values whose first line names the columns.
    ///
    /// Every column but the label's is a feature and holds numbers. Labels are integers if all of
    /// them are, else numbers if all of them are, else text.
    ///
    /// - Parameters:
    ///   - label: the name of the column to learn.
    ///   - regression: whether that column holds numbers to predict instead of classes.
    /// - Throws: ``DatasetError`` that names the file and the line: missing and non-numeric cells
    ///   are refused, as are lines with too few or too many.
    public convenience init(csv path: String, label: String, regression: Bool = false) throws {
        let file = try readUnpacked(path)
        var reader = CSVTableReader(
            CSVParser(UnsafeBufferPointer(start: file.pointer, count: file.count)), path: path)
        try reader.readHeader(label: label)
        try reader.readRows(regression: regression)
        let table = reader
        let rows = table.rows
        let columns = table.names.count - 1
        let storage = try FeatureStorage(rows: rows, columns: columns) { target in
            _ = target.initialize(from: table.features)
        }
        self.init(
            name: path, features: storage,
            targets: regression
                ? .values(table.values, outputs: 1) : Targets(labels: table.classLabels))
    }
}

/// Reads a table line by line and keeps what it holds.
private struct CSVTableReader {
    private var parser: CSVParser
    private let path: String
    private(set) var names: [String] = []
    private var labelColumn = 0
    private(set) var rows = 0
    private(set) var features: [Float] = []
    private(set) var values: [Float] = []
    private var labels: [String] = []

    init(_ parser: CSVParser, path: String) {
        self.parser = parser
        self.path = path
    }

    mutating func readHeader(label: String) throws {
        guard parser.beginLine() else {
            throw malformed(nil, "a line of column names", "an empty file")
        }
        try readLine { reader, _ in reader.names.append(reader.parser.text) }
        guard let column = names.firstIndex(of: label) else {
            throw malformed(
                1, "a column named \(label)", "columns \(names.joined(separator: ", "))")
        }
        guard names.count > 1 else {
            throw malformed(1, "at least one column besides \(label)", "none")
        }
        labelColumn = column
    }

    mutating func readRows(regression: Bool) throws {
        while parser.beginLine() {
            let line = parser.line
            let cells = try readLine { reader, column in
                if column == reader.labelColumn {
                    try reader.readLabel(line, regression)
                } else if column < reader.names.count {
                    reader.features.append(try reader.number(line, column))
                }
            }
            guard cells == names.count else {
                throw malformed(line, "\(names.count) cells", "\(cells)")
            }
            rows += 1
        }
        guard rows > 0 else {
            throw malformed(nil, "at least one row after the column names", "none")
        }
    }

    /// - Returns: how many cells the line has.
    @discardableResult
    private mutating func readLine(
        _ body: (inout CSVTableReader, _ column: Int) throws -> Void
    ) throws -> Int {
        let line = parser.line
        var column = 0
        while true {
            guard let separator = parser.next() else {
                throw malformed(line, "a closing quote before the end of the cell", "none")
            }
            try body(&self, column)
            column += 1
            if separator != .comma { return column }
        }
    }

    private mutating func readLabel(_ line: Int, _ regression: Bool) throws {
        if regression {
            values.append(try number(line, labelColumn))
        } else {
            guard !parser.cell.isEmpty else {
                throw malformed(line, "a label in column \(names[labelColumn])", "an empty cell")
            }
            labels.append(parser.text)
        }
    }

    private func number(_ line: Int, _ column: Int) throws -> Float {
        let value = parseNumber(parser.cell).map { Float($0) }
        guard let value, value.isFinite else {
            throw malformed(
                line, "a finite number in column \(names[column])",
                parser.cell.isEmpty ? "an empty cell" : parser.text)
        }
        return value
    }

    var classLabels: [ClassLabel] {
        let integers = labels.compactMap { Int($0) }
        if integers.count == labels.count { return integers.map { .integer($0) } }
        let reals = labels.compactMap { Double($0) }.filter(\.isFinite)
        if reals.count == labels.count { return reals.map { .real($0) } }
        return labels.map { .string($0) }
    }

    private func malformed(_ line: Int?, _ expected: String, _ got: String) -> DatasetError {
        .malformed(path: path, line: line, expected: expected, got: got)
    }
}
