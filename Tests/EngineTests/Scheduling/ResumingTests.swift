import Engine
import EngineTesting
import Results
import Testing

/// Studies taken up from any beginning of what was kept.
@Suite("Continuing a study")
struct ResumingTests {
    private struct Kept {
        let events: [Event]
        let arrivals: [ReceivedReport]
    }

    /// What an undisturbed study leaves behind, when reports arrive in a seeded order.
    private func undisturbed(_ definition: StudyDefinition, schedule: Int) throws -> Kept {
        let journal = RecordingJournal()
        var simulation = try Simulation(definition, runner: runner(definition), journal: journal)
        var random = TestRandom("schedule", schedule)
        _ = try simulation.run { ready in Self.pick(ready, &random) }
        return Kept(events: journal.events, arrivals: journal.arrivals())
    }

    private func runner(_ definition: StudyDefinition) -> ErraticRunner {
        ErraticRunner(seed: definition.seed, maxResource: definition.hyperband.maxResource)
    }

    /// The first event that is not as it should be.
    private static func difference(_ events: [Event], _ expected: [Event]) -> String? {
        guard events != expected else { return nil }
        let number = zip(events, expected).prefix { $0 == $1 }.count
        return "event \(number) of \(expected.count): \(events.dropFirst(number).prefix(1)), "
            + "expected \(expected.dropFirst(number).prefix(1))"
    }

    /// Nil, which stops the study, where none is ready: a study that hangs differs in its events.
    private static func pick(_ ready: Set<Int>, _ random: inout TestRandom) -> Int? {
        ready.isEmpty ? nil : ready.sorted()[random.below(ready.count)]
    }

    /// A beginning of the events, and of the reports at least those that the events speak of.
    private func beginning(_ kept: Kept, _ random: inout TestRandom) -> RecordingJournal {
        let journal = RecordingJournal()
        let events = kept.events.prefix(1 + random.below(kept.events.count))
        journal.append(Array(events))
        let spoken = events.compactMap { event -> Int? in
            guard case .reported(let reported) = event else { return nil }
            return kept.arrivals.firstIndex {
                $0.trial == reported.trial && $0.resource == reported.report.resource
            }
        }
        let least = (spoken.max() ?? -1) + 1
        let count = least + random.below(kept.arrivals.count - least + 1)
        for arrival in kept.arrivals.prefix(count) { _ = journal.receive(arrival) }
        return journal
    }

    @Test(
        "from any beginning of events and reports the same events come about",
        arguments: Hyperband.Kind.allCases, 0..<30)
    func anyBeginning(kind: Hyperband.Kind, number: Int) throws {
        let definition = try ScheduleFuzzTests.definition(number, kind: kind)
        let kept = try undisturbed(definition, schedule: number)
        var random = TestRandom("beginning", number)
        for schedule in 0..<20 {
            let journal = beginning(kept, &random)
            var simulation = try Simulation(
                resuming: journal, with: definition, runner: runner(definition))
            var order = TestRandom("order", schedule)
            _ = try simulation.run { ready in Self.pick(ready, &order) }
            try #require(Self.difference(journal.effective, kept.events) == nil)
        }
    }

    @Test("a study that was stopped continues as if it had not been", arguments: 0..<40)
    func interrupted(number: Int) throws {
        let kind = Hyperband.Kind.allCases[number % 3]
        let definition = try ScheduleFuzzTests.definition(number, kind: kind)
        let kept = try undisturbed(definition, schedule: number)
        let journal = RecordingJournal()
        var random = TestRandom("stop", number)
        var left = random.below(40)
        var simulation = try Simulation(definition, runner: runner(definition), journal: journal)
        _ = try simulation.run { ready in
            left -= 1
            return left < 0 ? nil : Self.pick(ready, &random)
        }
        var resumed = try Simulation(
            resuming: journal, with: definition, runner: runner(definition))
        _ = try resumed.run()
        #expect(journal.effective == kept.events)
    }

    @Test("a finished study has nothing left to do, and more trials extend it")
    func extending() throws {
        let definition = try ScheduleFuzzTests.definition(3, kind: .stopping, limit: 6)
        let longer = try ScheduleFuzzTests.definition(3, kind: .stopping, limit: 12)
        let kept = try undisturbed(definition, schedule: 1)
        let journal = RecordingJournal()
        journal.append(kept.events)
        for arrival in kept.arrivals { _ = journal.receive(arrival) }
        var again = try Conductor(resuming: journal, with: definition)
        #expect(try again.start() == [.studyEnded(.trialsDone)])
        #expect(throws: ConductorError.self) { try Conductor(resuming: journal, with: longer) }
        var extended = try Simulation(
            resuming: journal, with: longer, runner: runner(longer), extending: true)
        let state = try extended.run()
        #expect(state.trials.count == 12)
        #expect(Array(state.trials.prefix(6)) == (try StudyState(events: kept.events)).trials)
        let read = try StudyState(events: journal.events)
        #expect(read.trials == state.trials && read.endReason == .trialsDone)
    }

