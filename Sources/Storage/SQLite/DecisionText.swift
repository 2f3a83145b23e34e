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
