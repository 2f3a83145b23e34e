import Engine
import EngineTesting
import Testing

/// Studies that have ended and continue under a larger maximum, or over another space.
@Suite("Extending a study that has ended")
struct ExtensionTests {
    private static let errors: [Double] = {
        let first: [Double] = [5, 1, 4, 2, 9, 3, 8, 7, 6]
        let rest: [Double] = (10...27).map { Double($0 * 7 % 18 + 10) }
        return (first + rest).map { $0 / 10 }
    }()

    /// A study that has come to its end in a journal.
    private func ended(_ definition: StudyDefinition) throws -> RecordingJournal {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definition, runner: ConstantRunner(errors: Self.errors), journal: journal)
        _ = try simulation.run()
        return journal
    }

    private func extended(_ journal: RecordingJournal, to definition: StudyDefinition) throws
        -> StudyState
    {
        var simulation = try Simulation(
            resuming: journal, with: definition, runner: ConstantRunner(errors: Self.errors),
            extending: true)
        return try simulation.run()
    }

    @Test("trials that were complete continue by the rules", arguments: Hyperband.Kind.allCases)
    func longer(kind: Hyperband.Kind) throws {
        let journal = try ended(oneObjectiveStudy(maxResource: 9, kind: kind, trialLimit: 27))
        let before = try StudyState(events: journal.events)
        let complete = before.trials.filter { $0.state == .completed }
        let longer = try oneObjectiveStudy(maxResource: 27, kind: kind, trialLimit: 27)
        let state = try extended(journal, to: longer)
        #expect(state.endReason != nil && state.trials.count == 27 && !complete.isEmpty)
        // A model may find nothing that is worth the rest.
        #expect(kind == .model || state.trials.contains { $0.resource == 27 })
        // Each of them is decided about at the rung that the old maximum has become.
        for trial in complete {
            #expect(state.trial(trial.id)?.decisions.contains { $0.rung == 9 } == true)
        }
        #expect(state.trials.allSatisfy { $0.outcome == nil || $0.endMaximum == 27 })
        #expect(try StudyState(events: journal.events).trials == state.trials)
        #expect(try Replay(journal.events).disagreements.isEmpty)
    }

    @Test("of n trials at the old maximum the best ⌈n/rf⌉ train on")
    func survivors() throws {
        // No rung below: all nine trials reach 3.
        func definition(_ maximum: Resource) throws -> StudyDefinition {
            try StudyDefinition(
                name: "test", seed: 1, space: lineSpace(),
                objectives: [Objective("error", .minimize)],
                hyperband: Hyperband(maxResource: maximum, gracePeriod: 3), trialLimit: 9, slots: 2)
        }
        let state = try extended(ended(definition(3)), to: definition(9))
        let last = state.trials.filter { $0.resource == 9 }.map { Self.errors[$0.id - 1] }
        #expect(last.sorted() == [0.1, 0.2, 0.3])
        #expect(state.trials.filter { $0.state == .stopped }.count == 6)
    }

    @Test("a larger maximum without a new rung lets all of them continue")
    func noNewRung() throws {
        func definition(_ maximum: Resource) throws -> StudyDefinition {
            try StudyDefinition(
                name: "test", seed: 1, space: lineSpace(),
                objectives: [Objective("error", .minimize)],
                hyperband: Hyperband(maxResource: maximum, rungLevels: [maximum]), trialLimit: 4,
                slots: 2)
        }
        let state = try extended(ended(definition(3)), to: definition(5))
        #expect(state.trials.map(\.resource) == [5, 5, 5, 5])
        #expect(state.trials.allSatisfy { $0.outcome == .reachedMaximum })
    }

    @Test("from any beginning after the extension the same events come about", arguments: 0..<12)
    func anyBeginning(number: Int) throws {
        let kind = Hyperband.Kind.allCases[number % Hyperband.Kind.allCases.count]
        let journal = try ended(oneObjectiveStudy(maxResource: 9, kind: kind))
        let known = journal.events.count
        let longer = try oneObjectiveStudy(maxResource: 27, kind: kind)
        _ = try extended(journal, to: longer)
        var random = TestRandom("extension", number)
        let again = RecordingJournal()
        let count = known + 2 + random.below(journal.events.count - known - 2)
        again.append(Array(journal.events.prefix(count)))
        for arrival in journal.arrivals() { _ = again.receive(arrival) }
        _ = try extended(again, to: longer)
        #expect(again.effective == journal.effective)
    }

    @Test("studies that older programs extended keep their complete trials")
    func older() throws {
        let journal = try ended(oneObjectiveStudy(maxResource: 9))
        let before = try StudyState(events: journal.events)
        var events = Array(journal.events.dropLast())
        events.append(.extended(try oneObjectiveStudy(maxResource: 27)))
        #expect(try StudyState(events: events).trials == before.trials)
    }

    @Test("a range may be narrowed and a parameter added, and earlier trials keep their values")
    func space() throws {
        func definition(_ space: SearchSpace, _ limit: Int) throws -> StudyDefinition {
            try StudyDefinition(
                name: "space", seed: 3, space: space, objectives: [Objective("error", .minimize)],
                hyperband: Hyperband(maxResource: 1), trialLimit: limit, slots: 1)
        }
        let old = try definition(lineSpace(), 4)
        let narrow = try definition(
            SearchSpace([
                .init("n", .domain(.int(IntDomain(1, 9)))),
                .init("x", .domain(.real(RealDomain(0.25, 0.5)))),
            ]), 8)
        #expect(narrow.changes(from: old).map(\.isExtension) == [true, true, true])
        let journal = try ended(old)
        let before = try StudyState(events: journal.events)
        let state = try extended(journal, to: narrow)
        #expect(Array(state.trials.prefix(4)) == before.trials)
        for trial in state.trials.dropFirst(4) {
            let x = trial.configuration["x"]?.number?.double ?? .nan
            #expect(x >= 0.25 && x <= 0.5 && trial.configuration["n"] != nil)
        }
        #expect(narrow.space.completed(before.trials[0].configuration)["n"] == .integer(5))
        #expect(try Replay(journal.events).disagreements.isEmpty)
    }
}