    @Test("an extended study stays what it is when it is asked for as it was before")
    func askedAsBefore() throws {
        let sizes = [6, 9, 12]
        let definitions = try sizes.map {
            try ScheduleFuzzTests.definition(3, kind: .stopping, limit: $0)
        }
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definitions[0], runner: runner(definitions[0]), journal: journal)
        _ = try simulation.run()
        for definition in definitions.dropFirst() {
            var extended = try Simulation(
                resuming: journal, with: definition, runner: runner(definition), extending: true)
            #expect(try extended.run().trials.count == definition.trialLimit)
        }
        let events = journal.events
        for definition in definitions {
            for extending in [false, true] {
                let again = try Conductor(
                    resuming: journal, with: definition, extending: extending)
                #expect(again.state.definition == definitions[2])
                #expect(again.state.endReason == .trialsDone)
            }
        }
        #expect(journal.events == events)
        let between = try ScheduleFuzzTests.definition(3, kind: .stopping, limit: 7)
        #expect(throws: ConductorError.self) { try Conductor(resuming: journal, with: between) }
    }

    @Test("a study is extended in one setting after the other, each of which stays extended")
    func extendedOneByOne() throws {
        func definition(_ maximum: Resource, _ limit: Int?, retries: Int = 0) throws
            -> StudyDefinition
        {
            try StudyDefinition(
                name: "one by one", seed: 1, space: lineSpace(),
                objectives: [Objective("a", .minimize), Objective("b", .maximize)],
                hyperband: Hyperband(maxResource: maximum), trialLimit: limit, retries: retries)
        }
        let journal = RecordingJournal()
        let first = try definition(9, 6)
        var simulation = try Simulation(first, runner: runner(first), journal: journal)
        _ = try simulation.run()
        for (asked, expected) in try [
            (definition(9, 8), definition(9, 8)),
            (definition(12, 6), definition(12, 8)),
            (definition(9, 6), definition(12, 8)),
            (definition(9, 6, retries: 1), definition(12, 8, retries: 1)),
            (definition(9, nil), definition(12, nil)),
            (definition(30, 8), definition(30, nil)),
        ] {
            var again = try Conductor(resuming: journal, with: asked, extending: true)
            #expect(again.state.definition == expected)
            _ = try again.start()
            _ = try again.stop(.stopped)
            // What was emitted tells the same.
            #expect(try StudyState(events: journal.events).definition == expected)
            for settings in try [asked, definition(9, 6), expected] {
                let plain = try Conductor(resuming: journal, with: settings)
                #expect(plain.state.definition.trialLimit == expected.trialLimit)
                #expect(plain.state.definition.hyperband == expected.hyperband)
            }
        }
        #expect(throws: ConductorError.self) {
            try Conductor(resuming: journal, with: definition(10, 6), extending: true)
        }
        #expect(throws: ConductorError.self) {
            try Conductor(resuming: journal, with: definition(30, 7), extending: true)
        }
    }

    @Test("a complete trial says the maximum it reached, also when that is larger now")
    func completeBeforeExtension() throws {
        let definition = try oneObjectiveStudy(maxResource: 9, trialLimit: 1)
        let longer = try oneObjectiveStudy(maxResource: 20, trialLimit: 2)
        let runner = ConstantRunner(errors: [0.5, 0.25])
        let journal = RecordingJournal()
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        _ = try simulation.run()
        var extended = try Simulation(
            resuming: journal, with: longer, runner: runner, extending: true)
        let state = try extended.run()
        #expect(
            [1, 2].map { StudyView(state).sentences(about: $0)?.last } == [
                "it is complete: it reached max_t (20) with epoch 20",
                "it is complete: it reached max_t (20) with epoch 20",
            ])
    }

    @Test("an explanation has every retry in its place")
    func retriesExplained() throws {
        let definition = try StudyDefinition(
            name: "retries", seed: 1, space: lineSpace(), objectives: [Objective("e", .minimize)],
            hyperband: Hyperband(maxResource: 9), trialLimit: 1, slots: 1, retries: 2)
        var conductor = try Conductor(definition, journal: RecordingJournal())
        _ = try conductor.start()
        #expect(try conductor.trialEnded(1, .failed("first")).contains(.retry(trial: 1)))
        #expect(conductor.retries(of: 1) == 1)
        for epoch in 1...2 {
            _ = try conductor.report(trial: 1, fields: ["epoch": .integer(epoch), "e": .real(1)])
        }
        #expect(try conductor.trialEnded(1, .failed("second")).contains(.retry(trial: 1)))
        for epoch in 3...4 {
            _ = try conductor.report(trial: 1, fields: ["epoch": .integer(epoch), "e": .real(1)])
        }
        #expect(try !conductor.trialEnded(1, .failed("third")).contains(.retry(trial: 1)))
        let first = "rank 1 of 1; the first at a rung always continues"
        #expect(
            StudyView(conductor.state).sentences(about: 1) == [
                "trial 1 started at virtual time 0",
                "its attempt 1 raised an error without a report, and it was tried again: first",
                "at epoch 1 it continued with e = 1: \(first)",
                "its attempt 2 raised an error after epoch 2, and it was tried again: second",
                "at epoch 3 it continued with e = 1: \(first)",
                "it failed after epoch 4: third",
            ])
    }

    @Test("what can be changed in both directions can be taken back")
    func takenBack() throws {
        let definitions = try [0, 2].map {
            try ScheduleFuzzTests.definition(3, kind: .stopping, limit: 6, retries: $0)
        }
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definitions[0], runner: runner(definitions[0]), journal: journal)
        _ = try simulation.run()
        for (asked, extending, retries) in [
            (definitions[1], true, 2), (definitions[0], false, 2), (definitions[0], true, 0),
        ] {
            var again = try Conductor(resuming: journal, with: asked, extending: extending)
            _ = try again.start()
            #expect(again.state.definition.retries == retries)
        }
    }

    @Test(
        "replaying agrees with every decision, and names the one that was changed",
        arguments: 0..<20)
    func replay(number: Int) throws {
        let kind = Hyperband.Kind.allCases[number % 3]
        let definition = try ScheduleFuzzTests.definition(number, kind: kind)
        let kept = try undisturbed(definition, schedule: number)
        let replay = try Replay(kept.events)
        #expect(replay.disagreements.isEmpty)
        let decisions = kept.events.count {
            switch $0 {
            case .started, .decided, .promoted: true
            default: false
            }
        }
        #expect(replay.checked == decisions)
        let first = kept.events.firstIndex { if case .started = $0 { true } else { false } }
        guard let first, case .started(let start) = kept.events[first] else { return }
        var changed = kept.events
        changed[first] = .started(
            .init(
                trial: start.trial, configuration: Configuration([.init("x", .real(77))]),
                bracket: start.bracket, time: start.time))
        let found = try Replay(changed).disagreements.map(\.number)
        #expect(found.first == first)
        // What a model chooses depends on the configurations before.
        #expect(kind == .model || found.count == 1)
    }

    @Test("a trial that raises is tried again as often as it may, wherever the study was left")
    func retries() throws {
        let base = try ScheduleFuzzTests.definition(5, kind: .promotion, limit: 12)
        let definition = try StudyDefinition(
            name: "retries", seed: 5, space: base.space, objectives: base.objectives,
            hyperband: base.hyperband, trialLimit: 12, slots: 3, retries: 2)
        let kept = try undisturbed(definition, schedule: 1)
        let state = try StudyState(events: kept.events)
        // The runner's errors depend on the resource alone, so every attempt ends alike.
        for trial in state.trials {
            #expect(trial.failures.count == (trial.state == .failed ? 2 : 0))
        }
        var random = TestRandom("retries", 1)
        for _ in 0..<20 {
            let journal = beginning(kept, &random)
            var simulation = try Simulation(
                resuming: journal, with: definition, runner: runner(definition))
            _ = try simulation.run()
            try #require(Self.difference(journal.effective, kept.events) == nil)
        }
    }

    @Test("what differs between definitions is named, with what can be extended")
    func changes() throws {
        let old = try ScheduleFuzzTests.definition(3, kind: .stopping, limit: 6)
        let new = try StudyDefinition(
            name: "other", seed: 4, space: old.space, objectives: old.objectives,
            hyperband: old.hyperband, ranking: old.ranking, trialLimit: 7, slots: old.slots)
        #expect(
            new.changes(from: old).map(\.description) == [
                "seed: was 3, is now 4", "num_trials: was 6, is now 7",
            ])
        #expect(new.changes(from: old).map(\.isExtension) == [false, true])
        #expect(old.changes(from: old).isEmpty)
    }
}
