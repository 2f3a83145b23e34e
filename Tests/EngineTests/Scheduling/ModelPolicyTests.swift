import Engine
import EngineTesting
import Results
import Testing

/// A study that a model leads, with curves of two objectives that disagree in `x`.
enum ModelStudy {
    static func space() throws -> SearchSpace {
        let solvers = Domain.categorical(try Options([.string("a"), .string("b")]))
        return try SearchSpace([
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("rate", .domain(.real(RealDomain(1e-4, 1, log: true)))),
            .init("n", .domain(.int(IntDomain(1, 8)))),
            .init("solver", .domain(solvers)),
        ])
    }

    static func definition(
        _ space: SearchSpace? = nil, kind: Hyperband.Kind = .model,
        searcher: SearcherChoice = .random, trials: Int? = 45, maxResource: Resource = 9,
        slots: Int = 4, initial: [Configuration] = []
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "model", seed: 3, space: space ?? Self.space(),
            objectives: [Objective("error", .minimize), Objective("speed", .maximize)],
            hyperband: Hyperband(maxResource: maxResource, kind: kind), searcher: searcher,
            initial: initial, trialLimit: trials, slots: slots)
    }

    static var runner: FunctionRunner {
        FunctionRunner(timeAttribute: "epoch") { configuration, resource in
            let x = configuration["x"]?.double ?? 0
            let n = configuration["n"]?.double ?? 4
            let slow = 1 / Double(1 + resource)
            let off = (n - 3) * (n - 3) / 25
            return ["error": x * x + off + slow, "speed": x - off - 0.2 * slow]
        }
    }

    /// Runs a study to its end.
    ///
    /// - Parameter schedule: in which order reports arrive; nil for that of virtual time.
    static func run(
        _ definition: StudyDefinition, in journal: RecordingJournal = RecordingJournal(),
        schedule: Int? = nil, resuming: Bool = false, extending: Bool = false
    ) throws -> (events: [Event], state: StudyState) {
        var simulation =
            resuming
            ? try Simulation(
                resuming: journal, with: definition, runner: runner, extending: extending)
            : try Simulation(definition, runner: runner, journal: journal)
        var random = TestRandom("schedule", schedule ?? 0)
        let state =
            schedule == nil
            ? try simulation.run()
            : try simulation.run { ready in ready.sorted()[random.below(ready.count)] }
        return (journal.effective, state)
    }
}

