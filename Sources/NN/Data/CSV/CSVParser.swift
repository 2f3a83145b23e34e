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
    private let comma: UInt8
    let encoding: TextEncoding
    private var position = 0
    /// The line of the next cell, from 1.
    private(set) var line = 1
    /// What the last cell contained, valid until the next.
    private(set) var cell: ArraySlice<UInt8> = []
    private var unquoted: [UInt8] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
        self.bytes = bytes
        comma = separator
        encoding = TextEncoding(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The last cell as text.
    var text: String { encoding.text(cell) }

    /// Passes over blank lines.
    ///
    /// - Returns: whether there is another line.
    mutating func beginLine() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case .lineFeed:
                line += 1
                position += 1
            case .carriageReturn: position += 1
            default: return true
            }
        }
        return false
    }

    /// Reads one cell into ``cell``.
    ///
    /// - Returns: what ended it; nil for a quote that is never closed or has text after it.
    mutating func next() -> Separator? {
        unquoted.removeAll(keepingCapacity: true)
        if position < bytes.count, bytes[position] == .quote {
            guard readQuoted() else { return nil }
        } else {
            while position < bytes.count, !isSeparator(bytes[position]) {
                unquoted.append(bytes[position])
                position += 1
            }
        }
        cell = unquoted[...]
        return readSeparator()
    }

    private mutating func readQuoted() -> Bool {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == .quote {
                guard position < bytes.count, bytes[position] == .quote else { return true }
                position += 1
            }
            if byte == .lineFeed { line += 1 }
            unquoted.append(byte)
        }
        return false
    }

    private mutating func readSeparator() -> Separator? {
        guard position < bytes.count else { return .endOfFile }
        switch bytes[position] {
        case comma:
            position += 1
            return .nextCell
        case .carriageReturn, .lineFeed:
            if bytes[position] == .carriageReturn { position += 1 }
            if position < bytes.count, bytes[position] == .lineFeed {
                position += 1
                line += 1
            }
            return .endOfLine
        default: return nil
        }
    }

    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == comma || byte == .lineFeed || byte == .carriageReturn
    }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
