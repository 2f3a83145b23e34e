import Engine
import EngineTesting
import Testing

/// Values drawn in log space, bit for bit: a study may be resumed or replayed on another processor.
/// The golden value is that of the same formulas in C.
@Suite struct DrawingTests {
    private func space() throws -> SearchSpace {
        try SearchSpace([
            .init("rate", .domain(.real(RealDomain(1e-6, 1, log: true)))),
            .init("narrow", .domain(.real(RealDomain(1, 1.5, log: true)))),
            .init("grid", .domain(.real(RealDomain(0.25, 64, log: true, step: 0.25)))),
            .init("units", .domain(.int(IntDomain(4, 100_000, log: true)))),
        ])
    }

    @Test func drawsAreGolden() throws {
        let space = try space()
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for trial in 1...200 {
            for value in space.sample(seed: 5, trial: trial).values {
                let bits = value.number?.double.bitPattern ?? 0
                hash = (hash ^ bits) &* 0x0000_0100_0000_01B3
            }
        }
        #expect(hash == 5_384_760_642_145_817_457)
    }

    /// The two arithmetics agree to a few units in the last place, and not in every bit.
    @Test func arithmeticsAgree() throws {
        let space = try space()
        var equal = 0
        for trial in 1...200 {
            let (own, system) = (
                space.sample(seed: 5, trial: trial, by: .portable),
                space.sample(seed: 5, trial: trial, by: .system)
            )
            equal += own == system ? 1 : 0
            for (a, b) in zip(own.values, system.values) {
                let (a, b) = (a.number?.double ?? 0, b.number?.double ?? 1)
                #expect(abs(a - b) <= 64 * b.ulp)
            }
        }
        #expect(equal < 200)
    }

    @Test("a study of earlier rules is replayed as it was drawn", arguments: RungRules.allCases)
    func rules(rules: RungRules) throws {
        let definition = try StudyDefinition(
            name: "drawn", seed: 5, space: space(), objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 1), trialLimit: 50, rules: rules)
        let journal = RecordingJournal()
        let runner = FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] }
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        let state = try simulation.run()
        #expect(try Replay(journal.events).disagreements == [])
        let drawn = try space().sample(seed: 5, trial: 7, by: rules.drawing)
        #expect(state.trials[6].configuration == drawn)
    }
}
