extension JSON {
    /// The value that a text tells.
    ///
    /// - Throws: `FormatError` when it is no JSON, or nested too deeply.
    package init(parsing text: some StringProtocol) throws {
        self = try Array(text.utf8).withUnsafeBufferPointer { try JSON(parsing: $0) }
    }

    /// The value that bytes of UTF-8 tell.
    ///
    /// - Throws: `FormatError` when they are no JSON, or nested too deeply.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws {
        var parser = JSONParser(bytes)
        self = try parser.whole()
    }
}

/// Reads JSON from bytes.
private struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    private var depth = 0

    /// Deeper nesting could exhaust the stack.
    private static let greatestDepth = 200

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func whole() throws -> JSON {
        let value = try value()
        skipSpace()
        guard place == bytes.count else { throw wrong("the end") }
        return value
    }

    private func wrong(_ expected: String) -> FormatError {
        FormatError("JSON: expected \(expected) at byte \(place)")
    }

    private mutating func skipSpace() {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0a, 0x0d: place += 1
            default: return
            }
        }
    }

    /// Takes a character if it is next.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard place + count <= bytes.count,
            (0..<count).allSatisfy({ bytes[place + $0] == word.utf8Start[$0] })
        else { return false }
        place += count
        return true
    }

    private mutating func value() throws -> JSON {
        skipSpace()
        guard place < bytes.count else { throw wrong("a value") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t") where take(word: "true"): return .boolean(true)
        case UInt8(ascii: "f") where take(word: "false"): return .boolean(false)
        case UInt8(ascii: "n") where take(word: "null"): return .null
        default: return try number()
        }
    }

    private mutating func nested(_ body: (inout Self) throws -> JSON) throws -> JSON {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else { throw wrong("less nesting") }
        place += 1
        return try body(&self)
    }

    private mutating func object() throws -> JSON {
        var members: [Name: JSON] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let name = try text()
            guard take(":") else { throw wrong("a colon") }
            members[Name(name)] = try value()
        } while take(",")
        guard take("}") else { throw wrong("the end of an object") }
        return .object(members)
    }

    private mutating func array() throws -> JSON {
        var values: [JSON] = []
        if take("]") { return .array(values) }
        repeat { values.append(try value()) } while take(",")
        guard take("]") else { throw wrong("the end of an array") }
        return .array(values)
    }

    private mutating func number() throws -> JSON {
        if let integer = shortInteger() { return .integer(integer) }
        let start = place
        while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
        let digits = String(decoding: bytes[start..<place], as: UTF8.self)
        if let integer = Int(digits) { return .integer(integer) }
        guard let real = Double(digits), real.isFinite else {
            place = start
            throw wrong("a value")
        }
        return .real(real)
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Takes an integer that needs no care, as most numbers are; nil where it is none.
    private mutating func shortInteger() -> Int? {
        let isNegative = bytes[place] == UInt8(ascii: "-")
        let first = isNegative ? place + 1 : place
        var (end, value) = (first, 0)
        while end < bytes.count, end - first < Self.shortDigits {
            let digit = bytes[end] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = 10 * value + Int(digit)
            end += 1
        }
        guard end > first, end == bytes.count || !Self.isOfNumber(bytes[end]) else { return nil }
        place = end
        return isNegative ? -value : value
    }

    /// So many digits always make an `Int`.
    private static let shortDigits = 18

    private mutating func text() throws -> String {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw wrong("a text") }
        place += 1
        // What stands before the last escape, and where what follows it begins.
        var (content, start): ([UInt8], Int) = ([], place)
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(content, then: bytes[start..<(place - 1)])
            case UInt8(ascii: "\\"):
                content += bytes[start..<(place - 1)]
                try escape(&content)
                start = place
            case 0..<0x20: throw wrong("no control character")
            default: break
            }
        }
        throw wrong("the end of a text")
    }

    private func text(_ content: [UInt8], then rest: Slice<UnsafeBufferPointer<UInt8>>) throws
        -> String
    {
        let text =
            content.isEmpty
            ? String(validating: UnsafeBufferPointer(rebasing: rest), as: UTF8.self)
            : String(validating: content + rest, as: UTF8.self)
        guard let text else { throw wrong("UTF-8") }
        return text
    }

    private mutating func escape(_ content: inout [UInt8]) throws {
        guard place < bytes.count else { throw wrong("an escape") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0c)
        case UInt8(ascii: "n"): content.append(0x0a)
        case UInt8(ascii: "r"): content.append(0x0d)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content += String(try scalar()).utf8
        default: throw wrong("an escape")
        }
    }

    /// The scalar of `\u` and four digits, or of two such halves.
    private mutating func scalar() throws -> Character {
        let high = UInt32(try unit())
        var code = high
        if (0xd800..<0xdc00).contains(high), take(word: "\\u") {
            let low = UInt32(try unit())
            guard (0xdc00..<0xe000).contains(low) else { throw wrong("a low surrogate") }
            code = 0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw wrong("a character") }
        return Character(scalar)
    }

    private mutating func unit() throws -> UInt16 {
        guard place + 4 <= bytes.count,
            let unit = UInt16(
                String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw wrong("four hexadecimal digits") }
        place += 4
        return unit
    }
}
