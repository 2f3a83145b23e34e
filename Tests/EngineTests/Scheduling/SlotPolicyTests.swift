import Engine
import EngineTesting
import Testing

/// Decides as another policy does, but beside the trials: all decisions, or those at some studies.
struct SlowPolicy: SlotPolicy {
    var policy: any SlotPolicy
    /// One decision in about this many is made at once; 0 for none.
    let inlineEvery: Int
    var isReproducible = true

    init(_ definition: StudyDefinition, inlineEvery: Int = 0) {
        policy = definition.makeSlotPolicy()
        self.inlineEvery = inlineEvery
    }

    func takesTime(in state: StudyState) -> Bool {
        inlineEvery == 0 || (state.reportCount + state.trials.count) % inlineEvery != 0
    }

    mutating func note(_ event: Event, in state: StudyState) { policy.note(event, in: state) }

    mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        policy.assign(at: time, in: &state)
    }
}

/// Runs a study whose reports and slot decisions arrive in a seeded order.
struct SlowRun {
    var conductor: Conductor
    let runner: ErraticRunner
    private var ready: Set<Int> = []
    private var request: SlotRequest?
    private var answer: SlotAnswer?
    /// How many slot decisions were asked for.
    private(set) var requests = 0

    init(_ conductor: Conductor) {
        self.conductor = conductor
        let definition = conductor.state.definition
        runner = ErraticRunner(
            seed: definition.seed, maxResource: definition.hyperband.maxResource)
    }

    mutating func run(schedule: Int) throws {
        var random = TestRandom("slow", schedule)
        // Some schedules favour reports, some answers.
        let favour = random.below(3)
        follow(try conductor.start())
        while conductor.state.endReason == nil {
            let isTrial = !ready.isEmpty && (favour == 0 || random.below(3) < favour)
            guard isTrial || request != nil || answer != nil || !ready.isEmpty else { return }
            if isTrial || (request == nil && answer == nil) {
                try step(ready.sorted()[random.below(ready.count)])
            } else if let answer {
                self.answer = nil
                follow(try conductor.decided(answer))
            } else {
                // Worked out now, handed over later.
                answer = request?.compute()
                request = nil
            }
        }
    }

    private mutating func step(_ id: Int) throws {
        guard let trial = conductor.state.trial(id) else { return }
        ready.remove(id)
        let step = runner.step(
            trial: id, configuration: trial.configuration,
            after: conductor.reportedResource(of: id))
        switch step {
        case .ended(let end): follow(try conductor.trialEnded(id, end))
        case .report(let fields):
            do {
                follow(try conductor.report(trial: id, fields: fields).commands)
            } catch let error as ReportError {
                follow(try conductor.trialEnded(id, .failed("\(error)")))
            }
        }
    }

    private mutating func follow(_ commands: [Command]) {
        for command in commands {
            switch command {
            case .start(let trial, _, _), .continue(let trial), .retry(let trial):
                ready.insert(trial)
            case .pause(let trial), .stop(let trial), .complete(let trial): ready.remove(trial)
            case .decide(let asked):
                request = asked
                requests += 1
            case .studyEnded: ready.removeAll()
            }
        }
    }
}

@Suite("What a free slot gets")
struct SlotPolicyTests {
    private func run(
        _ definition: StudyDefinition, inlineEvery: Int, schedule: Int
    ) throws -> (events: [Event], requests: Int) {
        let journal = RecordingJournal()
        let policy = SlowPolicy(definition, inlineEvery: inlineEvery)
        var run = SlowRun(try Conductor(definition, journal: journal, policy: policy))
        try run.run(schedule: schedule)
        return (journal.events, run.requests)
    }

