/// The least and the greatest cost of every objective among the valid points of a rung, and the
/// map of costs to 0…1 that follows from them.
struct CostBounds: Sendable {
    private(set) var least: [Double]
    private(set) var greatest: [Double]

    init(objectives: Int) {
        least = Array(repeating: .infinity, count: objectives)
        greatest = Array(repeating: -.infinity, count: objectives)
    }

    /// Widens the bounds to a valid point; says whether they changed.
    mutating func include(_ costs: some Sequence<Double>) -> Bool {
        var changed = false
        for (objective, cost) in costs.enumerated() {
            if cost < least[objective] {
                least[objective] = cost
                changed = true
            }
            if cost > greatest[objective] {
                greatest[objective] = cost
                changed = true
            }
        }
        return changed
    }

    /// A cost as a share of the range, 0 best and 1 worst; 0 where all costs are equal, since they
    /// then tell nothing.
    ///
    /// Edge cases: a range beyond the largest `Double` is halved first. Monotone in the cost, also
    /// after rounding.
    func share(_ cost: Double, of objective: Int) -> Double {
        let (low, high) = (least[objective], greatest[objective])
        let range = high - low
        guard range > 0 else { return 0 }
        return range.isFinite ? (cost - low) / range : (cost / 2 - low / 2) / (high / 2 - low / 2)
    }

    /// The same from the other end: 1 best and 0 worst; 0 where all costs are equal.
    func goodness(_ cost: Double, of objective: Int) -> Double {
        let (low, high) = (least[objective], greatest[objective])
        let range = high - low
        guard range > 0 else { return 0 }
        return range.isFinite ? (high - cost) / range : (high / 2 - cost / 2) / (high / 2 - low / 2)
    }
}
