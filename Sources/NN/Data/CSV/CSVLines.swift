internal import CKernels
internal import Platform

/// What reads the rows of a table.
protocol CSVRowReader: ~Copyable {
    /// By column what is done with its cells, before they are asked for.
    var columns: [ck_csv_column] { get }
    /// Where the row goes that is read, and those behind it.
    var target: ck_csv_target { get }
    /// Begins a row.
    mutating func beginRow(line: Int)
    /// Takes a cell that is to be asked for, or is not plain.
    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws
    /// Ends a row that has as many cells as there are columns.
    mutating func endRow() throws
    /// Keeps rows that have gone to the target.
    mutating func keepRows(_ count: Int)
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
        while parser.beginLine() { rows += try readLines(&reader) }
        guard rows > 0 else {
            throw header.malformed(
                nil,
                expected: header.isInFile
                    ? "at least one row after the column names" : "at least one row",
                got: "none")
        }
    }

    /// Reads rows up to one whose end has to be asked for, or to a line that may be none.
    ///
    /// - Returns: how many.
    private mutating func readLines<Reader: CSVRowReader & ~Copyable>(
        _ reader: inout Reader
    ) throws -> Int {
        var (rows, column, line) = (0, 0, parser.line)
        reader.beginRow(line: line)
        while true {
            let stop = parser.readRows(from: column, reader.columns, to: reader.target)
            if stop.rows > 0 {
                reader.keepRows(stop.kept)
                (rows, line) = (rows + stop.rows, parser.line)
                guard stop.reason != CK_CSV_BETWEEN else { return rows }
                reader.beginRow(line: line)
            }
            column = stop.column
            if stop.reason == CK_CSV_ASKS {
                column += 1
                guard try !readCell(&reader, column: stop.column, line: line) else { continue }
            }
            guard column == header.names.count else {
                throw header.malformed(
                    line, expected: "\(header.names.count) cells", got: "\(column)",
                    hint: header.countsHint)
            }
            try reader.endRow()
            return rows + 1
        }
    }

    /// Hands one cell to `reader`.
    ///
    /// - Returns: whether there is another one in its row.
    private mutating func readCell<Reader: CSVRowReader & ~Copyable>(
        _ reader: inout Reader, column: Int, line: Int
    ) throws -> Bool {
        guard let separator = parser.next() else {
            throw header.malformed(line, expected: Self.closingQuote, got: "none")
        }
        if column < header.names.count { try reader.read(parser.cell, column: column) }
        return separator == .nextCell
    }
}
