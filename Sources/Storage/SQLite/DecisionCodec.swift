internal import Engine

/// A decision or a promotion as a short JSON array, because there are many of them:
/// `[rung, bracket, resource, "stop", rank, out of, quota, invalid, [ahead …]]`, with resource and
/// verdict null for a promotion.
struct DecisionCodec {
    let text: String

    init(_ decision: Decision) {
        var writer = ArrayWriter()
        writer.add(decision.rung)
        writer.add(decision.bracket)
        writer.add(decision.resource)
        writer.add(decision.verdict.json)
        writer.add(decision.standing)
        text = writer.end()
    }

    init(_ promotion: Promotion) {
        var writer = ArrayWriter()
        writer.add(promotion.rung)
        writer.add(promotion.bracket)
        writer.add("null")
        writer.add("null")
        writer.add(promotion.standing)
        text = writer.end()
    }

    /// The decision that such an array tells.
    static func decision(
        _ text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int
    ) throws -> Decision {
        var scanner = DecisionScanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        let resource = try scanner.integer()
        guard let verdict = scanner.verdict() else { throw RowError() }
        return Decision(
            trial: trial, rung: rung, bracket: bracket, resource: resource, verdict: verdict,
            standing: try scanner.standing(), time: time)
    }

    /// The promotion that such an array tells.
    static func promotion(
        _ text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int
    ) throws -> Promotion {
        var scanner = DecisionScanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        guard scanner.skip("null"), scanner.skip("null") else { throw RowError() }
        return Promotion(
            trial: trial, rung: rung, bracket: bracket, standing: try scanner.standing(),
            time: time)
    }
}

/// Puts a JSON array together byte by byte: a string for each number would cost more than the row.
private struct ArrayWriter {
    private var bytes: [UInt8] = []
    private var isFirst = true

    init() {
        bytes.reserveCapacity(128)
        bytes.append(0x5b)
    }

    mutating func end() -> String {
        bytes.append(0x5d)
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func add(_ word: StaticString) {
        separate()
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    mutating func add(_ number: Int) {
        separate()
        if number < 0 { bytes.append(0x2d) }
        add(digits: number.magnitude)
    }

    private mutating func add(digits number: UInt) {
        if number > 9 { add(digits: number / 10) }
        bytes.append(0x30 + UInt8(truncatingIfNeeded: number % 10))
    }

    mutating func add(_ standing: Standing) {
        add(standing.rank)
        add(standing.outOf)
        add(standing.quota)
        add(standing.isInvalid ? 1 : 0)
        separate()
        bytes.append(0x5b)
        isFirst = true
        standing.forEachAhead { add($0) }
        bytes.append(0x5d)
    }

    private mutating func separate() {
        if !isFirst { bytes.append(0x2c) }
        isFirst = false
    }
}

extension Decision.Verdict {
    fileprivate var json: StaticString {
        switch self {
        case .continue: "\"continue\""
        case .stop: "\"stop\""
        case .pause: "\"pause\""
        }
    }
}
