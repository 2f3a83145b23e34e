import Engine
import Testing

/// What every ranking must keep; a new one is added to `rules`.
@Suite("Rankings")
struct RankingConformance {
    static let rules: [RankingRule] = [
        .randomWeights(count: 100), .randomWeights(count: 1), .parEGO(count: 100, rho: 0.05),
        .parEGO(count: 3, rho: 0), .nondominated,
    ]
    static let names = ["d", "b", "f", "a", "e", "c"]

    static func ranks(
        _ points: [[Double]], _ rule: RankingRule, names: [String]? = nil, seed: Int = 1
    ) -> [Int] {
        let objectives = points.first?.count ?? 0
        var ranking = rule.makeRanking(
            objectives: names ?? Array(Self.names.prefix(objectives)), seed: seed)
        for point in points { ranking.record(point) }
        return points.indices.map { ranking.rank(of: $0) }
    }

    static func cases(_ objectives: Int, _ body: ([[Double]], inout TestRandom) -> Void) {
        for number in 0..<40 {
            var random = TestRandom("rung", number * 10 + objectives)
            let count = 1 + random.below(25)
            let points = (0..<count).map { _ in
                number % 2 == 0
                    ? random.gridPoint(objectives: objectives)
                    : random.point(objectives: objectives)
            }
            body(points, &random)
        }
    }

