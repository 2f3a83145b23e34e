import DeterministicMath

extension KernelFit {
    /// The most probable parameters, given whole ladders of a third of trials that came furthest and
    /// of the others, alternately.
    ///
    /// - Complexity: O(trials + limit³ · objectives).
    package init(
        _ history: ModelHistory, _ order: RecordOrder, isCategory: [Bool], limit: Int, seed: Int
    ) {
        let records = Self.records(history, limit: limit, seed: seed)
        let inputs = GaussianProcess.Inputs(
            points: records.map { history.point(of: history.records[$0].trial) },
            levels: records.map { history.records[$0].level }, isCategory: isCategory)
        let prior = KernelPrior(dimension: history.dimension, levels: history.levels.count)
        let values =
            (0..<history.objectives).map { j in
                records.map { order.scale.value(of: $0, j, in: history) }
            }
            + (0..<history.constraints).map { j in
                records.map { order.constraints.value(of: $0, j, in: history) }
            }
        self.init(
            trials: history.recordedTrials,
            logarithms: values.map { prior.mostProbable(inputs, values: $0).logarithms })
    }

    private static func records(_ history: ModelHistory, limit: Int, seed: Int) -> [Int] {
        var groups = history.levels.map { _ in [Int]() }
        for trial in 1...history.entries.count {
            if let level = history.level(of: trial) { groups[level].append(trial) }
        }
        let sorted = groups.reversed().flatMap { $0 }
        let far = max(1, sorted.count / 3)
        var (first, second) = (Array(sorted[..<far]), Array(sorted[far...]))
        var stream = RandomStream(seed: seed, purpose: "fit", history.recordedTrials)
        var chosen: [Int] = []
        while chosen.count < limit, !(first.isEmpty && second.isEmpty) {
            if let trial = first.popRandom(&stream) { chosen += history.ladder(of: trial) }
            if let trial = second.popRandom(&stream) { chosen += history.ladder(of: trial) }
        }
        return Array(chosen.prefix(limit))
    }
}

extension [Int] {
    /// Removes and returns an element at random; nil when there is none. O(1).
    fileprivate mutating func popRandom(_ stream: inout RandomStream) -> Int? {
        guard !isEmpty else { return nil }
        swapAt(Int(stream.below(UInt64(count))), count - 1)
        return popLast()
    }
}
