internal import Engine

/// A set of bytes, as one item of a Lua pattern names it.
struct ByteSet: Hashable, Sendable {
    private var low: (UInt64, UInt64) = (0, 0)
    private var high: (UInt64, UInt64) = (0, 0)

    init() {}

    init(_ contains: (UInt8) -> Bool) {
        for byte in UInt8.min...UInt8.max where contains(byte) { insert(byte) }
    }

    mutating func insert(_ byte: UInt8) {
        let bit = UInt64(1) << (byte & 63)
        switch byte >> 6 {
        case 0: low.0 |= bit
        case 1: low.1 |= bit
        case 2: high.0 |= bit
        default: high.1 |= bit
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        let bit = UInt64(1) << (byte & 63)
        return switch byte >> 6 {
        case 0: low.0 & bit != 0
        case 1: low.1 & bit != 0
        case 2: high.0 & bit != 0
        default: high.1 & bit != 0
        }
    }

    mutating func formUnion(_ other: ByteSet) {
        low = (low.0 | other.low.0, low.1 | other.low.1)
        high = (high.0 | other.high.0, high.1 | other.high.1)
    }

    var inverted: ByteSet { ByteSet { !contains($0) } }

    static func == (a: ByteSet, b: ByteSet) -> Bool { a.low == b.low && a.high == b.high }

    func hash(into hasher: inout Hasher) {
        hasher.combine(low.0)
        hasher.combine(low.1)
        hasher.combine(high.0)
        hasher.combine(high.1)
    }

    /// The class of a letter behind `%`; nil where it has none.
    init?(class letter: UInt8) {
        let isUpper = (0x41...0x5a).contains(letter)
        let set: ByteSet
        switch letter | 0x20 {
        case UInt8(ascii: "a"): set = ByteSet(Self.isLetter)
        case UInt8(ascii: "c"): set = ByteSet { $0 < 0x20 || $0 == 0x7f }
        case UInt8(ascii: "d"): set = ByteSet(Self.isDigit)
        case UInt8(ascii: "g"): set = ByteSet { (0x21...0x7e).contains($0) }
        case UInt8(ascii: "l"): set = ByteSet { (0x61...0x7a).contains($0) }
        case UInt8(ascii: "p"):
            set = ByteSet { (0x21...0x7e).contains($0) && !Self.isLetter($0) && !Self.isDigit($0) }
        case UInt8(ascii: "s"): set = ByteSet { $0 == 0x20 || (0x09...0x0d).contains($0) }
        case UInt8(ascii: "u"): set = ByteSet { (0x41...0x5a).contains($0) }
        case UInt8(ascii: "w"): set = ByteSet { Self.isLetter($0) || Self.isDigit($0) }
        case UInt8(ascii: "x"):
            set = ByteSet { Self.isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
        default: return nil
        }
        self = isUpper ? set.inverted : set
    }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// One item of a Lua pattern.
enum PatternItem: Sendable {
    enum Repetition: Sendable { case once, optional, most, mostFromOne, least }

    case single(ByteSet, Repetition)
    /// `(?name)`
    case number
    /// `%b()`
    case balanced(UInt8, UInt8)
    /// `%f[set]`
    case frontier(ByteSet)
    /// `$` at the end
    case end
}

/// Reads a Lua pattern.
struct PatternParser {
    private let bytes: [UInt8]
    private var place = 0
    private let source: String
    private(set) var names: [String] = []
    private(set) var isAnchored = false
    private var depth = 0

    init(_ source: String) { (self.source, bytes) = (source, Array(source.utf8)) }

    private func wrong(_ expected: String, got: String) -> SettingError {
        SettingError(field: "\"\(source)\"", expected: expected, got: got)
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func pattern() throws -> [PatternItem] {
        if next == UInt8(ascii: "^") {
            isAnchored = true
            place += 1
        }
        var items: [PatternItem] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "("): try capture(&items)
            case UInt8(ascii: ")"):
                guard depth > 0 else { throw wrong("a capture that was opened", got: ")") }
                depth -= 1
                place += 1
            case UInt8(ascii: "$") where place == bytes.count - 1:
                place += 1
                items.append(.end)
            case UInt8(ascii: "%") where place + 1 < bytes.count && bytes[place + 1] == 0x62:
                guard place + 3 < bytes.count else {
                    throw wrong("two characters", got: "%b alone")
                }
                items.append(.balanced(bytes[place + 2], bytes[place + 3]))
                place += 4
            case UInt8(ascii: "%") where place + 1 < bytes.count && bytes[place + 1] == 0x66:
                place += 2
                guard next == UInt8(ascii: "[") else { throw wrong("a set behind %f", got: "none") }
                items.append(.frontier(try single()))
            default: items.append(.single(try single(), repetition()))
            }
        }
        guard depth == 0 else { throw wrong("the end of a capture", got: "none") }
        return items
    }

    private mutating func capture(_ items: inout [PatternItem]) throws {
        place += 1
        guard next == UInt8(ascii: "?") else {
            // `()` holds a place, which no report needs.
            if next == UInt8(ascii: ")") { place += 1 } else { depth += 1 }
            return
        }
        place += 1
        let start = place
        while let byte = next, ByteSet.isLetter(byte) || ByteSet.isDigit(byte) || byte == 0x5f {
            place += 1
        }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        guard !name.isEmpty, next == UInt8(ascii: ")") else {
            throw wrong("(?name) of letters, digits and _", got: "(?\(name)")
        }
        place += 1
        names.append(name)
        items.append(.number)
    }

    private mutating func repetition() -> PatternItem.Repetition {
        let repetition: PatternItem.Repetition
        switch next {
        case UInt8(ascii: "*"): repetition = .most
        case UInt8(ascii: "+"): repetition = .mostFromOne
        case UInt8(ascii: "-"): repetition = .least
        case UInt8(ascii: "?"): repetition = .optional
        default: return .once
        }
        place += 1
        return repetition
    }

    private mutating func single() throws -> ByteSet {
        guard let byte = next else { throw wrong("a character", got: "the end") }
        place += 1
        switch byte {
        case UInt8(ascii: "."): return ByteSet { _ in true }
        case UInt8(ascii: "%"): return try escaped()
        case UInt8(ascii: "["): return try set()
        default: return ByteSet { $0 == byte }
        }
    }

    private mutating func escaped() throws -> ByteSet {
        guard let byte = next else { throw wrong("a character behind %", got: "the end") }
        place += 1
        if ByteSet.isDigit(byte) { throw wrong("a class behind %", got: "a capture's number") }
        return ByteSet(class: byte) ?? ByteSet { $0 == byte }
    }

    private mutating func set() throws -> ByteSet {
        let isInverted = next == UInt8(ascii: "^")
        if isInverted { place += 1 }
        var set = ByteSet()
        var isFirst = true
        while let byte = next, isFirst || byte != UInt8(ascii: "]") {
            isFirst = false
            place += 1
            if byte == UInt8(ascii: "%") {
                set.formUnion(try escaped())
            } else if next == UInt8(ascii: "-"), place + 1 < bytes.count,
                bytes[place + 1] != UInt8(ascii: "]")
            {
                let last = bytes[place + 1]
                place += 2
                if byte <= last { for member in byte...last { set.insert(member) } }
            } else {
                set.insert(byte)
            }
        }
        guard next == UInt8(ascii: "]") else { throw wrong("] at the end of a set", got: "none") }
        place += 1
        return isInverted ? set.inverted : set
    }
}
