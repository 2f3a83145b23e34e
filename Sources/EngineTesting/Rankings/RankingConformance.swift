public import Engine

/// What every ranking must keep.
///
/// ```swift
/// @Test(arguments: RankingConformance.checks)
/// func mine(check: ConformanceCheck<RankingRule>) throws {
///     #expect(try check.findings(for: .nondominated) == [])
/// }
/// ```
public enum RankingConformance {
    /// The checks, each by itself; O(seconds) in all.
    public static let checks: [ConformanceCheck<RankingRule>] = [
        .init("a point that dominates all others has rank 1", dominatingPoint),
        .init("a dominated point never ranks ahead of the one that dominates it", dominance),
        .init("scale and shift of an objective change no rank", scale),
        .init("any positive factor changes no rank of points in general position", anyFactor),
        .init("the order of the objectives changes no rank", objectiveOrder),
        .init("the order in which points come changes no rank", pointOrder),
        .init("told of points one by one or many at once, ranks are the same", manyAtOnce),
        .init("equal points have equal ranks", equalPoints),
        .init("invalid points rank behind all valid ones and change nothing else", invalid),
        .init("one objective ranks by its value", oneObjective),
        .init("who is ahead: the best, best first, and never more than asked for", ahead),
        .init("the first open point is the best open one, if it is among the top", firstOpen),
    ]

    static func dominatingPoint(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...6 {
            RankingCases.each(objectives) { points, random in
                let others = points.map { $0.map { $0 + 1 } }
                var all = others
                let place = random.below(others.count + 1)
                let best = (0..<objectives).map { objective in
                    others.map { $0[objective] }.min()! - (objective == 0 ? 0.5 : 0)
                }
                all.insert(best, at: place)
                findings.expect(RankingCases.ranks(all, rule)[place] == 1)
            }
        }
    }

    static func dominance(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...6 {
            RankingCases.each(objectives) { points, _ in
                let ranks = RankingCases.ranks(points, rule)
                for a in points.indices {
                    for b in points.indices where dominatesByDefinition(points[a], points[b]) {
                        findings.expect(ranks[a] <= ranks[b])
                    }
                }
            }
        }
    }

    static func scale(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...6 {
            RankingCases.each(objectives) { points, random in
                // Powers of two and multiples of them, so that the arithmetic stays exact.
                let grid = points.map { $0.map { ($0 * 1024).rounded() } }
                let factors = (0..<objectives).map { _ in [0.125, 1, 64, 0x1p500][random.below(4)] }
                let shifts = (0..<objectives).map { _ in Double(random.below(2_000) - 1_000) }
                let moved = grid.map { point in
                    point.indices.map { (point[$0] + shifts[$0]) * factors[$0] }
                }
                findings.expect(RankingCases.ranks(grid, rule) == RankingCases.ranks(moved, rule))
            }
        }
    }

    static func anyFactor(_ rule: RankingRule, _ findings: inout Findings) {
        for number in 0..<40 {
            var random = TestRandom("factor", number)
            let points = (0..<12).map { _ in random.point(objectives: 3) }
            let moved = points.map { [$0[0] * 1e-7 + 3, $0[1] * 12_345.678 - 1e5, $0[2] * 3] }
            findings.expect(RankingCases.ranks(points, rule) == RankingCases.ranks(moved, rule))
        }
    }

    static func objectiveOrder(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 2...6 {
            RankingCases.each(objectives) { points, random in
                let order = random.shuffled(Array(0..<objectives))
                let names = order.map { RankingCases.names[$0] }
                let moved = points.map { point in order.map { point[$0] } }
                findings.expect(
                    RankingCases.ranks(points, rule)
                        == RankingCases.ranks(moved, rule, names: names))
            }
        }
    }

    static func pointOrder(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...4 {
            RankingCases.each(objectives) { points, random in
                let order = random.shuffled(Array(points.indices))
                let ranks = RankingCases.ranks(points, rule)
                findings.expect(
                    RankingCases.ranks(order.map { points[$0] }, rule) == order.map { ranks[$0] })
            }
        }
    }
}
