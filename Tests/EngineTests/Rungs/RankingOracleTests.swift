import Engine
import EngineTesting
import Testing

@Suite("Rankings by hand and by definition")
struct RankingOracleTests {
    /// Two points of three on a line between the extremes, worked out on paper:
    /// goodness (1,0), (0,1), (0.6,0.6); with weights (w, 1-w) the best of w, of 1-w, and 0.6.
    @Test("random weights: the best weighted sum of goodness")
    func bestSum() {
        let weights = Weights(count: 50, objectives: ["x", "y"], seed: 1)
        let first = (0..<50).map { weights[0, $0] }
        for vector in 0..<50 {
            #expect(abs(weights[0, vector] + weights[1, vector] - 1) < 1e-15)
        }
        #expect(weights.bestSum([1, 0]) == first.max())
        #expect(abs(weights.bestSum([0.6, 0.6]) - 0.6) < 1e-15)
        #expect(first.max()! > 0.9 && first.min()! < 0.1)
    }

    @Test("ParEGO: the least of max w·c + rho · sum w·c")
    func chebyshev() {
        let weights = Weights(count: 1, objectives: ["x", "y"], seed: 1)
        let (a, b) = (weights[0, 0], weights[1, 0])
        // At costs (0, 1) only the second counts; at (1, 1) the sum of the weights is 1.
        #expect(abs(weights.leastChebyshev([0, 1], rho: 0.05) - b * 1.05) < 1e-15)
        #expect(abs(weights.leastChebyshev([1, 1], rho: 0.05) - (max(a, b) + 0.05)) < 1e-15)
        #expect(weights.leastChebyshev([0, 0], rho: 0.05) == 0)
    }

    @Test("weights are uniform on the simplex: each has mean 1/m and the variance of Dirichlet(1)")
    func simplex() {
        for objectives in 2...4 {
            let names = (0..<objectives).map { "o\($0)" }
            let weights = Weights(count: 20_000, objectives: names, seed: 4)
            let m = Double(objectives)
            let variance = (m - 1) / (m * m * (m + 1))
            for objective in 0..<objectives {
                let values = (0..<20_000).map { weights[objective, $0] }
                let mean = values.reduce(0, +) / 20_000
                #expect(abs(mean - 1 / m) < 5 * (variance / 20_000).squareRoot())
                let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
                #expect(abs(spread / variance - 1) < 0.06)
            }
        }
    }

    /// Deb's fronts by peeling, crowding by its definition, ranks by counting.
    private func nondominatedRanks(_ points: [[Double]]) -> [Int] {
        var level = Array(repeating: 0, count: points.count)
        var rest = Set(points.indices)
        var current = 0
        while !rest.isEmpty {
            let front = rest.filter { a in
                !rest.contains { dominatesByDefinition(points[$0], points[a]) }
            }
            for point in front { level[point] = current }
            rest.subtract(front)
            current += 1
        }
        let crowding = points.indices.map { point in
            crowdingDistance(
                point, among: points.indices.filter { level[$0] == level[point] }, points)
        }
        return points.indices.map { a in
            1
                + points.indices.count { b in
                    (level[b], -crowding[b]) < (level[a], -crowding[a])
                }
        }
    }

    private func crowdingDistance(_ point: Int, among front: [Int], _ points: [[Double]]) -> Double
    {
        if front.count == 1 { return .infinity }
        var sum = 0.0
        for objective in points[point].indices {
            let values = front.map { points[$0][objective] }
            let range = values.max()! - values.min()!
            if range == 0 { continue }
            let own = points[point][objective]
            guard let below = values.filter({ $0 < own }).max(),
                let above = values.filter({ $0 > own }).min()
            else { return .infinity }
            sum += (above - values.min()!) / range - (below - values.min()!) / range
        }
        return sum
    }

    @Test(
        "non-dominated sorting gives the ranks of its definition, report by report",
        arguments: 1...5)
    func nondominated(objectives: Int) {
        for number in 0..<30 {
            var random = TestRandom("nds", number * 10 + objectives)
            var ranking = RankingRule.nondominated.makeRanking(
                objectives: (0..<objectives).map { "o\($0)" }, seed: 1)
            var points: [[Double]] = []
            for step in 0..<30 {
                points.append(
                    number % 3 == 0
                        ? random.point(objectives: objectives)
                        : random.gridPoint(objectives: objectives, levels: 3 + number % 5))
                ranking.record(points[step])
                #expect(
                    points.indices.map { ranking.rank(of: $0) } == nondominatedRanks(points))
            }
        }
    }

    @Test("scores follow the bounds of the rung: a wider value changes how the others stand")
    func rescoring() {
        // One vector, so that the rank is that of a weighted sum with known weights.
        let weights = Weights(count: 1, objectives: ["x", "y"], seed: 1)
        var ranking = RankingRule.randomWeights(count: 1).makeRanking(
            objectives: ["x", "y"], seed: 1, rules: .first)
        var points: [[Double]] = []
        var random = TestRandom("rescoring")
        for step in 0..<60 {
            let growth = Double(step / 10 + 1)
            points.append([random.unit() * growth, random.unit() / growth])
            ranking.record(points[step])
            let sums = points.map { point in
                (0..<2).reduce(0.0) { sum, objective in
                    let values = points.map { $0[objective] }
                    let range = values.max()! - values.min()!
                    let share = range > 0 ? (point[objective] - values.min()!) / range : 0
                    return sum + weights[objective, 0] * share
                }
            }
            for a in points.indices {
                let better = points.indices.count { sums[$0] < sums[a] - 1e-12 }
                let notWorse = points.indices.count { sums[$0] < sums[a] + 1e-12 }
                #expect((better + 1...max(better + 1, notWorse)).contains(ranking.rank(of: a)))
            }
        }
    }

    @Test("values at the far ends of Double are ranked without overflow")
    func hugeValues() {
        let big = Double.greatestFiniteMagnitude
        let points = [[-big, big], [0, 0], [big, -big], [big, big]]
        let rules: [RankingRule] = [
            .standard, .parEGO(count: 100, rho: 0.05), .nondominated, .hypervolume,
        ]
        for rule in rules {
            let ranks = RankingCases.ranks(points, rule)
            #expect(ranks[3] == 4)
        }
    }
}
