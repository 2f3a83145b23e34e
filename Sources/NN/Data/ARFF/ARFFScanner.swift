/// Takes a file in Weka's format apart, word by word.
///
/// Words stand between blanks and commas. They may be in single or double quotes, in which a backslash
/// keeps the next character; `%` begins a comment.
///
/// Source: Weka 3.9, "ARFF (stable version)", and its `ArffLoader`.
struct ARFFScanner {
    /// What a line consists of.
    enum Token: Equatable {
        case word([UInt8], isQuoted: Bool)
        case open, close, endOfLine
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// The line of the next token, from 1.
    private(set) var line = 1

    /// - Parameter bytes: a whole file, which has to outlive the scanner.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// How many lines there are left, at most.
    var mostLines: Int { bytes[position...].count { $0 == .lineFeed || $0 == .carriageReturn } + 1 }

    /// Passes over blank lines and comments.
    ///
    /// - Returns: whether there is another line.
    mutating func beginLine() -> Bool {
        while position < bytes.count {
            passBlanks()
            guard position < bytes.count, isEndOfLine(bytes[position]) else { break }
            passEndOfLine()
        }
        return position < bytes.count
    }

    /// The next token of the line; nil for a quote that is never closed.
    mutating func next() -> Token? {
        passBlanks()
        guard position < bytes.count else { return .endOfLine }
        switch bytes[position] {
        case .lineFeed, .carriageReturn:
            passEndOfLine()
            return .endOfLine
        case .open: return taken(.open)
        case .close: return taken(.close)
        case .quote, .doubleQuote: return quoted()
        default:
            let start = position
            while position < bytes.count, !endsWord(bytes[position]) { position += 1 }
            return .word(Array(bytes[start..<position]), isQuoted: false)
        }
    }

    /// The rest of the line, which is then over.
    mutating func restOfLine() {
        while position < bytes.count, bytes[position] != .lineFeed,
            bytes[position] != .carriageReturn
        { position += 1 }
        passEndOfLine()
    }

    private mutating func taken(_ token: Token) -> Token {
        position += 1
        return token
    }

    private mutating func quoted() -> Token? {
        let quote = bytes[position]
        position += 1
        var word: [UInt8] = []
        while position < bytes.count, bytes[position] != .lineFeed {
            let byte = bytes[position]
            position += 1
            if byte == quote { return .word(word, isQuoted: true) }
            guard byte == .backslash, position < bytes.count else {
                word.append(byte)
                continue
            }
            word.append(Self.escapes[bytes[position]] ?? bytes[position])
            position += 1
        }
        return nil
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// Passes over blanks, commas and a comment.
    private mutating func passBlanks() {
        while position < bytes.count, bytes[position].isBlank || bytes[position] == .comma {
            position += 1
        }
        guard position < bytes.count, bytes[position] == .percent else { return }
        while position < bytes.count, !isEndOfLine(bytes[position]) { position += 1 }
    }

    private func isEndOfLine(_ byte: UInt8) -> Bool { byte == .lineFeed || byte == .carriageReturn }

    private func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case .comma, .open, .close, .percent: true
        default: byte.isBlank || isEndOfLine(byte)
        }
    }

    private mutating func passEndOfLine() {
        guard position < bytes.count else { return }
        if bytes[position] == .carriageReturn { position += 1 }
        if position < bytes.count, bytes[position] == .lineFeed { position += 1 }
        line += 1
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let percent = UInt8(ascii: "%")
    fileprivate static let open = UInt8(ascii: "{")
    fileprivate static let close = UInt8(ascii: "}")
    fileprivate static let quote = UInt8(ascii: "'")
    fileprivate static let doubleQuote = UInt8(ascii: "\"")
    fileprivate static let backslash = UInt8(ascii: "\\")
}
