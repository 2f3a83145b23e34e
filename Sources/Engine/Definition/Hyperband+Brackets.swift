extension Hyperband {
    /// The probability that a new trial is put into each bracket: P(s) ∝ K / ((K − s) · r_s), with K
    /// rung levels r_0, r_1 …; the shares that synchronous Hyperband gives its brackets.
    public var bracketProbabilities: [Double] {
        guard brackets > 1 else { return [1] }
        let levels = Double(rungLevels.count)
        let shares = (0..<brackets).map {
            levels / ((levels - Double($0)) * rungLevels[$0].double)
        }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }

    /// The bracket of a trial, drawn from (seed, trial) alone.
    public func bracket(seed: Int, trial: Int) -> Int {
        let probabilities = bracketProbabilities
        var stream = RandomStream(seed: seed, purpose: "bracket", trial)
        var rest = stream.unit()
        for (bracket, probability) in probabilities.enumerated().dropLast() {
            if rest < probability { return bracket }
            rest -= probability
        }
        return probabilities.count - 1
    }
}