    @Test("a point that dominates all others has rank 1", arguments: rules, 1...6)
    func dominatingPoint(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            let others = points.map { $0.map { $0 + 1 } }
            var all = others
            let place = random.below(others.count + 1)
            let best = (0..<objectives).map { objective in
                others.map { $0[objective] }.min()! - (objective == 0 ? 0.5 : 0)
            }
            all.insert(best, at: place)
            #expect(Self.ranks(all, rule)[place] == 1)
        }
    }

    @Test(
        "a dominated point never ranks ahead of the one that dominates it", arguments: rules, 1...6)
    func dominance(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, _ in
            let ranks = Self.ranks(points, rule)
            for a in points.indices {
                for b in points.indices where dominatesByDefinition(points[a], points[b]) {
                    #expect(ranks[a] <= ranks[b])
                }
            }
        }
    }

    @Test("scale and shift of an objective change no rank", arguments: rules, 1...6)
    func scale(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            // Powers of two and multiples of them, so that the arithmetic stays exact.
            let grid = points.map { $0.map { ($0 * 1024).rounded() } }
            let factors = (0..<objectives).map { _ in [0.125, 1, 64, 0x1p500][random.below(4)] }
            let shifts = (0..<objectives).map { _ in Double(random.below(2_000) - 1_000) }
            let moved = grid.map { point in
                point.indices.map { (point[$0] + shifts[$0]) * factors[$0] }
            }
            #expect(Self.ranks(grid, rule) == Self.ranks(moved, rule))
        }
    }

    @Test("any positive factor changes no rank of points in general position", arguments: rules)
    func anyFactor(rule: RankingRule) {
        for number in 0..<40 {
            var random = TestRandom("factor", number)
            let points = (0..<12).map { _ in random.point(objectives: 3) }
            let moved = points.map { [$0[0] * 1e-7 + 3, $0[1] * 12_345.678 - 1e5, $0[2] * 3] }
            #expect(Self.ranks(points, rule) == Self.ranks(moved, rule))
        }
    }

    @Test("the order of the objectives changes no rank", arguments: rules, 2...6)
    func objectiveOrder(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            let order = random.shuffled(Array(0..<objectives))
            let names = order.map { Self.names[$0] }
            let moved = points.map { point in order.map { point[$0] } }
            #expect(Self.ranks(points, rule) == Self.ranks(moved, rule, names: names))
        }
    }

    @Test("the order in which points come changes no rank", arguments: rules, 1...4)
    func pointOrder(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            let order = random.shuffled(Array(points.indices))
            let ranks = Self.ranks(points, rule)
            #expect(Self.ranks(order.map { points[$0] }, rule) == order.map { ranks[$0] })
        }
    }

    @Test("told of points one by one or many at once, ranks are the same", arguments: rules, 1...4)
    func manyAtOnce(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            let names = Array(Self.names.prefix(objectives))
            var points = points + points.map { $0.map { 3 - $0 } } + points
            points[random.below(points.count)][0] = .nan
            var (single, many) = (
                rule.makeRanking(objectives: names, seed: 1),
                rule.makeRanking(objectives: names, seed: 1)
            )
            var told = 0
            while told < points.count {
                let part = points[told...].prefix(1 + random.below(points.count))
                for point in part { single.record(point) }
                many.record(contentsOf: part.flatMap { $0 }, count: part.count)
                told += part.count
                let open = random.below(told)
                single.setOpen(open, true)
                many.setOpen(open, true)
                #expect(many.firstOpen(among: told) == single.firstOpen(among: told))
                for point in 0..<told {
                    #expect(many.rank(of: point) == single.rank(of: point))
                    #expect(many.ahead(of: point, limit: 5) == single.ahead(of: point, limit: 5))
                }
            }
        }
    }

    @Test("equal points have equal ranks", arguments: rules, 1...4)
    func equalPoints(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, _ in
            let ranks = Self.ranks(points + points, rule)
            #expect(Array(ranks.prefix(points.count)) == Array(ranks.suffix(points.count)))
        }
    }

    @Test(
        "invalid points rank behind all valid ones and change nothing else", arguments: rules, 1...3
    )
    func invalid(rule: RankingRule, objectives: Int) {
        Self.cases(objectives) { points, random in
            var all = points
            for bad in [Double.nan, .infinity, -.infinity] {
                var point = random.point(objectives: objectives)
                point[random.below(objectives)] = bad
                all.insert(point, at: random.below(all.count + 1))
            }
            let ranks = Self.ranks(all, rule)
            let valid = all.indices.filter { all[$0].allSatisfy { $0.isFinite } }
            #expect(valid.map { ranks[$0] } == Self.ranks(points, rule))
            for index in all.indices where !valid.contains(index) {
                #expect(ranks[index] == points.count + 1)
            }
        }
    }

    @Test("one objective ranks by its value", arguments: rules)
    func oneObjective(rule: RankingRule) {
        Self.cases(1) { points, _ in
            let expected = points.map { point in 1 + points.count { $0[0] < point[0] } }
            #expect(Self.ranks(points, rule) == expected)
        }
    }

    @Test("who is ahead: the best, best first, and never more than asked for", arguments: rules)
    func ahead(rule: RankingRule) {
        Self.cases(2) { points, _ in
            var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 1)
            for point in points { ranking.record(point) }
            for index in points.indices {
                let ahead = ranking.ahead(of: index, limit: 3)
                let rank = ranking.rank(of: index)
                #expect(ahead.count == min(3, rank - 1))
                let ranks = ahead.map { ranking.rank(of: $0) }
                #expect(ranks == ranks.sorted() && ranks.allSatisfy { $0 < rank })
                #expect(ahead.isEmpty || ranks[0] == 1)
            }
        }
    }

    @Test("the first open point is the best open one, if it is among the top", arguments: rules)
    func firstOpen(rule: RankingRule) {
        Self.cases(2) { points, random in
            var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 1)
            for point in points { ranking.record(point) }
            #expect(ranking.firstOpen(among: points.count) == nil)
            var open: Set<Int> = []
            for index in points.indices where random.below(2) == 0 {
                ranking.setOpen(index, true)
                open.insert(index)
            }
            while let found = ranking.firstOpen(among: points.count) {
                let rank = ranking.rank(of: found)
                #expect(open.allSatisfy { ranking.rank(of: $0) >= rank })
                #expect(ranking.firstOpen(among: rank - 1) == nil)
                ranking.setOpen(found, false)
                open.remove(found)
            }
            #expect(open.isEmpty)
        }
    }
}
