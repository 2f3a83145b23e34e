internal import Engine

/// JSON as programs write it: also with the numbers that Python's `json` has and JSON has not, `NaN`,
/// `Infinity` and `-Infinity`.
enum LenientJSON {
    private static let words: [(word: [UInt8], value: Double)] = [
        (Array("NaN".utf8), .nan), (Array("-Infinity".utf8), -.infinity),
        (Array("Infinity".utf8), .infinity),
    ]
    /// Stands before such a number, as a text no program writes.
    private static let mark = "\u{1}number "

    /// The value that a line tells.
    ///
    /// - Throws: `FormatError`.
    static func value(of line: [UInt8]) throws -> JSON {
        do { return try line.withUnsafeBufferPointer { try JSON(parsing: $0) } } catch {
            guard let changed = marked(line) else { throw error }
            return try changed.withUnsafeBufferPointer { try JSON(parsing: $0) }
        }
    }

    /// The number that a text stands for; nil for any other.
    static func number(of text: String) -> Value? {
        guard text.hasPrefix(mark) else { return nil }
        return Double(text.dropFirst(mark.count)).map { .real($0) }
    }

    /// The line with texts in place of the words; nil where there is none.
    private static func marked(_ line: [UInt8]) -> [UInt8]? {
        var made: [UInt8] = []
        var place = 0
        var isInText = false
        var isChanged = false
        while place < line.count {
            let byte = line[place]
            if byte == UInt8(ascii: "\\"), isInText, place + 1 < line.count {
                made += line[place...place + 1]
                place += 2
                continue
            }
            if byte == UInt8(ascii: "\"") { isInText.toggle() }
            if !isInText, let found = words.first(where: { line[place...].starts(with: $0.word) }) {
                made += "\"\\u0001number \(found.value)\"".utf8
                place += found.word.count
                isChanged = true
                continue
            }
            made.append(byte)
            place += 1
        }
        return isChanged ? made : nil
    }
}
