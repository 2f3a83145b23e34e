/// Orders the points recorded in one rung, best first.
///
/// Points are numbered 0, 1 … in the order in which they are recorded. Costs are the objectives'
/// values turned so that less is better.
///
/// What every ranking must keep (the conformance suite in the tests):
/// - a point that dominates all others of the rung has rank 1;
/// - scaling an objective by a positive factor, shifting it, or giving the objectives in another
///   order changes no rank;
/// - an invalid point (an objective is NaN or infinite) ranks behind every valid one;
/// - ranks of equally good points are equal.
public protocol RungRanking: Sendable {
    /// How many points are recorded.
    var count: Int { get }

    /// Records the next point.
    ///
    /// - Parameter costs: one for each objective; less is better.
    mutating func record(_ costs: [Double])

    /// Records points one after the other, as `record` would.
    ///
    /// - Parameters:
    ///   - costs: shape [points][objectives].
    ///   - count: how many points they are, at least 1.
    mutating func record(contentsOf costs: [Double], count: Int)

    /// The rank of a point: one more than the number of strictly better points.
    func rank(of point: Int) -> Int

    /// The best points that are strictly better than `point`, best first, at most `limit`.
    func ahead(of point: Int, limit: Int) -> [Int]

    /// The best valid points, best first, at most `wanted`, which is no more than there are.
    func best(_ wanted: Int) -> [Int]

    /// The rank of a point, and who is ahead of it, as the two above give them.
    func standing(of point: Int, limit: Int) -> (rank: Int, ahead: [Int])

    /// The best open point among the first `top` in the order; of equals the earlier comes first.
    func firstOpen(among top: Int) -> Int?

    /// Makes a point one that `firstOpen` finds, or no longer. No point is open at first.
    mutating func setOpen(_ point: Int, _ isOpen: Bool)
}

extension RungRanking {
    /// Records one point after the other.
    public mutating func record(contentsOf costs: [Double], count: Int) {
        recordOneByOne(costs, count: count)
    }

    /// The place in the whole order, and who is ahead. O(n).
    public func standing(of point: Int, limit: Int) -> (rank: Int, ahead: [Int]) {
        (rank(of: point), ahead(of: point, limit: limit))
    }

    mutating func recordOneByOne(_ costs: [Double], count: Int) {
        let objectives = costs.count / count
        for point in 0..<count {
            record(Array(costs[point * objectives..<(point + 1) * objectives]))
        }
    }
}

extension RankingRule {
    /// A ranking by this rule, empty.
    ///
    /// - Parameters:
    ///   - objectives: names of the objectives, in the order of the costs. Rankings work in the
    ///     order of the names, so that the order of declaration changes nothing.
    ///   - seed: the study's; all rungs share one set of weights.
    ///   - rules: which costs span the scale of a rung.
    public func makeRanking(
        objectives: [String], seed: Int, rules: RungRules = .current
    ) -> any RungRanking {
        let order = objectives.indices.sorted { objectives[$0] < objectives[$1] }
        let names = order.map { objectives[$0] }
        switch self {
        case .randomWeights(let count):
            let weights = Weights(count: count, objectives: names, seed: seed)
            return ScalarRanking(order: order, rule: .linear(weights), rules: rules)
        case .parEGO(let count, let rho):
            let weights = Weights(count: count, objectives: names, seed: seed)
            return ScalarRanking(order: order, rule: .chebyshev(weights, rho: rho), rules: rules)
        case .nondominated where names.count == 1, .hypervolume where names.count == 1:
            // The same order, without a front for every value.
            let weights = Weights(count: 1, objectives: names, seed: seed)
            return ScalarRanking(order: order, rule: .linear(weights), rules: rules)
        case .nondominated: return Self.byFronts(order, merit: .crowding, rules)
        case .hypervolume: return Self.byFronts(order, merit: .contribution, rules)
        }
    }

    private static func byFronts(
        _ order: [Int], merit: FrontMerit, _ rules: RungRules
    ) -> any RungRanking {
        order.count == 2
            ? FrontRanking<PlanarFronts>(order: order, merit: merit, rules: rules)
            : FrontRanking<SpatialFronts>(order: order, merit: merit, rules: rules)
    }
}
