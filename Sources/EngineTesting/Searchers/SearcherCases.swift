internal import Engine

/// Spaces and studies to try a searcher on.
enum SearcherCases {
    /// One real parameter.
    static func line() throws -> SearchSpace {
        try SearchSpace([.init("x", .domain(.real(RealDomain(0, 1))))])
    }

    /// 108 configurations, of groups, arrays, branches and constants.
    static func finite() throws -> SearchSpace {
        let adam = try SearchSpace([
            .init("beta_1", .domain(.real(RealDomain(0, 1, step: 0.5)))),
            .init("lr", .domain(.int(IntDomain(1, 2)))),
        ])
        let sgd = try SearchSpace([.init("lr", .domain(.int(IntDomain(5, 7))))])
        let names = Domain.categorical(try Options([.string("relu"), .string("tanh")]))
        return try SearchSpace([
            .init("alpha", .domain(.int(IntDomain(1, 3)))),
            .init("epochs", .constant(.integer(50))),
            .init("model", .group(SearchSpace([.init("act", .domain(names))]))),
            .init("layers", .list([.constant(.integer(784)), .domain(.boolean)])),
            .init("optimizer", .choice([.init("adam", adam), .init("sgd", sgd)])),
        ])
    }

    /// Every kind of domain, linear and logarithmic, with and without steps, and the finite space.
    static func every() throws -> SearchSpace {
        let sizes = Domain.ordinal(try Options([16, 32, 64].map(Value.integer)))
        return try SearchSpace([
            .init("real", .domain(.real(RealDomain(-1, 1)))),
            .init("log", .domain(.real(RealDomain(1e-6, 1, log: true)))),
            .init("grid", .domain(.real(RealDomain(0, 0.3, step: 0.1)))),
            .init("int", .domain(.int(IntDomain(-5, 5, step: 2)))),
            .init("log_int", .domain(.int(IntDomain(1, 1_000, log: true)))),
            .init("size", .domain(sizes)),
            .init("rest", .group(finite())),
        ])
    }

    static func definition(
        _ method: SearchMethod, _ space: SearchSpace, limit: Int? = nil, objectives: Int = 1,
        firstIsDefault: Bool = true, initial: [Configuration] = [], maxResource: Resource = 1,
        slots: Int = 2
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "searcher", seed: 5, space: space,
            objectives: (0..<objectives).map { try Objective("error \($0)", .minimize) },
            hyperband: Hyperband(maxResource: maxResource, kind: method.kind),
            searcher: method.searcher, initial: initial,
            trialLimit: limit, slots: slots, firstIsDefault: firstIsDefault)
    }

    /// The study at its end.
    static func run(
        _ method: SearchMethod, _ space: SearchSpace, limit: Int? = nil, objectives: Int = 1,
        firstIsDefault: Bool = true, value: Double = 0
    ) throws -> StudyState {
        let definition = try definition(
            method, space, limit: limit, objectives: objectives, firstIsDefault: firstIsDefault)
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in
            Dictionary(uniqueKeysWithValues: definition.objectives.map { (Name($0.name), value) })
        }
        var simulation = try Simulation(definition, runner: runner)
        return try simulation.run()
    }

    private final class Recorder {
        var events: [Event] = []
    }

    /// All events of a study whose reports differ.
    ///
    /// - Parameter share: so many values in 10 are invalid.
    static func events(_ definition: StudyDefinition, invalid share: Int = 1) throws -> [Event] {
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, resource in
            var random = TestRandom("\(configuration)", resource)
            return Dictionary(
                uniqueKeysWithValues: definition.objectives.map {
                    (Name($0.name), random.below(10) < share ? .nan : random.unit())
                })
        }
        let recorder = Recorder()
        var simulation = try Simulation(definition, runner: runner)
        simulation.onEvent = { event, _ in recorder.events.append(event) }
        _ = try simulation.run()
        return [.created(definition)] + recorder.events
    }
}
