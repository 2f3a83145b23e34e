import Engine
import EngineTesting
import Results
import Testing

@Suite("A study with a budget")
struct BudgetTests {
    private func definition(_ kind: Hyperband.Kind, budget: Resource?) throws -> StudyDefinition {
        try StudyDefinition(
            name: "budget", seed: 2, space: ModelStudy.space(),
            objectives: [Objective("error", .minimize), Objective("speed", .maximize)],
            hyperband: Hyperband(maxResource: 9, kind: kind), trialLimit: nil, budget: budget,
            slots: 4)
    }

    @Test("ends once it is used, by less than the slots' steps more", arguments: [60, 61, 100])
    func ends(budget: Int) throws {
        for kind in Hyperband.Kind.allCases {
            let (events, state) = try ModelStudy.run(definition(kind, budget: Resource(budget)))
            #expect(state.endReason == .budgetUsed)
            #expect(state.usedResource == state.trials.map(\.resource).reduce(0, +))
            // The rungs are 1 and 3, the end is 9.
            #expect((budget..<budget + 4 * 6).contains(state.usedResource.whole))
            #expect(try Replay(events).disagreements.isEmpty)
            #expect(try StudyState(events: events).usedResource == state.usedResource)
            for event in events { #expect(try EventLine.event(EventLine(event).text) == event) }
        }
    }

    @Test("continues with a larger one", arguments: Hyperband.Kind.allCases)
    func extended(kind: Hyperband.Kind) throws {
        let journal = RecordingJournal()
        let first = try ModelStudy.run(definition(kind, budget: 50), in: journal).state
        let asked = try definition(kind, budget: 90)
        #expect(throws: ConductorError.self) { try Conductor(resuming: journal, with: asked) }
        let state = try ModelStudy.run(asked, in: journal, resuming: true, extending: true).state
        #expect(state.usedResource >= 90 && state.trials.count > first.trials.count)
        #expect(try Replay(journal.events).disagreements.isEmpty)
    }

    @Test("a trial that would continue stops at its rung, and says why")
    func stops() throws {
        let state = try ModelStudy.run(definition(.stopping, budget: 60)).state
        let texts = state.trials.flatMap { StudyView(state).sentences(about: $0.id) ?? [] }
        let isWithin = state.trials.flatMap(\.decisions).contains {
            $0.verdict == .stop && $0.standing.isWithinQuota && !$0.standing.isInvalid
        }
        #expect(texts.contains { $0.contains("; the budget was used") } == isWithin)
    }

    @Test("lets a model continue what promises a gain when no trial is left to start")
    func gain() throws {
        func reports(budget: Resource?, hasTimeLimit: Bool) throws -> Int {
            let base = try definition(.model, budget: nil)
            let definition = try StudyDefinition(
                name: "gain", seed: 2, space: base.space, objectives: base.objectives,
                hyperband: base.hyperband, trialLimit: 24, budget: budget,
                hasTimeLimit: hasTimeLimit)
            let state = try ModelStudy.run(definition).state
            #expect(state.endReason == .trialsDone)
            return state.reportCount
        }
        let plain = try reports(budget: nil, hasTimeLimit: false)
        #expect(try reports(budget: 10_000, hasTimeLimit: false) > plain)
        #expect(try reports(budget: nil, hasTimeLimit: true) > plain)
    }

    @Test("must be positive")
    func refused() {
        #expect(throws: SettingError.self) { try definition(.model, budget: 0) }
    }
}
