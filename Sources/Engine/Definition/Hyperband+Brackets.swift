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

    /// With type `model`: one in so many of a rung continues in any case.
    package func quota(atLowest isLowest: Bool) -> Int {
        isLowest ? ModelSettings.lowestQuota(reductionFactor) : reductionFactor
    }

    /// How many of the `n` valid trials recorded at a rung may continue: ⌈n/rf⌉ when the others are
    /// stopped (so the first valid one always continues), ⌊n/rf⌋ when they are promoted. An invalid
    /// trial ranks behind all n, so it is never among them. A model is held to no more than ⌊n/rf⌋ of
    /// a rung, and ⌊n/(rf + 1)⌋ of the lowest; others continue as it finds them worth it.
    ///
    /// - Parameter rung: the index of the rung in its bracket.
    func quota(of n: Int, rung: Int) -> Int {
        switch kind {
        // Not (n + rf - 1) / rf, whose sum may be too large.
        case .stopping: n / reductionFactor + (n % reductionFactor == 0 ? 0 : 1)
        case .promotion: n / reductionFactor
        case .model: n / quota(atLowest: rung == 0)
        }
    }
}
