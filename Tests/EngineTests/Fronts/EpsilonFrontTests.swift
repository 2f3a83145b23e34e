import Engine
import EngineTesting
import Testing

@Suite("ε-fronts")
struct EpsilonFrontTests {
    @Test("leave out only what a kept point is nearly as good as", arguments: 1...5)
    func covers(count: Int) throws {
        let objectives = try ParetoTests.objectives(count)
        for number in 0..<200 {
            var random = TestRandom("epsilon", number * 10 + count)
            let points = (0..<random.below(60)).map { _ in random.point(objectives: count) }
            let amounts = (0..<count).map { _ in random.unit() / 5 }
            let front = Pareto.front(points, objectives: objectives)
            let thin = try Pareto.front(
                points, objectives: objectives, epsilon: .amounts(amounts))
            #expect(Set(thin).isSubset(of: front))
            #expect(thin == front.filter(Set(thin).contains))
            #expect(thin.first == front.first)
            for left in front {
                let costs = Self.costs(points[left])
                let coverers = thin.filter { kept in
                    zip(zip(Self.costs(points[kept]), costs), amounts).allSatisfy {
                        $0.0 - $1 <= $0.1
                    }
                }
                #expect(!coverers.isEmpty)
                // A kept point is there because no better one kept makes it superfluous.
                if thin.contains(left) { #expect(coverers.first == left) }
            }
        }
    }

    /// Objectives of odd number are maximised.
    private static func costs(_ point: [Double]) -> [Double] {
        point.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }
    }

    @Test("with ε 0 are the front")
    func zero() throws {
        let objectives = try ParetoTests.objectives(3)
        var random = TestRandom("epsilon zero")
        let points = (0..<100).map { _ in random.gridPoint(objectives: 3) }
        let front = Pareto.front(points, objectives: objectives)
        #expect(try Pareto.front(points, objectives: objectives, epsilon: .share(0)) == front)
    }

    @Test("worked out by hand")
    func byHand() throws {
        let objectives = [try Objective("a", .minimize), try Objective("b", .minimize)]
        // On the line from (0, 10) to (10, 0). A quarter of the range is 2.5 in both: (0, 10) stands
        // for b from 7.5 on, (3, 7) then for b from 4.5 on, (6, 4) for b from 1.5 on.
        let points = (0...10).map { [Double($0), 10 - Double($0)] }
        #expect(
            try Pareto.front(points, objectives: objectives, epsilon: .share(0.25))
                == [0, 3, 6, 9])
        #expect(
            try Pareto.front(points, objectives: objectives, epsilon: .amounts([0, 100]))
                == [0])
    }

    @Test("refuse what is no ε", arguments: [-0.1, 1, .nan])
    func wrong(share: Double) throws {
        let objectives = try ParetoTests.objectives(2)
        #expect(throws: SettingError.self) {
            try Pareto.front([[1, 1]], objectives: objectives, epsilon: .share(share))
        }
        #expect(throws: SettingError.self) {
            try Pareto.front(
                [[1, 1]], objectives: objectives,
                epsilon: .amounts([share.isNaN ? share : -1, 1, 1]))
        }
    }
}
