import Engine
import EngineTesting
import Testing

/// The default of a domain with `log`, which earlier programs computed by the system's logarithm.
@Suite struct LogMiddleTests {
    private static let middle = 1e-4

    private func definition(
        rate: Double? = nil, units: Int? = nil, initial: [Name: Value] = ["units": .integer(9)],
        lo: Double = 1e-6
    ) throws -> StudyDefinition {
        let space = try SearchSpace([
            .init("rate", .domain(.real(RealDomain(lo, 1e-2, log: true, default: rate)))),
            .init("units", .domain(.int(IntDomain(1, 9, log: true, step: 4, default: units)))),
        ])
        return try StudyDefinition(
            name: "test", seed: 1, space: space, objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 3), initial: [space.completed(initial)],
            trialLimit: 4)
    }

    @Test("a study whose default was rounded in another way is resumed")
    func otherRounding() throws {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definition(rate: Self.middle * (1 + 1e-14)),
            runner: FunctionRunner(timeAttribute: "epoch") { _, _ in ["error": 0] },
            journal: journal)
        let before = try simulation.run()
        let resumed = try Conductor(resuming: journal, with: definition())
        #expect(resumed.state.definition == before.definition)
    }

    @Test("the middle of log space counts as equal however it was rounded, and nothing else does")
    func changes() throws {
        let now = try definition()
        let rounded = try definition(rate: Self.middle * (1 - 1e-14))
        #expect(rounded != now && rounded.initial != now.initial)
        #expect(now.changes(from: rounded) == [])
        // Of 1, 5 and 9 two are as near to the middle.
        #expect(try now.changes(from: definition(units: 5)) == [])
        #expect(try now.changes(from: definition(units: 1)) == [])
        #expect(try now.changes(from: definition(units: 9)).map(\.field) == ["space.units"])
        let other = try definition(rate: 2 * Self.middle)
        #expect(now.changes(from: other).map(\.field) == ["space.rate", "initial"])
        let wider = try definition(lo: 1e-7)
        #expect(wider.changes(from: now).map(\.field) == ["space.rate", "initial"])
    }
}
