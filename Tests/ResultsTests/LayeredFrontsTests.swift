import Engine
import EngineTesting
import Results
import Testing

/// The first layers of points are those that taking fronts away again and again gives.
@Suite struct LayeredFrontsTests {
    /// The layers by their definition: a front, and then the front of what is left.
    private func peeled(
        _ count: Int, of points: [[Double]], objectives: [Objective]
    ) -> Set<Int> {
        var found: Set<Int> = []
        while found.count < count {
            let rest = points.indices.filter { !found.contains($0) }
            let front = Pareto.front(rest.map { points[$0] }, objectives: objectives)
            found.formUnion(front.map { rest[$0] })
        }
        return found
    }

    /// Points of a coarse grid, of which many are equal.
    private func points(_ count: Int, objectives: Int, seed: Int) -> [[Double]] {
        var random = TestRandom("layers", seed)
        return (0..<count).map { _ in random.gridPoint(objectives: objectives, levels: 12) }
    }

    @Test(arguments: 1...5, [0, 1, 7, 40, 120])
    func theLayersAreThoseOfTheDefinition(objectives: Int, count: Int) throws {
        let objectives = try (0..<objectives).map { index in
            try Objective("o\(index)", index % 2 == 0 ? .minimize : .maximize)
        }
        for seed in 1...6 {
            let points = points(120, objectives: objectives.count, seed: seed)
            let found = LayeredFronts.first(count, of: points, objectives: objectives)
            #expect(Set(found) == peeled(count, of: points, objectives: objectives))
            #expect(Set(found).count == found.count)
        }
    }

    @Test func aToleranceIsThatOfTheFront() throws {
        let objectives = [
            try Objective("a", .minimize, tolerance: 0.2), try Objective("b", .maximize),
        ]
        let points = points(60, objectives: 2, seed: 3)
        #expect(
            Set(LayeredFronts.first(20, of: points, objectives: objectives))
                == peeled(20, of: points, objectives: objectives))
    }

    @Test func noPointsHaveNoLayers() throws {
        let objectives = [try Objective("a", .minimize), try Objective("b", .minimize)]
        #expect(LayeredFronts.first(0, of: [], objectives: objectives) == [])
    }
}
