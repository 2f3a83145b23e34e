import Engine
import Testing

/// Every searcher must pass these; a new one is added to `kinds`.
@Suite("Searchers")
struct SearcherConformance {
    static let kinds = SearcherKind.allCases

    static func definition(
        _ kind: SearcherKind, _ space: SearchSpace, limit: Int?, firstIsDefault: Bool = true
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "s", seed: 5, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 1), searcher: kind, trialLimit: limit, slots: 2,
            firstIsDefault: firstIsDefault)
    }

    static func run(_ definition: StudyDefinition) throws -> StudyState {
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
        var simulation = try Simulation(definition, runner: runner)
        return try simulation.run()
    }

    @Test("use every configuration of a finite space once, then end the study", arguments: kinds)
    func exhaustion(kind: SearcherKind) throws {
        let space = try SearchSpaceTests.rich()
        let state = try Self.run(Self.definition(kind, space, limit: nil))
        #expect(state.endReason == .spaceExhausted)
        #expect(
            Set(state.trials.map(\.configuration))
                == Set((0..<108).map { space.configuration(at: $0) }))
        #expect(state.trials.count == 108)
    }

    @Test("use up a space whose values are drawn very unevenly", arguments: kinds)
    func unevenSpace(kind: SearcherKind) throws {
        let space = try SearchSpace([
            .init("n", .domain(.int(IntDomain(1, 2_000, log: true))))
        ])
        let state = try Self.run(Self.definition(kind, space, limit: nil))
        #expect(state.trials.count == 2_000)
        #expect(Set(state.trials.map(\.configuration)).count == 2_000)
    }

    @Test("end the study also when a continuum has but a few values", arguments: kinds)
    func degenerateContinuum(kind: SearcherKind) throws {
        let space = try SearchSpace([
            .init("x", .domain(.real(RealDomain(1, 1.0.nextUp))))
        ])
        let state = try Self.run(Self.definition(kind, space, limit: nil))
        #expect(state.endReason == .spaceExhausted)
        #expect(Set(state.trials.map(\.configuration)).count == state.trials.count)
    }

    @Test("run a space without parameters once", arguments: kinds)
    func emptySpace(kind: SearcherKind) throws {
        let state = try Self.run(Self.definition(kind, .empty, limit: 5))
        #expect(state.trials.count == 1)
        #expect(state.endReason == .spaceExhausted)
    }

    @Test("start with the defaults, unless told not to", arguments: kinds)
    func first(kind: SearcherKind) throws {
        let space = try lineSpace()
        let with = try Self.run(Self.definition(kind, space, limit: 2))
        #expect(with.trials[0].configuration["x"] == .real(0.5))
        let without = try Self.run(
            Self.definition(kind, space, limit: 2, firstIsDefault: false))
        #expect(without.trials[0].configuration["x"] != .real(0.5))
        #expect(without.trials[1].configuration == with.trials[1].configuration)
    }

    @Test("propose the same for the same study", arguments: kinds)
    func repeatable(kind: SearcherKind) throws {
        let definition = try Self.definition(kind, lineSpace(), limit: 20)
        let (one, two) = (try Self.run(definition), try Self.run(definition))
        #expect(one.trials == two.trials)
    }
}
