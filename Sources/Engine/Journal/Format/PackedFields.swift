/// Fields as a short JSON array without names, put together byte by byte: a string for each number
/// would cost more than the row.
struct PackedWriter: FieldWriter {
    private var bytes: [UInt8] = []
    private var isFirst = true

    init() {
        bytes.reserveCapacity(128)
        bytes.append(UInt8(ascii: "["))
    }

    /// Ends the array and gives it.
    mutating func end() -> String {
        bytes.append(UInt8(ascii: "]"))
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func add(_ name: StaticString, _ value: Int) { add(value) }
    mutating func add(_ name: StaticString, _ value: Bool) { add(value ? 1 : 0) }
    mutating func add(_ name: StaticString, _ value: Resource) {
        guard !value.isWhole else { return add(value.whole) }
        separate()
        bytes.append(contentsOf: "\(value)".utf8)
    }
    mutating func addNothing() { add(word: "null") }

    mutating func add(_ name: StaticString, _ value: Decision.Verdict) {
        switch value {
        case .continue: add(word: "\"continue\"")
        case .stop: add(word: "\"stop\"")
        case .pause: add(word: "\"pause\"")
        }
    }

    mutating func addAhead(_ standing: Standing) {
        separate()
        bytes.append(UInt8(ascii: "["))
        isFirst = true
        standing.forEachAhead { add($0) }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func group(_ name: StaticString, _ fields: (inout PackedWriter) -> Void) {
        fields(&self)
    }

    private mutating func add(word: StaticString) {
        separate()
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func add(_ number: Int) {
        separate()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        add(digits: number.magnitude)
    }

    private mutating func add(digits number: UInt) {
        if number > 9 { add(digits: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }
}

/// Reads what `PackedWriter` writes, where it lies: a large study has very many.
struct PackedReader: FieldReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    private static var wrong: FormatError {
        FormatError("decision: expected an array of its fields")
    }

    mutating func integer(_ name: StaticString) throws -> Int { try integer() }
    mutating func boolean(_ name: StaticString) throws -> Bool { try integer() == 1 }

    mutating func resource(_ name: StaticString) throws -> Resource {
        skipPunctuation()
        let start = place
        let whole = try integer()
        guard isInReal else { return Resource(whole) }
        while isInReal { place += 1 }
        let digits = String(decoding: text[start..<place], as: UTF8.self)
        guard let resource = Double(digits).flatMap({ Resource($0) }) else { throw Self.wrong }
        return resource
    }

    /// Whether a number that has begun continues.
    private var isInReal: Bool {
        guard place < text.count else { return false }
        switch text[place] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
            UInt8(ascii: "-"), UInt8(ascii: "+"):
            return true
        default: return false
        }
    }

    mutating func nothing() throws { guard skip("null") else { throw Self.wrong } }

    mutating func group<T>(
        _ name: StaticString, _ fields: (inout PackedReader) throws -> T
    ) throws -> T { try fields(&self) }

    /// Each verdict begins with another letter.
    mutating func verdict(_ name: StaticString) throws -> Decision.Verdict {
        skipPunctuation()
        if place + 1 < text.count {
            switch text[place + 1] {
            case UInt8(ascii: "c"): if skip("\"continue\"") { return .continue }
            case UInt8(ascii: "s"): if skip("\"stop\"") { return .stop }
            default: if skip("\"pause\"") { return .pause }
            }
        }
        throw Self.wrong
    }

    mutating func ahead() throws -> (Int, Int, Int, Int, Int) {
        (try leader(), try leader(), try leader(), try leader(), try leader())
    }

    /// The next trial ahead; 0 behind the last.
    private mutating func leader() throws -> Int {
        skipPunctuation()
        return place < text.count ? try integer() : 0
    }

    private mutating func integer() throws -> Int {
        skipPunctuation()
        let start = place
        var value = 0
        while place < text.count, case let digit = text[place] &- 0x30, digit < 10 {
            value = value &* 10 &+ Int(digit)
            place += 1
        }
        // More digits no `Int` has; what came out of them is then dropped.
        guard place > start, place - start <= 18 else { throw Self.wrong }
        return value
    }

    /// Passes a word, if it is next.
    private mutating func skip(_ word: StaticString) -> Bool {
        skipPunctuation()
        guard text.count - place >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount
        where text[place + offset] != word.utf8Start[offset] { return false }
        place += word.utf8CodeUnitCount
        return true
    }

    private mutating func skipPunctuation() {
        while place < text.count {
            switch text[place] {
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): place += 1
            default: return
            }
        }
    }
}

extension Decision {
    /// All but the trial and the time, as a short array:
    /// `[rung, bracket, resource, "stop", rank, out of, quota, invalid, [ahead …]]`.
    package var packed: String {
        var writer = PackedWriter()
        write(to: &writer)
        return writer.end()
    }

    /// The decision that such an array tells.
    package init(packed text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int) throws {
        var reader = PackedReader(text)
        try self.init(&reader, trial: trial, time: time)
    }
}

extension Promotion {
    /// As of a decision, with resource and verdict null; without the reason, which has no place there.
    package var packed: String {
        var writer = PackedWriter()
        write(to: &writer)
        return writer.end()
    }

    /// The promotion that such an array tells.
    package init(packed text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int) throws {
        var reader = PackedReader(text)
        try self.init(&reader, trial: trial, time: time)
    }
}
