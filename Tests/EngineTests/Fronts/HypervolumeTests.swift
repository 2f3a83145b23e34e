import Engine
import EngineTesting
import Testing

@Suite("Hypervolume")
struct HypervolumeTests {
    private func minimized(_ count: Int) throws -> [Objective] {
        try (0..<count).map { try Objective("o\($0)", .minimize) }
    }

    /// By inclusion and exclusion over all subsets.
    private func bySubsets(_ points: [[Double]], _ reference: [Double]) -> Double {
        let inside = points.filter { zip($0, reference).allSatisfy { $0 < $1 } }
        var total = 0.0
        for subset in 1..<(1 << inside.count) {
            let chosen = inside.indices.filter { subset >> $0 & 1 == 1 }.map { inside[$0] }
            let volume = reference.indices.reduce(1.0) { product, objective in
                product * (reference[objective] - chosen.map { $0[objective] }.max()!)
            }
            total += subset.nonzeroBitCount % 2 == 1 ? volume : -volume
        }
        return inside.isEmpty ? 0 : total
    }

    @Test("is that of inclusion and exclusion, exactly on a grid", arguments: 1...6)
    func againstSubsets(count: Int) throws {
        let objectives = try minimized(count)
        let reference = Array(repeating: 5.0, count: count)
        for number in 0..<40 {
            var random = TestRandom("volume", number * 10 + count)
            let points = (0..<random.below(10)).map { _ in
                random.gridPoint(objectives: count, levels: 7)
            }
            let volume = try Pareto.hypervolume(
                points, objectives: objectives, reference: reference)
            #expect(volume == bySubsets(points, reference))
        }
    }

    @Test("is that of counting unit cells, for many points", arguments: 2...4)
    func againstCells(count: Int) throws {
        let objectives = try minimized(count)
        let side = 7
        for number in 0..<10 {
            var random = TestRandom("cells", number * 10 + count)
            let points = (0..<60).map { _ in random.gridPoint(objectives: count, levels: side) }
            var cells = 0
            var total = 1
            for _ in 0..<count { total *= side }
            for cell in 0..<total {
                var rest = cell
                let corner = (0..<count).map { _ in
                    defer { rest /= side }
                    return Double(rest % side)
                }
                if points.contains(where: { zip($0, corner).allSatisfy { $0 <= $1 } }) {
                    cells += 1
                }
            }
            let volume = try Pareto.hypervolume(
                points, objectives: objectives,
                reference: Array(repeating: Double(side), count: count))
            #expect(volume == Double(cells))
        }
    }

    @Test("the order of the points and dominated points change nothing", arguments: 2...6)
    func invariance(count: Int) throws {
        let objectives = try minimized(count)
        let reference = Array(repeating: 1.0, count: count)
        for number in 0..<10 {
            var random = TestRandom("volume order", number * 10 + count)
            let points = (0..<15).map { _ in random.point(objectives: count) }
            let volume = try Pareto.hypervolume(
                points, objectives: objectives, reference: reference)
            let worse = points.map { $0.map { $0 + (1 - $0) / 2 } }
            let other = try Pareto.hypervolume(
                random.shuffled(points + worse), objectives: objectives, reference: reference)
            #expect(abs(volume - other) < 1e-12)
        }
    }

    @Test("maximised objectives are measured from below")
    func maximize() throws {
        let objectives = [try Objective("score", .maximize), try Objective("time", .minimize)]
        // (0.9 - 0.5) · (4 - 3) + (0.7 - 0.5) · (3 - 1)
        let volume = try Pareto.hypervolume(
            [[0.9, 3], [0.7, 1]], objectives: objectives, reference: [0.5, 4])
        #expect(abs(volume - 0.8) < 1e-15)
    }

    @Test("points beyond the reference, NaN and no points add nothing")
    func nothing() throws {
        let objectives = try minimized(2)
        let volume = try Pareto.hypervolume(
            [[1, 5], [5, 1], [.nan, 1], [6, 6]], objectives: objectives, reference: [5, 5])
        #expect(volume == 0)
        #expect(try Pareto.hypervolume([], objectives: objectives) == 0)
    }

    @Test("the default reference lies a tenth of the range beyond the worst")
    func defaultReference() throws {
        let objectives = [try Objective("score", .maximize), try Objective("time", .minimize)]
        let points = [[0.5, 10], [1, 20], [.nan, 90]]
        let reference = Pareto.defaultReference(points, objectives: objectives)
        #expect(abs(reference[0] - 0.45) < 1e-15 && abs(reference[1] - 21) < 1e-15)
        // All equal: a tenth of the value; of 1 at zero.
        let flat = Pareto.defaultReference([[0, 5]], objectives: objectives)
        #expect(flat == [-0.1, 5.5])
        #expect(try Pareto.hypervolume([[0, 5]], objectives: objectives) > 0)
    }

    @Test("a volume beyond the greatest number is infinite", arguments: 2...5)
    func overflow(objectives count: Int) throws {
        let points = [-1e308, -9e307].map { Array(repeating: $0, count: count - 1) + [-$0] }
        let volume = try Pareto.hypervolume(
            points, objectives: minimized(count), reference: Array(repeating: 1.5e308, count: count)
        )
        #expect(volume == .infinity)
    }

    @Test("a wrong reference is refused by name", arguments: [[1.0], [1, 2, 3], [1, .nan]])
    func wrongReference(reference: [Double]) throws {
        let objectives = try minimized(2)
        #expect {
            try Pareto.hypervolume([], objectives: objectives, reference: reference)
        } throws: {
            ($0 as? SettingError)?.field == "reference"
        }
    }
}
