internal import CKernels

/// Takes a text of separated values apart, cell by cell.
///
/// Cells lie between commas, or between other separators of one byte. They may be quoted, with quotes doubled inside; lines end with LF or CRLF; blank lines do not
/// count. A byte order mark at the start is passed over.
///
/// Source: RFC 4180.
struct CSVParser {
    /// What follows a cell.
    enum Separator { case nextCell, endOfLine, endOfFile }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let format: ck_csv_format
    let numbers: NumberFormat
    let encoding: TextEncoding
    private var position = 0
    /// The line of the next cell, from 1.
    private(set) var line = 1
    /// What the last cell contained, valid until the next.
    private(set) var cell = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private let unquoted = Scratch()

    /// - Parameter bytes: a whole file, which has to outlive the parser.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ format: CSVFormat) {
        self.bytes = bytes
        // An end of line begins no comment and stands in no number.
        self.format = ck_csv_format(
            separator: UInt8(ascii: format.separator), point: UInt8(ascii: format.decimal),
            thousands: format.thousands.map { UInt8(ascii: $0) } ?? .lineFeed,
            comment: format.comment.map { UInt8(ascii: $0) } ?? .lineFeed)
        numbers = NumberFormat(
            decimal: UInt8(ascii: format.decimal),
            thousands: format.thousands.map { UInt8(ascii: $0) })
        encoding = TextEncoding(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var skipped = 0
        while skipped < format.skippedLines, position < bytes.count {
            passLine()
            skipped += 1
        }
    }

    var separator: UInt8 { format.separator }

    /// The last cell as text.
    var text: String { encoding.text(cell) }

    /// How many lines there are left, at most.
    var mostLines: Int { ck_count_lines(bytes.baseAddress.map { $0 + position }, bytesLeft) }

    /// How many bytes there are left.
    var bytesLeft: Int { bytes.count - position }

    /// Passes over blank lines and comments.
    ///
    /// - Returns: whether there is another line.
    mutating func beginLine() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case .lineFeed:
                line += 1
                position += 1
            case .carriageReturn: position += 1
            default:
                guard isComment else { return true }
                passLine()
            }
        }
        return false
    }

    /// Whether the line begins with a comment, blanks before it allowed.
    private var isComment: Bool {
        guard format.comment != .lineFeed else { return false }
        let first = bytes[position...].first { !$0.isBlank || $0 == separator }
        return first == format.comment
    }

    private mutating func passLine() {
        while position < bytes.count, !bytes[position].isEndOfLine { position += 1 }
        passEndOfLine()
    }

    /// Reads one cell into ``cell``.
    ///
    /// - Returns: what ended it; nil for a quote that is never closed or has text after it.
    mutating func next() -> Separator? {
        if position < bytes.count, bytes[position] == .quote {
            guard readQuoted() else { return nil }
        } else {
            let count = ck_csv_cell(format, bytes.baseAddress.map { $0 + position }, bytesLeft)
            cell = UnsafeBufferPointer(rebasing: bytes[position..<position + count])
            position += count
            // Blanks before a comment belong to it.
            if format.comment != .lineFeed, position < bytes.count,
                bytes[position] == format.comment
            {
                cell = cell.withoutBlanksBehind
            }
        }
        return readSeparator()
    }

    /// Reads rows up to the first cell that is not plain; see `ck_csv_rows`.
    ///
    /// - Parameters:
    ///   - column: that of the next cell.
    ///   - columns: by column what to do with its cells.
    ///   - target: where the row of the next cell goes.
    mutating func readRows(
        from column: Int, _ columns: [ck_csv_column], to target: ck_csv_target
    ) -> ck_csv_stop {
        let stop = columns.withUnsafeBufferPointer { columns in
            ck_csv_rows(
                ck_csv_table(
                    format: format, columns: columns.baseAddress, count: columns.count),
                bytes.baseAddress.map { $0 + position }, bytesLeft, column, target)
        }
        position += stop.position
        line += stop.lines
        return stop
    }

    private mutating func readQuoted() -> Bool {
        position += 1
        let start = position
        var hasQuotes = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == .lineFeed { line += 1 }
            guard byte == .quote else { continue }
            guard position < bytes.count, bytes[position] == .quote else {
                let content = UnsafeBufferPointer(rebasing: bytes[start..<position - 1])
                cell = hasQuotes ? unquoted.singleQuotes(of: content) : content
                return true
            }
            hasQuotes = true
            position += 1
        }
        return false
    }

    private mutating func readSeparator() -> Separator? {
        guard position < bytes.count else { return .endOfFile }
        let byte = bytes[position]
        if byte == separator {
            position += 1
            return .nextCell
        }
        if byte == format.comment || byte.isEndOfLine {
            passLine()
            return .endOfLine
        }
        return nil
    }

    private mutating func passEndOfLine() {
        guard position < bytes.count else { return }
        if bytes[position] == .carriageReturn { position += 1 }
        guard position < bytes.count, bytes[position] == .lineFeed else { return }
        position += 1
        line += 1
    }
}

/// Memory for one cell at a time.
private final class Scratch {
    private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)

    deinit { memory.deallocate() }

    /// A cell whose doubled quotes are single; valid until the next.
    func singleQuotes(of cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if memory.count < cell.count {
            memory.deallocate()
            memory = .allocate(capacity: 2 * cell.count)
        }
        var (from, count) = (0, 0)
        while from < cell.count {
            memory.initializeElement(at: count, to: cell[from])
            from += cell[from] == .quote ? 2 : 1
            count += 1
        }
        return UnsafeBufferPointer(rebasing: memory[..<count])
    }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")

    fileprivate var isEndOfLine: Bool { self == .lineFeed || self == .carriageReturn }
}
