import Engine
import EngineTesting
import Testing

@Suite("The scale of a rung")
struct CostScaleTests {
    /// The costs of x span 1 to 4, since 100 lies beyond 3 + 5 · (3 − 1); those of y span 1 to 5. So
    /// the goodness in x is 1, 2/3, 1/3, 0, 0 and in y 0, 1/4, 1/2, 3/4, 1. Of weights near (1, 0)
    /// and (0, 1) the best sums are about 1, 2/3, 1/2, 3/4, 1.
    @Test("one value far out leaves the others their room")
    func oneOutlier() {
        let points = [[1.0, 5], [2, 4], [3, 3], [4, 2], [100, 1]]
        #expect(Array(ranks(points, .second)[1...3]) == [4, 5, 3])
        // Under the first rules x spans 1 to 100, so that 2, 3 and 4 are all but the best.
        #expect(Array(ranks(points, .first)[1...3]) == [3, 4, 5])
    }

    @Test("an R² of -10⁶ counts as the worst of the others, and moves none of them")
    func farOut() {
        let errors = [0.5, 0.4, 0.3, 0.2, 0.1, 0.25, 0.35]
        let points = errors.map { [$0, 1 - $0 * $0] }
        let before = ranks(points, .second)
        let after = ranks(points + [[1e6, 2]], .second)
        #expect(Array(after.prefix(points.count)) == before && after.last == points.count + 1)
        #expect(Array(ranks(points + [[1e6, 2]], .first).prefix(points.count)) != before)
    }

    @Test("where the median is the best value, the worst one ends the scale")
    func medianIsBest() {
        // Goodness in x: 1, 1, 1, 0.5, 0; in y: 0, 0.2, 0.4, 0.9, 1.
        let points = [[0.0, 1], [0, 0.8], [0, 0.6], [5, 0.1], [10, 0]]
        for rules in RungRules.allCases {
            let ranks = ranks(points, rules)
            #expect(ranks[2] < ranks[1] && ranks[1] < ranks[0])
        }
    }

    private func ranks(_ points: [[Double]], _ rules: RungRules) -> [Int] {
        var ranking = RankingRule.standard.makeRanking(
            objectives: ["x", "y"], seed: 1, rules: rules)
        for point in points { ranking.record(point) }
        return points.indices.map { ranking.rank(of: $0) }
    }

    // MARK: Against the definition

    /// Costs whose scale moves with nearly every point, in ways of their own.
    enum Costs: CaseIterable, Sendable {
        case heavyTails, improving, worsening, grid, withInvalid

        func point(_ number: Int, _ random: inout TestRandom) -> [Double] {
            switch self {
            case .heavyTails:
                (0..<2).map { _ in 1 / (random.unit() + 1e-4) }
            case .improving:
                (0..<2).map { _ in random.unit() + 100 / Double(number + 1) }
            case .worsening: (0..<2).map { _ in random.unit() * Double(number + 1) }
            case .grid: random.gridPoint(objectives: 2, levels: 9).map { $0 * $0 * $0 }
            case .withInvalid:
                random.below(4) == 0 ? [.nan, 1] : (0..<2).map { _ in 1 / (random.unit() + 1e-3) }
            }
        }
    }

    @Test(
        "ranks, who is ahead and who is promotable are those of scoring all points again",
        arguments: Costs.allCases, RungRules.allCases)
    func againstDefinition(costs: Costs, rules: RungRules) {
        for rule in [RankingRule.randomWeights(count: 10), .parEGO(count: 7, rho: 0.05)] {
            var random = TestRandom("scale \(costs)")
            var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 3, rules: rules)
            var plain = PlainRanking(rule: rule, rules: rules)
            for step in 0..<320 {
                let point = costs.point(step, &random)
                ranking.record(point)
                plain.points.append(point)
                let opened = random.below(step + 1)
                let isOpen = random.below(3) > 0
                ranking.setOpen(opened, isOpen)
                if isOpen { plain.open.insert(opened) } else { plain.open.remove(opened) }
                guard step % 7 == 0 else { continue }
                plain.sort()
                let some = random.below(step + 1)
                #expect(ranking.rank(of: step) == plain.rank(of: step))
                #expect(ranking.rank(of: some) == plain.rank(of: some))
                #expect(ranking.ahead(of: some, limit: 5) == plain.ahead(of: some, limit: 5))
                let top = random.below(step + 2)
                #expect(ranking.firstOpen(among: top) == plain.firstOpen(among: top))
            }
        }
    }
}

/// A ranking by its definition: all points scored and sorted for every answer.
private struct PlainRanking {
    let rule: RankingRule
    let rules: RungRules
    var points: [[Double]] = []
    var open: Set<Int> = []
    private var keys: [Double] = []
    private var order: [Int] = []

    init(rule: RankingRule, rules: RungRules) { (self.rule, self.rules) = (rule, rules) }

    mutating func sort() {
        let valid = points.filter { $0.allSatisfy(\.isFinite) }
        let scales = (0..<2).map { objective in
            scale(of: valid.map { $0[objective] }.sorted())
        }
        keys = points.map { point in
            point.allSatisfy(\.isFinite)
                ? key(
                    zip(point, scales).map { ($0 - $1.best) / ($1.worst - $1.best) },
                    zip(point, scales).map { ($1.worst - $0) / ($1.worst - $1.best) })
                : .infinity
        }
        order = points.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    }

    private func scale(of sorted: [Double]) -> (best: Double, worst: Double) {
        guard let best = sorted.first, let worst = sorted.last else { return (0, 0) }
        let middle = sorted.count / 2
        let median =
            sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        guard rules != .first, median > best else { return (best, worst) }
        return (best, sorted.last { $0 <= median + 5 * (median - best) } ?? best)
    }

    private func key(_ shares: [Double], _ goodness: [Double]) -> Double {
        let shares = shares.map { $0.isNaN ? 0 : min($0, 1) }
        let goodness = goodness.map { $0.isNaN ? 0 : max($0, 0) }
        switch rule {
        case .parEGO(let count, let rho):
            return Weights(count: count, objectives: ["x", "y"], seed: 3)
                .leastChebyshev(shares, rho: rho)
        case .randomWeights(let count):
            return -Weights(count: count, objectives: ["x", "y"], seed: 3).bestSum(goodness)
        default: return .nan
        }
    }

    func rank(of point: Int) -> Int { 1 + keys.count { $0 < keys[point] } }

    func ahead(of point: Int, limit: Int) -> [Int] {
        Array(order.prefix(min(limit, rank(of: point) - 1)))
    }

    func firstOpen(among top: Int) -> Int? { order.prefix(top).first { open.contains($0) } }
}
