/// The two ends of a scale of costs for each objective, and the map of costs to 0…1 that follows
/// from them.
struct CostBounds: Hashable, Sendable {
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

    /// Sets the ends of one objective; says whether they changed.
    mutating func set(_ objective: Int, least: Double, greatest: Double) -> Bool {
        guard self.least[objective] != least || self.greatest[objective] != greatest else {
            return false
        }
        self.least[objective] = least
        self.greatest[objective] = greatest
        return true
    }

    /// The most by which the shares of any one cost under these bounds and under others differ, over
    /// all objectives. O(objectives).
    func distance(to other: CostBounds) -> Double {
        var most = 0.0
        for objective in least.indices {
            // Both maps are straight between these costs, so they differ most at one of them.
            for cost in [
                least[objective], greatest[objective], other.least[objective],
                other.greatest[objective],
            ] {
                most = max(most, abs(share(cost, of: objective) - other.share(cost, of: objective)))
            }
        }
        return most
    }

    /// The range of one objective.
    func range(of objective: Int) -> CostRange {
        CostRange(least: least[objective], greatest: greatest[objective])
    }

    /// A cost as a share of the range: see ``CostRange``.
    func share(_ cost: Double, of objective: Int) -> Double {
        range(of: objective).share(cost)
    }

    /// The same from the other end: 1 best and 0 worst; 0 where all costs are equal.
    func goodness(_ cost: Double, of objective: Int) -> Double {
        let (low, high) = (least[objective], greatest[objective])
        let range = high - low
        guard range > 0 else { return 0 }
        guard cost < high else { return 0 }
        return range.isFinite ? (high - cost) / range : (high / 2 - cost / 2) / (high / 2 - low / 2)
    }
}
