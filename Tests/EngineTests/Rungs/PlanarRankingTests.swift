import Engine
import EngineTesting
import Testing

@Suite("Fronts of two objectives")
struct PlanarRankingTests {
    /// How points come, in ways that move fronts differently.
    enum Costs: CaseIterable, Sendable {
        case bands, grid, line, improving, worsening, invalid

        func point(_ number: Int, _ random: inout TestRandom) -> [Double] {
            let (x, y) = (random.unit(), random.unit())
            return switch self {
            case .bands: [x + 1, 2 - x + y]
            case .grid: random.gridPoint(objectives: 2, levels: 12)
            case .line: [x, 1 - x]
            case .improving: [x - Double(number), y - Double(number)]
            case .worsening: [(x + 1) * Double(number), y * Double(number)]
            case .invalid: random.below(4) == 0 ? [x, .nan] : [1 / (x + 1e-4), 1 / (y + 1e-4)]
            }
        }
    }

    @Test(
        "ranks, who is ahead and who is promotable are those of sorting all points again",
        arguments: Costs.allCases, [RankingRule.nondominated, .hypervolume])
    func againstDefinition(costs: Costs, rule: RankingRule) {
        var random = TestRandom("planar \(costs)")
        var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 1)
        var plain = PlainFronts(isVolume: rule == .hypervolume)
        for step in 0..<240 {
            let point = costs.point(step, &random)
            ranking.record(point)
            plain.points.append(point)
            let opened = random.below(step + 1)
            let isOpen = random.below(3) > 0
            ranking.setOpen(opened, isOpen)
            if isOpen { plain.open.insert(opened) } else { plain.open.remove(opened) }
            guard step % 4 == 3 || step < 12 else { continue }
            plain.sort()
            let some = random.below(step + 1)
            for point in [step, some] {
                #expect(ranking.rank(of: point) == plain.rank(of: point))
                for limit in [1, 5, 9] {
                    #expect(
                        ranking.ahead(of: point, limit: limit)
                            == plain.ahead(of: point, limit: limit))
                }
            }
            let top = random.below(step + 2)
            #expect(ranking.firstOpen(among: top) == plain.firstOpen(among: top))
        }
    }
}

/// Fronts by their definition: all points sorted for every answer.
private struct PlainFronts {
    let isVolume: Bool
    var points: [[Double]] = []
    var open: Set<Int> = []
    /// Of each point its front and minus its merit; invalid points in a last front.
    private var keys: [(front: Int, loss: Double)] = []
    private var order: [Int] = []

    init(isVolume: Bool) { self.isVolume = isVolume }

    private func isValid(_ point: Int) -> Bool { points[point].allSatisfy(\.isFinite) }

    mutating func sort() {
        keys = points.map { _ in (.max, 0) }
        let valid = points.indices.filter { isValid($0) }
            .sorted { points[$0].lexicographicallyPrecedes(points[$1]) }
        for (place, point) in valid.enumerated() {
            // What dominates a point comes before it.
            let ahead = valid[..<place].filter { dominatesByDefinition(points[$0], points[point]) }
            keys[point].front = (ahead.map { keys[$0].front }.max() ?? -1) + 1
        }
        let scales = (0..<2).map { objective in scale(of: valid.map { points[$0][objective] }) }
        for front in Set(valid.map { keys[$0].front }) {
            let members = valid.filter { keys[$0].front == front }
            for point in members {
                keys[point].loss = -merit(point, among: members, scales)
            }
        }
        order = points.indices.sorted {
            (keys[$0].front, keys[$0].loss, $0) < (keys[$1].front, keys[$1].loss, $1)
        }
    }

    private func scale(of values: [Double]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        guard let best = sorted.first, let worst = sorted.last else { return 0...0 }
        let middle = sorted.count / 2
        let median =
            sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        guard median > best else { return best...worst }
        return best...(sorted.last { $0 <= median + 5 * (median - best) } ?? best)
    }

    private func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
        let width = range.upperBound - range.lowerBound
        guard width > 0 else { return 0 }
        return value < range.upperBound ? (value - range.lowerBound) / width : 1
    }

    private func merit(
        _ point: Int, among members: [Int], _ scales: [ClosedRange<Double>]
    ) -> Double {
        let own = points[point]
        let before = members.last { points[$0][0] < own[0] }.map { points[$0] }
        let after = members.first { points[$0][0] > own[0] }.map { points[$0] }
        if isVolume {
            let right = after.map { share($0[0], scales[0]) } ?? 1.1
            let top = before.map { share($0[1], scales[1]) } ?? 1.1
            return (right - share(own[0], scales[0])) * (top - share(own[1], scales[1]))
        }
        guard let before, let after else { return .infinity }
        let ranges = (0..<2).map { objective in
            let values = members.map { points[$0][objective] }
            return values.min()!...values.max()!
        }
        return (share(after[0], ranges[0]) - share(before[0], ranges[0]))
            + (share(before[1], ranges[1]) - share(after[1], ranges[1]))
    }

    func rank(of point: Int) -> Int {
        1 + keys.count { ($0.front, $0.loss) < (keys[point].front, keys[point].loss) }
    }

    func ahead(of point: Int, limit: Int) -> [Int] {
        Array(order.prefix(min(limit, rank(of: point) - 1)))
    }

    func firstOpen(among top: Int) -> Int? { order.prefix(top).first { open.contains($0) } }
}