    @Test(
        "is the same when decisions take time, in whatever order answers and reports arrive",
        arguments: Hyperband.Kind.allCases, 0..<20)
    func anyOrder(kind: Hyperband.Kind, number: Int) throws {
        let definition = try ScheduleFuzzTests.definition(number, kind: kind)
        let reference = try ScheduleFuzzTests.run(definition, schedule: nil)
        for schedule in 0..<10 {
            let other = try run(definition, inlineEvery: schedule % 4, schedule: schedule)
            try #require(other.events == reference.events)
            if schedule % 4 < 2 { #expect((other.requests > 0) == (schedule % 4 == 0)) }
        }
    }

    @Test("is the same after a resumption anywhere", arguments: Hyperband.Kind.allCases, 0..<10)
    func resumed(kind: Hyperband.Kind, number: Int) throws {
        let definition = try ScheduleFuzzTests.definition(number, kind: kind)
        let events = try ScheduleFuzzTests.run(definition, schedule: nil).events
        for schedule in 0..<5 {
            var random = TestRandom("cut", number * 10 + schedule)
            let journal = RecordingJournal()
            journal.append(Array(events.prefix(1 + random.below(events.count))))
            var run = SlowRun(
                try Conductor(
                    resuming: journal, with: definition, policy: SlowPolicy(definition)))
            try run.run(schedule: schedule)
            try #require(journal.effective == events)
        }
    }

    @Test("in the order of arrival every study ends", arguments: 0..<20)
    func arrivalOrder(number: Int) throws {
        let base = try ScheduleFuzzTests.definition(
            number, kind: Hyperband.Kind.allCases[number % 3])
        let definition = try StudyDefinition(
            name: base.name, seed: base.seed, space: base.space, objectives: base.objectives,
            hyperband: base.hyperband, trialLimit: base.trialLimit, slots: base.slots,
            order: .arrival)
        for schedule in 0..<5 {
            let events = try run(definition, inlineEvery: 0, schedule: schedule).events
            #expect(events.last == .finished(.trialsDone))
        }
    }

    @Test("the clock stands still while a decision is worked out, and no report is lost")
    func standsStill() throws {
        let definition = try oneObjectiveStudy(trialLimit: 3, slots: 2)
        let journal = RecordingJournal()
        var conductor = try Conductor(
            definition, journal: journal, policy: SlowPolicy(definition))
        guard case .decide(let first)? = try conductor.start().last else {
            Issue.record("no decision was asked for")
            return
        }
        let commands = try conductor.decided(first.compute())
        #expect(commands.first?.trial == 1)
        guard case .decide(let second)? = commands.last else {
            Issue.record("no second decision was asked for")
            return
        }
        let report = try conductor.report(trial: 1, fields: ["epoch": 1, "error": 1])
        #expect(report.commands.isEmpty)
        #expect(conductor.state.reportCount == 0 && journal.arrivals().count == 1)
        // Trial 1 is committed once it is known that trial 2 can report nothing earlier.
        let next = try conductor.decided(second.compute())
        #expect(next.map(\.trial) == [2, 1] && next.last == .continue(trial: 1))
        #expect(conductor.state.reportCount == 1)
    }

    @Test("an answer that comes after the study was stopped has no effect")
    func late() throws {
        let definition = try oneObjectiveStudy(trialLimit: 3, slots: 2)
        let journal = RecordingJournal()
        var conductor = try Conductor(
            definition, journal: journal, policy: SlowPolicy(definition))
        guard case .decide(let request)? = try conductor.start().last else {
            Issue.record("no decision was asked for")
            return
        }
        #expect(try conductor.stop(.interrupt) == [.studyEnded(.interrupt)])
        #expect(try conductor.decided(request.compute()) == [])
        #expect(conductor.state.trials.isEmpty)
    }

    @Test("replay leaves out what a policy cannot decide again")
    func irreproducible() throws {
        let definition = try ScheduleFuzzTests.definition(3, kind: .promotion)
        let events = try ScheduleFuzzTests.run(definition, schedule: nil).events
        var policy = SlowPolicy(definition)
        let all = try Replay(events, policy: policy)
        policy.isReproducible = false
        let some = try Replay(events, policy: policy)
        let decisions = events.count { if case .decided = $0 { true } else { false } }
        #expect(all.disagreements.isEmpty && some.disagreements.isEmpty)
        #expect(some.checked == decisions && all.checked > decisions)
    }
}
