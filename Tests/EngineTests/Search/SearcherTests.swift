import Engine
import EngineTesting
import Testing

@Suite("Searchers")
struct SearcherTests {
    @Test(
        "keep what every searcher must", arguments: SearcherKind.allCases,
        SearcherConformance.checks)
    func conformance(kind: SearcherKind, check: ConformanceCheck<SearcherChoice>) throws {
        #expect(try check.findings(for: kind.choice) == [])
    }

    @Test(
        "keep it under every type of study", arguments: [Hyperband.Kind.promotion, .model],
        SearcherConformance.typeChecks)
    func conformance(type: Hyperband.Kind, check: ConformanceCheck<Hyperband.Kind>) throws {
        #expect(try check.findings(for: type) == [])
    }

    @Test("a configuration drawn at random depends on the seed and the trial's number alone")
    func random() throws {
        func trials(firstIsDefault: Bool) throws -> [Trial] {
            let definition = try StudyDefinition(
                name: "s", seed: 5, space: lineSpace(),
                objectives: [Objective("error", .minimize)], hyperband: Hyperband(maxResource: 1),
                trialLimit: 2, slots: 2, firstIsDefault: firstIsDefault)
            let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
            var simulation = try Simulation(definition, runner: runner)
            return try simulation.run().trials
        }
        let (with, without) = (
            try trials(firstIsDefault: true), try trials(firstIsDefault: false)
        )
        #expect(with[0].configuration["x"] == .real(0.5))
        #expect(without[0].configuration["x"] != .real(0.5))
        #expect(without[1].configuration == with[1].configuration)
    }
}
