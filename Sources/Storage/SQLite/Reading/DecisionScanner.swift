internal import Engine

/// Reads what `DecisionCodec` writes, where SQLite holds it: a large study has very many.
struct DecisionScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func integer() throws -> Int {
        skipPunctuation()
        let start = place
        var value = 0
        while place < text.count, case let digit = text[place] &- 0x30, digit < 10 {
            value = value &* 10 &+ Int(digit)
            place += 1
        }
        // More digits no `Int` has; what came out of them is then dropped.
        guard place > start, place - start <= 18 else { throw RowError() }
        return value
    }

    /// The verdict, if one stands there: each begins with another letter.
    mutating func verdict() -> Decision.Verdict? {
        skipPunctuation()
        guard place + 1 < text.count else { return nil }
        switch text[place + 1] {
        case 0x63: return skip("\"continue\"") ? .continue : nil
        case 0x73: return skip("\"stop\"") ? .stop : nil
        default: return skip("\"pause\"") ? .pause : nil
        }
    }

    /// Goes behind a word, if it stands there.
    mutating func skip(_ word: StaticString) -> Bool {
        skipPunctuation()
        guard text.count - place >= word.utf8CodeUnitCount else { return false }
        for offset in 0..<word.utf8CodeUnitCount
        where text[place + offset] != word.utf8Start[offset] { return false }
        place += word.utf8CodeUnitCount
        return true
    }

    mutating func standing() throws -> Standing {
        let (rank, outOf) = (try integer(), try integer())
        let (quota, invalid) = (try integer(), try integer())
        let ahead = (try leader(), try leader(), try leader(), try leader(), try leader())
        return Standing(
            rank: rank, outOf: outOf, quota: quota, leaders: ahead, isInvalid: invalid == 1)
    }

    /// The next trial ahead; 0 behind the last.
    private mutating func leader() throws -> Int {
        skipPunctuation()
        return place < text.count ? try integer() : 0
    }

    private mutating func skipPunctuation() {
        while place < text.count {
            switch text[place] {
            case 0x2c, 0x5b, 0x5d: place += 1
            default: return
            }
        }
    }
}
