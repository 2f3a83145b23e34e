import Engine
import EngineTesting
import Testing

@Suite("Rankings by fronts")
struct FrontRankingTests {
    /// One front on a line of 5 points. The scale spans 0 to 4 and 0 to 8, the reference is at 1.1 in
    /// both. Widths and heights as shares of the scale: 0.5 · 0.1, 0.25 · 0.5, 0.125 · 0.125,
    /// 0.125 · 0.125 and 0.1 · 0.25.
    @Test("hypervolume: what a point alone adds to its front, by hand")
    func contributions() {
        let points = [[0.0, 8], [2, 4], [3, 3], [3.5, 2], [4, 0]]
        // 0.05, 0.125, 0.015625, 0.015625 and 0.025.
        #expect(RankingCases.ranks(points, .hypervolume) == [2, 1, 4, 4, 3])
        // A point behind the front has rank 6, whatever it would add.
        #expect(RankingCases.ranks(points + [[3.75, 7]], .hypervolume).last == 6)
    }

    @Test("hypervolume: what lies beyond the scale counts as its end")
    func beyondTheScale() {
        // The costs of x have the median 2 and the limit 12, so that 1000 counts as 4: its point adds
        // 0.1 · 0.125, and the one at 4 nothing, as it is no better than that in either.
        let points = [[0.0, 8], [1, 5], [2, 4], [4, 1], [1000, 0]]
        let ranks = RankingCases.ranks(points, .hypervolume)
        #expect(ranks[3] == 5 && ranks[4] == 4)
    }

    @Test("hypervolume: ranks are those of volumes with and without a point", arguments: 2...4)
    func byVolumes(objectives: Int) throws {
        for number in 0..<25 {
            var random = TestRandom("contributions", number * 10 + objectives)
            let names = (0..<objectives).map { "o\($0)" }
            var ranking = RankingRule.hypervolume.makeRanking(objectives: names, seed: 1)
            var points: [[Double]] = []
            for _ in 0..<14 {
                points.append(random.point(objectives: objectives))
                ranking.record(points[points.count - 1])
            }
            let merits = try merits(points, names)
            for point in points.indices {
                // Volumes by difference are exact but for rounding.
                let rank = ranking.rank(of: point)
                let surely = merits.count { $0 > merits[point] + 1e-9 }
                let perhaps = merits.count { $0 > merits[point] - 1e-9 }
                #expect((surely + 1...max(surely + 1, perhaps)).contains(rank))
            }
        }
    }

    /// For each point what it adds to its front's volume, in a scale of 1, less 10 for each front
    /// before its own.
    private func merits(_ points: [[Double]], _ names: [String]) throws -> [Double] {
        let objectives = try names.map { try Objective($0, .minimize) }
        let reference = Array(repeating: 1.1, count: names.count)
        let scaled = points.map { point in
            point.indices.map { objective in
                let sorted = points.map { $0[objective] }.sorted()
                let median = (sorted[6] + sorted[7]) / 2
                let worst = sorted.last { $0 <= median + 5 * (median - sorted[0]) }!
                return min(1, (point[objective] - sorted[0]) / (worst - sorted[0]))
            }
        }
        var merits = Array(repeating: 0.0, count: points.count)
        var rest = Array(points.indices)
        var level = 0.0
        while !rest.isEmpty {
            let front = rest.filter { a in
                !rest.contains { dominatesByDefinition(points[$0], points[a]) }
            }
            let volume = try Pareto.hypervolume(
                front.map { scaled[$0] }, objectives: objectives, reference: reference)
            for point in front {
                let without = try Pareto.hypervolume(
                    front.filter { $0 != point }.map { scaled[$0] }, objectives: objectives,
                    reference: reference)
                merits[point] = volume - without - 10 * level
            }
            rest.removeAll { front.contains($0) }
            level += 1
        }
        return merits
    }

    /// The fronts of the plane, kept in order, against those of any dimension: a third objective that
    /// is always the same changes no rank.
    @Test(
        "two objectives rank as three of which one is always the same",
        arguments: [RankingRule.nondominated, .hypervolume])
    func planarAndSpatial(rule: RankingRule) {
        for number in 0..<12 {
            var random = TestRandom("planar", number)
            var plane = rule.makeRanking(objectives: ["a", "b"], seed: 1)
            var space = rule.makeRanking(objectives: ["a", "b", "c"], seed: 1)
            for step in 0..<(rule == .hypervolume ? 40 : 120) {
                var point =
                    number % 2 == 0
                    ? random.point(objectives: 2) : random.gridPoint(objectives: 2, levels: 8)
                if random.below(10) == 0 { point[random.below(2)] = .infinity }
                plane.record(point)
                space.record(point + [1])
                let opened = random.below(step + 1)
                let isOpen = random.below(3) > 0
                plane.setOpen(opened, isOpen)
                space.setOpen(opened, isOpen)
                let top = random.below(step + 2)
                #expect(plane.firstOpen(among: top) == space.firstOpen(among: top))
                guard step % 5 == 0 || step == 119 else { continue }
                for point in 0...step where rule == .nondominated {
                    #expect(plane.rank(of: point) == space.rank(of: point))
                    #expect(
                        plane.ahead(of: point, limit: 5) == space.ahead(of: point, limit: 5))
                }
            }
        }
    }

    @Test("a large rung, against its definition", arguments: [0, 1, 2])
    func large(number: Int) {
        var random = TestRandom("large", number)
        var ranking = RankingRule.nondominated.makeRanking(objectives: ["f", "g"], seed: 1)
        var points: [[Double]] = []
        for _ in 0..<400 {
            let (x, y) = (random.unit(), random.unit())
            points.append(number == 0 ? [x, 1 - x + y] : number == 1 ? [x, 1 - x] : [x, y])
            ranking.record(points[points.count - 1])
        }
        // Fronts by the longest chain of points that dominate each other.
        var level = Array(repeating: 0, count: points.count)
        for point in points.indices.sorted(by: { points[$0][0] < points[$1][0] }) {
            let ahead = points.indices.filter { dominatesByDefinition(points[$0], points[point]) }
            level[point] = (ahead.map { level[$0] }.max() ?? -1) + 1
        }
        let ranks = points.indices.map { ranking.rank(of: $0) }
        for front in 0...level.max()! {
            let before = level.count { $0 < front }
            let own = ranks.indices.filter { level[$0] == front }.map { ranks[$0] }
            #expect(own.min() == before + 1)
            #expect(own.allSatisfy { (before + 1...before + own.count).contains($0) })
        }
    }
}
