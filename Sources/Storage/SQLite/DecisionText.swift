internal import Engine

/// A decision or a promotion as a short JSON array, because there are many of them:
/// `[rung, bracket, resource, "stop", rank, out of, quota, invalid, [ahead …]]`, with resource and
/// verdict null for a promotion.
struct DecisionText {
    let text: String

    init(_ decision: Decision) {
        self.init(
            "\(decision.rung),\(decision.bracket),\(decision.resource),"
                + "\"\(decision.verdict.rawValue)\"", decision.standing)
    }

    init(_ promotion: Promotion) {
        self.init("\(promotion.rung),\(promotion.bracket),null,null", promotion.standing)
    }

    private init(_ place: String, _ standing: Standing) {
        var text = "[" + place + ",\(standing.rank),\(standing.outOf),\(standing.quota),"
        text += standing.isInvalid ? "1,[" : "0,["
        for (index, trial) in standing.ahead.enumerated() {
            if index > 0 { text += "," }
            text += "\(trial)"
        }
        self.text = text + "]]"
    }

    /// The decision that such an array tells.
    static func decision(
        _ text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int
    ) throws -> Decision {
        var scanner = Scanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        let resource = try scanner.integer()
        guard let verdict = verdicts.first(where: { scanner.skip($0.word) })?.verdict else {
            throw RowError()
        }
        return Decision(
            trial: trial, rung: rung, bracket: bracket, resource: resource, verdict: verdict,
            standing: try scanner.standing(), time: time)
    }

    /// The promotion that such an array tells.
    static func promotion(
        _ text: UnsafeBufferPointer<UInt8>, trial: Int, time: Int
    ) throws -> Promotion {
        var scanner = Scanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        guard scanner.skip(null), scanner.skip(null) else { throw RowError() }
        return Promotion(
            trial: trial, rung: rung, bracket: bracket, standing: try scanner.standing(),
            time: time)
    }

    private static let verdicts = [Decision.Verdict.goesOn, .stops, .pauses].map {
        (word: Array("\"\($0.rawValue)\"".utf8), verdict: $0)
    }
    private static let null = Array("null".utf8)
}

/// Reads what `DecisionText` writes, where SQLite holds it: a large study has very many.
private struct Scanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func integer() throws -> Int {
        skipPunctuation()
        let start = place
        var value = 0
        while place < text.count, (0x30...0x39).contains(text[place]) {
            guard place - start < 18 else { throw RowError() }
            value = value * 10 + Int(text[place] - 0x30)
            place += 1
        }
        guard place > start else { throw RowError() }
        return value
    }

    /// Goes behind a word, if it stands there.
    mutating func skip(_ word: [UInt8]) -> Bool {
        skipPunctuation()
        guard text[place...].starts(with: word) else { return false }
        place += word.count
        return true
    }

    mutating func standing() throws -> Standing {
        let (rank, outOf) = (try integer(), try integer())
        let (quota, invalid) = (try integer(), try integer())
        var ahead: [Int] = []
        skipPunctuation()
        while place < text.count {
            ahead.append(try integer())
            skipPunctuation()
        }
        return Standing(
            rank: rank, outOf: outOf, quota: quota, ahead: ahead, isInvalid: invalid == 1)
    }

    private mutating func skipPunctuation() {
        while place < text.count, text[place] == 0x2c || text[place] == 0x5b || text[place] == 0x5d
        { place += 1 }
    }
}
