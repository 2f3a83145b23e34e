internal import Engine

/// Matches a line with a Lua pattern, whose names it takes the numbers of.
struct PatternMatcher {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// One for each name, in their order.
    private(set) var numbers: [Value] = []
    private var steps = 0

    /// Of a pattern that goes back and forth over a line for ever, the line is no report.
    private static let longest = 200_000

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// So much was tried that the line counts as one that does not match.
    var isExhausted: Bool { steps > Self.longest }

    /// Where a match that begins at `start` ends; nil where none does.
    mutating func matches(_ items: ArraySlice<PatternItem>, at start: Int) -> Int? {
        steps += 1
        guard !isExhausted else { return nil }
        var place = start
        var items = items
        while let item = items.first {
            items.removeFirst()
            switch item {
            case .single(let set, .once):
                guard has(set, at: place) else { return nil }
                place += 1
            case .single(let set, let repetition):
                return matches(set, repetition, at: place, then: items)
            case .number: return matchesNumber(at: place, then: items)
            case .end: return place == bytes.count ? place : nil
            case .frontier(let set):
                let before = place == 0 ? 0 : bytes[place - 1]
                let here = place < bytes.count ? bytes[place] : 0
                guard !set.contains(before), set.contains(here) else { return nil }
            case .balanced(let open, let close):
                guard let end = balanced(open, close, at: place) else { return nil }
                place = end
            }
        }
        return place
    }

    private func has(_ set: ByteSet, at place: Int) -> Bool {
        place < bytes.count && set.contains(bytes[place])
    }

    private mutating func matches(
        _ set: ByteSet, _ repetition: PatternItem.Repetition, at start: Int,
        then rest: ArraySlice<PatternItem>
    ) -> Int? {
        if repetition == .least {
            var place = start
            while true {
                if let end = matches(rest, at: place) { return end }
                guard has(set, at: place), !isExhausted else { return nil }
                place += 1
            }
        }
        var most = 0
        while has(set, at: start + most), repetition != .optional || most == 0 { most += 1 }
        let least = repetition == .mostFromOne ? 1 : 0
        guard most >= least else { return nil }
        for count in (least...most).reversed() {
            if let end = matches(rest, at: start + count) { return end }
            if isExhausted { return nil }
        }
        return nil
    }

    private mutating func matchesNumber(
        at start: Int, then rest: ArraySlice<PatternItem>
    ) -> Int? {
        let kept = numbers
        var end = NumberText.end(in: bytes, from: start)
        // The longest first: "1e" is the number 1 and a letter.
        while end > start {
            if let number = NumberText.value(of: UnsafeBufferPointer(rebasing: bytes[start..<end]))
            {
                numbers = kept + [number]
                if let found = matches(rest, at: end) { return found }
            }
            if isExhausted { break }
            end -= 1
        }
        numbers = kept
        return nil
    }

    private func balanced(_ open: UInt8, _ close: UInt8, at start: Int) -> Int? {
        guard start < bytes.count, bytes[start] == open else { return nil }
        var depth = 1
        for place in (start + 1)..<max(start + 1, bytes.count) {
            if bytes[place] == close {
                depth -= 1
                if depth == 0 { return place + 1 }
            } else if bytes[place] == open {
                depth += 1
            }
        }
        return nil
    }
}

/// Numbers as programs print them.
enum NumberText {
    /// How far from `start` on there is nothing but what numbers are made of.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, end < start + 64,
            ByteSet.isDigit(bytes[end]) || ByteSet.isLetter(bytes[end])
                || "+-.".utf8.contains(bytes[end])
        {
            end += 1
        }
        return end
    }

    /// The number that a text is: `12`, `-1.5e-3`, `nan`, `-inf`; nil for anything else.
    static func value(of bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let integer = Int(text) { return .integer(integer) }
        switch text.lowercased() {
        case "nan", "+nan", "-nan": return .real(.nan)
        case "inf", "+inf", "infinity", "+infinity": return .real(.infinity)
        case "-inf", "-infinity": return .real(-.infinity)
        default: break
        }
        guard bytes.allSatisfy({ ByteSet.isDigit($0) || "+-.eE".utf8.contains($0) }) else {
            return nil
        }
        return Double(text).map { .real($0) }
    }
}
