internal import Engine

/// A decision or a promotion as a short JSON array, because there are many of them:
/// `[rung, bracket, resource, "stop", rank, out of, quota, invalid, [ahead …]]`, with resource and
/// verdict null for a promotion.
struct DecisionText {
    let text: String

    init(text: String) { self.text = text }

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

    func decision(trial: Int, time: Int) throws -> Decision {
        var scanner = Scanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        let resource = try scanner.integer()
        guard let verdict = Decision.Verdict(rawValue: try scanner.word()) else {
            throw RowError()
        }
        return Decision(
            trial: trial, rung: rung, bracket: bracket, resource: resource, verdict: verdict,
            standing: try scanner.standing(), time: time)
    }

    func promotion(trial: Int, time: Int) throws -> Promotion {
        var scanner = Scanner(text)
        let (rung, bracket) = (try scanner.integer(), try scanner.integer())
        guard try scanner.word() == "null", try scanner.word() == "null" else { throw RowError() }
        return Promotion(
            trial: trial, rung: rung, bracket: bracket, standing: try scanner.standing(),
            time: time)
    }
}

/// Reads what `DecisionText` writes, and nothing else.
private struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    mutating func integer() throws -> Int {
        skipPunctuation()
        var value = 0
        var digits = 0
        while let byte = rest.first, (0x30...0x39).contains(byte) {
            guard digits < 18 else { throw RowError() }
            value = value * 10 + Int(byte - 0x30)
            digits += 1
            rest.removeFirst()
        }
        guard digits > 0 else { throw RowError() }
        return value
    }

    mutating func word() throws -> String {
        skipPunctuation()
        let word = rest.prefix { (0x61...0x7a).contains($0) }
        rest.removeFirst(word.count)
        return String(Substring(word))
    }

    mutating func standing() throws -> Standing {
        let (rank, outOf) = (try integer(), try integer())
        let (quota, invalid) = (try integer(), try integer())
        var ahead: [Int] = []
        skipPunctuation()
        while !rest.isEmpty {
            ahead.append(try integer())
            skipPunctuation()
        }
        return Standing(
            rank: rank, outOf: outOf, quota: quota, ahead: ahead, isInvalid: invalid == 1)
    }

    private mutating func skipPunctuation() {
        while let byte = rest.first, byte == 0x2c || byte == 0x5b || byte == 0x5d || byte == 0x22 {
            rest.removeFirst()
        }
    }
}