extension Value {
    fileprivate var double: Double? {
        switch self {
        case .real(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }
}

@Suite("A model that gives slots away")
struct ModelPolicyTests {
    @Test("continues paused trials and proposes configurations, and says why")
    func decides() throws {
        let (events, state) = try ModelStudy.run(ModelStudy.definition())
        #expect(state.trials.count == 45 && state.endReason == .trialsDone)
        #expect(state.trials[0].origin == .defaults)
        let starts = events.compactMap { event -> Event.Start? in
            if case .started(let start) = event { start } else { nil }
        }
        let promotions = state.trials.flatMap(\.promotions)
        #expect(starts.allSatisfy { $0.reason != nil })
        #expect(promotions.allSatisfy { $0.reason != nil })
        let proposed = starts.filter { $0.origin == .model }
        #expect(proposed.count > 10)
        #expect(proposed.allSatisfy { $0.reason?.chosen?.costs.count == 2 })
        #expect(promotions.contains { $0.reason?.rule == .due && $0.reason?.chosen != nil })
        // 30 trials are enough for a first fit, and 36 for the next.
        let fits = (starts.map(\.reason) + promotions.map(\.reason)).compactMap { $0?.fit?.trials }
        #expect(fits.count == 2 && fits.max() ?? 0 >= 36)
        let best = state.front().map { state.trials[$0.trial - 1].configuration["n"] }
        #expect(best.allSatisfy { $0 == .integer(3) || $0 == .integer(2) || $0 == .integer(4) })
    }

    @Test("in the same way in whatever order reports arrive")
    func anyOrder() throws {
        let definition = try ModelStudy.definition()
        let reference = try ModelStudy.run(definition).events
        for schedule in 0..<3 {
            #expect(try ModelStudy.run(definition, schedule: schedule).events == reference)
        }
    }

    @Test("and from any beginning of the events", arguments: 0..<6)
    func anyBeginning(number: Int) throws {
        let definition = try ModelStudy.definition()
        let reference = try ModelStudy.run(definition).events
        let journal = RecordingJournal()
        journal.append(Array(reference.prefix(1 + (reference.count - 1) * number / 6)))
        #expect(
            try ModelStudy.run(definition, in: journal, schedule: number, resuming: true).events
                == reference)
    }

    @Test("replaying works every choice out again, refits too")
    func replay() throws {
        let events = try ModelStudy.run(ModelStudy.definition()).events
        let replay = try Replay(events)
        #expect(replay.disagreements.isEmpty)
        let fitted = events.firstIndex { event in
            if case .started(let start) = event { start.reason?.fit != nil } else { false }
        }
        let number = try #require(fitted)
        guard case .started(let start) = events[number] else { return }
        var reason = start.reason
        reason?.fit = KernelFit(trials: 30, logarithms: [[0], [0]])
        var changed = events
        changed[number] = .started(
            .init(
                trial: start.trial, configuration: start.configuration, bracket: start.bracket,
                time: start.time, origin: start.origin, reason: reason))
        #expect(try Replay(changed.prefix(number + 1)).disagreements.map(\.number) == [number])
    }

    @Test("its reasons come back from the event format")
    func format() throws {
        let events = try ModelStudy.run(ModelStudy.definition()).events
        for event in events { #expect(try EventLine.event(EventLine(event).text) == event) }
    }

    @Test("explanations say it in words")
    func words() throws {
        let (_, state) = try ModelStudy.run(ModelStudy.definition())
        let view = StudyView(state)
        let texts = state.trials.flatMap { view.sentences(about: $0.id) ?? [] }
        for part in [
            "trial 1 started at virtual time 0 with the default configuration",
            "with a configuration drawn at random, as too few trials were known to learn from",
            "with a configuration that the model proposed: it promised more than ",
            "the first trial runs through, so that its values at the end are known",
            "continues in any case, and of ", "and new configurations it promised the most (",
            "; expected at epoch 9: error = ", "it was paused at epoch 1 when the study ended; ",
            " went to others since",
        ] {
            #expect(texts.contains { $0.contains(part) }, "\(part)")
        }
    }

    @Test("given configurations come first")
    func given() throws {
        let space = try ModelStudy.space()
        let initial = (1...12).map { space.sample(seed: 9, trial: $0) }
        let state = try ModelStudy.run(
            ModelStudy.definition(trials: 20, initial: initial)
        ).state
        #expect(state.trials.dropFirst().prefix(12).map(\.configuration) == initial)
        #expect(state.trials.dropFirst().prefix(12).allSatisfy { $0.origin == .given })
    }

    @Test("a finite space is used up, wherever the study was left", arguments: 0..<4)
    func finiteSpace(number: Int) throws {
        let space = try SearchSpace([
            .init("n", .domain(.int(IntDomain(1, 8)))), .init("x", .domain(.boolean)),
        ])
        let definition = try ModelStudy.definition(space, trials: nil)
        let (reference, state) = try ModelStudy.run(definition)
        #expect(state.trials.count == 16 && state.endReason == .spaceExhausted)
        let journal = RecordingJournal()
        journal.append(Array(reference.prefix(reference.count - 1 - number * 5)))
        #expect(try ModelStudy.run(definition, in: journal, resuming: true).events == reference)
    }

    @Test("more trials and a larger maximum extend a study")
    func extending() throws {
        let journal = RecordingJournal()
        let first = try ModelStudy.run(ModelStudy.definition(trials: 20), in: journal).state
        let longer = try ModelStudy.definition(trials: 60, maxResource: 15)
        let (_, state) = try ModelStudy.run(
            longer, in: journal, resuming: true, extending: true)
        #expect(state.trials.count == 60 && state.endReason == .trialsDone)
        #expect(
            state.trials.prefix(20).map(\.configuration) == first.trials.map(\.configuration))
        #expect(state.trials.contains { $0.resource == 15 })
        #expect(try StudyState(events: journal.events).trials == state.trials)
        #expect(try Replay(journal.events).disagreements.isEmpty)
        // Replay from here on needs what the extension has changed as well.
        #expect(state.trials.flatMap(\.promotions).contains { $0.rung == 9 })
    }

    @Test("a larger maximum keeps the rungs that a default has led to")
    func defaultGracePeriod() throws {
        let journal = RecordingJournal()
        _ = try ModelStudy.run(
            ModelStudy.definition(trials: 2, maxResource: 52), in: journal)
        let asked = try ModelStudy.definition(trials: 2, maxResource: 104)
        #expect(asked.hyperband.rungLevels == [4, 12, 36])
        let resumed = try Conductor(resuming: journal, with: asked, extending: true)
        let state = try ModelStudy.run(
            asked, in: journal, resuming: true, extending: true
        ).state
        #expect(resumed.state.trials.count == 2)
        #expect(state.definition.hyperband.rungLevels == [2, 6, 18, 54])
    }

    @Test("what a model cannot lead is refused")
    func refusals() throws {
        func message(_ body: () throws -> some Any) -> String {
            do { _ = try body() } catch { return "\(error)" }
            return "no error"
        }
        #expect(
            message { try Hyperband(maxResource: 9, brackets: 2, kind: .model) }
                .hasPrefix("brackets: expected 1 with type \"model\""))
        let gp = try #require(SearcherKind(rawValue: "gp")?.choice)
        #expect(
            message { try ModelStudy.definition(searcher: gp) }
                .hasPrefix("searcher: expected none with type \"model\""))
        let many = try (0..<65).map { try Objective("o\($0)", .minimize) }
        #expect(
            message {
                try StudyDefinition(
                    name: "many", seed: 1, space: ModelStudy.space(), objectives: many,
                    hyperband: Hyperband(maxResource: 9, kind: .model), trialLimit: 1)
            }
            .hasPrefix("objectives: expected at most 64"))
    }

    @Test(
        "the first rung lies where a report foretells the last",
        arguments: [
            (1, 1), (9, 1), (19, 1), (20, 2), (52, 2), (81, 3), (260, 10),
        ])
    func gracePeriod(end: Int, grace: Int) throws {
        let hyperband = try Hyperband(maxResource: Resource(end), kind: .model)
        #expect(hyperband.gracePeriod == Resource(grace))
        #expect(hyperband.rungLevels.first?.whole ?? grace == grace)
    }
}

@Suite("A model that proposes")
struct ModelSearcherTests {
    @Test(
        "configurations to trials that are stopped or promoted",
        arguments: [Hyperband.Kind.stopping, .promotion])
    func proposes(kind: Hyperband.Kind) throws {
        let gp = try #require(SearcherKind(rawValue: "gp")?.choice)
        let definition = try ModelStudy.definition(kind: kind, searcher: gp, trials: 40)
        let (events, state) = try ModelStudy.run(definition)
        #expect(state.trials.count { $0.origin == .model } > 15)
        #expect(
            events.contains { event in
                if case .started(let start) = event { start.reason?.fit != nil } else { false }
            })
        #expect(try ModelStudy.run(definition, schedule: 1).events == events)
        #expect(try Replay(events).disagreements.isEmpty)
        let journal = RecordingJournal()
        journal.append(Array(events.prefix(events.count * 2 / 3)))
        #expect(try ModelStudy.run(definition, in: journal, resuming: true).events == events)
    }
}
