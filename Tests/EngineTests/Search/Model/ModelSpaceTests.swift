import Engine
import Testing

/// The model over real spaces.
@Suite struct ModelSpaceTests {
    private func space() throws -> SearchSpace {
        let adam = try SearchSpace([.init("beta", .domain(.real(RealDomain(0, 1))))])
        let sgd = try SearchSpace([.init("momentum", .domain(.real(RealDomain(0, 1))))])
        let colours = Domain.categorical(try Options([.string("a"), .string("b"), .string("c")]))
        return try SearchSpace([
            .init("rate", .domain(.real(RealDomain(1e-6, 1, log: true)))),
            .init("layers", .domain(.int(IntDomain(1, 5)))),
            .init("colour", .domain(colours)),
            .init("solver", .choice([.init("adam", adam), .init("sgd", sgd)])),
        ])
    }

    @Test func proposalsAreConfigurationsAndNoneTwice() throws {
        let space = try space()
        let encoding = UnitCubeEncoding(space)
        let dimension = encoding.categories.count
        var history = ModelHistory(levels: [1, 3, 9], objectives: 2, dimension: dimension)
        var model = SlotModel(
            encoding: encoding, seed: 3,
            weights: Weights(count: 10, objectives: ["a", "b"], seed: 3))
        var used: Set<Configuration> = []
        var proposed = 0
        for trial in 1...60 {
            let choice = model.propose(history) { used.contains(encoding.decode($0)) }
            if let fit = choice.reason.fit { history.note(fit) }
            var configuration = space.sample(seed: 3, trial: trial)
            if case .start(let point) = choice.action {
                configuration = encoding.decode(point)
                #expect(!used.contains(configuration))
                proposed += 1
            }
            used.insert(configuration)
            let point = encoding.encode(configuration)
            history.start(point)
            for (resource, level) in [(1, 0.3), (3, 0.2), (9, 0.1)] {
                history.report(
                    [point[0] + level, (1 - point[0]) * point[1] + level], of: trial,
                    at: Resource(resource))
            }
            history.end(trial)
        }
        #expect(proposed > 35)
    }
}
