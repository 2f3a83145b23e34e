import Engine
import EngineTesting
import Testing

@Suite("Pareto fronts")
struct ParetoTests {
    static func objectives(_ count: Int, tolerance: Double = 0) throws -> [Objective] {
        try (0..<count).map {
            try Objective("o\($0)", $0 % 2 == 0 ? .minimize : .maximize, tolerance: tolerance)
        }
    }

    /// The front by its definition.
    private func definedFront(_ points: [[Double]], _ objectives: [Objective]) -> Set<Int> {
        let costs = points.map { point in
            zip(objectives, point).map { $0.direction == .minimize ? $1 : -$1 }
        }
        let valid = points.indices.filter { costs[$0].allSatisfy { $0.isFinite } }
        return Set(
            valid.filter { a in
                !valid.contains { b in
                    dominatesByDefinition(costs[b], costs[a]) || (b < a && costs[a] == costs[b])
                }
            })
    }

    @Test("are those of the definition, with ties, duplicates and NaN", arguments: 1...6)
    func againstDefinition(count: Int) throws {
        let objectives = try Self.objectives(count)
        for number in 0..<300 {
            var random = TestRandom("front", number * 10 + count)
            var points = (0..<random.below(40)).map { _ in
                number % 2 == 0
                    ? random.gridPoint(objectives: count) : random.point(objectives: count)
            }
            if !points.isEmpty, number % 3 == 0 {
                let bad = [Double.nan, .infinity, -.infinity][random.below(3)]
                points[random.below(points.count)][random.below(count)] = bad
            }
            let front = Pareto.front(points, objectives: objectives)
            #expect(Set(front) == definedFront(points, objectives))
            #expect(front.count == Set(front).count)
            let firsts = front.map { points[$0][0] }
            #expect(firsts == firsts.sorted())
        }
    }

    @Test("of no points are empty")
    func empty() throws {
        let objectives = try Self.objectives(2)
        #expect(Pareto.front([], objectives: objectives).isEmpty)
        #expect(Pareto.front([[.nan, 1]], objectives: objectives).isEmpty)
        #expect(Pareto.knee([], objectives: objectives) == nil)
    }

    @Test("best first in the first objective, whichever way it is better")
    func order() throws {
        let objectives = [try Objective("score", .maximize), try Objective("time", .minimize)]
        let points = [[0.5, 1], [0.9, 3], [0.7, 2], [0.7, 4]]
        #expect(Pareto.front(points, objectives: objectives) == [1, 2, 0])
    }

    @Test("with a tolerance, what is better by less is noise", arguments: [2, 3])
    func tolerance(count: Int) throws {
        let objectives = [
            try Objective("score", .maximize),
            try Objective("time", .minimize, tolerance: 0.05),
            try Objective("size", .minimize),
        ]
        // Score, time: the second is 2 % faster at equal score, the third 10 %; the fourth has a
        // better score; the fifth is 1 % faster than the third at a worse score.
        let points = [[0.9, 1.00], [0.9, 0.98], [0.9, 0.90], [0.91, 0.98], [0.85, 0.891]]
        let padded = points.map { $0 + Array(repeating: 0, count: count - 2) }
        #expect(
            Pareto.front(padded, objectives: Array(objectives.prefix(count))) == [3, 2])
    }

    @Test("with a tolerance, no point of the front is within it of another", arguments: [2, 3])
    func toleranceHolds(count: Int) throws {
        let objectives = try (0..<count).map {
            try Objective("o\($0)", .minimize, tolerance: 0.1)
        }
        for number in 0..<100 {
            var random = TestRandom("tolerance", number)
            let points = (0..<50).map { _ in random.point(objectives: count) }
            let front = Pareto.front(points, objectives: objectives)
            #expect(!front.isEmpty)
            for late in front {
                for early in front where early < late {
                    #expect(
                        (0..<count).contains { points[late][$0] < points[early][$0] * 0.9 })
                }
            }
        }
    }

    @Test("the knee is the point furthest below the line between the ends")
    func knee() throws {
        let objectives = try (0..<2).map { try Objective("o\($0)", .minimize) }
        // Ends (0,10) and (10,0); (2,3) has the sum 0.5 of the range, (1,7) 0.8, (6,1) 0.7.
        let points = [[0.0, 10], [10, 0], [1, 7], [2, 3], [6, 1], [9, 9]]
        #expect(Pareto.knee(points, objectives: objectives) == 3)
        #expect(Pareto.knee([[1, 1]], objectives: objectives) == 0)
        #expect(Pareto.knee([[0, 1], [1, 0]], objectives: objectives) == 0)
    }
}
