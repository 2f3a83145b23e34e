internal import CKernels
internal import Platform

/// What reads the rows of a table.
protocol CSVRowReader: ~Copyable {
    /// By column what becomes of a cell: the place of its number in the row, `CK_CSV_SKIP`, or
    /// `CK_CSV_ASK` for ``read(_:column:)``.
    var places: [Int32] { get }
    /// By column what stands for a cell of blanks, infinite for ``read(_:column:)`` to say.
    var blanks: [Float] { get }
    /// Where the numbers of the row go.
    var row: UnsafeMutablePointer<Float> { get }
    /// Begins a row.
    mutating func beginRow(line: Int) throws
    /// Takes a cell that is to be asked for, or is no plain number.
    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws
    /// Ends a row that has as many cells as there are columns.
    mutating func endRow() throws
}

/// Reads a table line by line, hands over its cells, and checks that every line has as many as there
/// are names.
struct CSVLines {
    private(set) var parser: CSVParser
    let header: TableHeader

    /// More are no table but a damaged file.
    private static let mostColumns = 1 << 20

    /// Reads the names of the columns, or counts the cells of the first row where there are none.
    ///
    /// - Parameter charge: pays for what is kept of each column.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, path: String, _ options: CSVOptions,
        charge: MemoryCharge
    ) throws {
        func malformed(_ line: Int?, expected: String, got: String) -> DatasetError {
            .malformed(path: path, line: line, expected: expected, got: got)
        }
        var parser = CSVParser(bytes, options.format)
        let hasHeader = options.header ?? (options.names == nil)
        guard parser.beginLine() else {
            throw malformed(
                nil, expected: hasHeader ? "a line of column names" : "at least one row",
                got: "an empty file")
        }
        let first = parser
        var names: [String] = []
        while true {
            guard let separator = parser.next() else {
                throw malformed(first.line, expected: Self.closingQuote, got: "none")
            }
            guard names.count < Self.mostColumns else {
                throw malformed(
                    first.line, expected: "at most \(Self.mostColumns) columns", got: "more")
            }
            try charge.add(256 + 2 * parser.cell.count, purpose: "the columns of \(path)")
            names.append(hasHeader ? parser.text : "\(names.count + 1)")
            guard separator == .nextCell else { break }
        }
        self.parser = hasHeader ? parser : first
        header = try TableHeader(
            names, label: options.label, isInFile: hasHeader, givenNames: options.names, path: path,
            line: first.line)
    }

    private static let closingQuote = "a closing quote before the end of the cell"

    /// How many rows there are at most: each has a line and all its separators.
    var mostRows: Int { min(parser.mostLines, parser.bytesLeft / header.names.count + 1) }

    /// Hands the cells of all rows to `reader`.
    mutating func readRows<Reader: CSVRowReader & ~Copyable>(_ reader: inout Reader) throws {
        var rows = 0
        while parser.beginLine() {
            try readRow(&reader)
            rows += 1
        }
        guard rows > 0 else {
            throw header.malformed(
                nil,
                expected: header.isInFile
                    ? "at least one row after the column names" : "at least one row",
                got: "none")
        }
    }

    private mutating func readRow<Reader: CSVRowReader & ~Copyable>(_ reader: inout Reader) throws {
        let line = parser.line
        let count = header.names.count
        try reader.beginRow(line: line)
        var (column, isEndOfRow) = (0, false)
        while !isEndOfRow {
            (column, isEndOfRow) = parser.readNumbers(
                from: column, places: reader.places, blanks: reader.blanks, to: reader.row)
            guard !isEndOfRow else { break }
            guard let separator = parser.next() else {
                throw header.malformed(line, expected: Self.closingQuote, got: "none")
            }
            if column < count { try reader.read(parser.cell, column: column) }
            column += 1
            isEndOfRow = separator != .nextCell
        }
        guard column == count else {
            throw header.malformed(
                line, expected: "\(count) cells", got: "\(column)", hint: header.countsHint)
        }
        try reader.endRow()
    }
}
