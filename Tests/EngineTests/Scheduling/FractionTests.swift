import Engine
import EngineTesting
import Testing

/// Trials that report at resources which are no whole numbers, several in a step of the resolution
/// or one after many.
private struct FractionRunner: TrialRunner {
    let seed: Int

    func step(trial: Int, configuration: Configuration, after resource: Resource) -> TrialStep {
        let place = Int((resource.double * 1024).rounded())
        var stream = RandomStream(seed: seed, purpose: "fractions", trial, place)
        let dice = stream.below(100)
        if dice < 2 { return .ended(.failed("boom")) }
        if dice < 4 { return .ended(.returned) }
        if dice < 5 { return .report(["seconds": .real(resource.double), "error": .real(1)]) }
        let next = resource.double + 0.01 + Double(stream.below(dice < 90 ? 50 : 400)) / 100
        let error = dice == 99 ? Double.nan : Double(stream.below(8)) / 8
        return .report(["seconds": .real(next), "error": .real(error)])
    }
}

@Suite("Resources that are no whole numbers")
struct FractionTests {
    private static func definition(
        _ number: Int, kind: Hyperband.Kind, end: Resource = 7.3, retries: Int = 0,
        budget: Resource? = nil
    ) throws -> StudyDefinition {
        var random = TestRandom("fractions", number)
        return try StudyDefinition(
            name: "seconds", seed: number, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "seconds", maxResource: end,
                resolution: [0.1, 0.5, 0.7, 2][random.below(4)], reductionFactor: 2,
                brackets: kind == .model ? 1 : 1 + random.below(2), kind: kind,
                rungLevels: [0.4, 1, 2.5]),
            trialLimit: 4 + random.below(12), budget: budget, slots: 1 + random.below(5),
            retries: retries)
    }

    private static func run(
        _ definition: StudyDefinition, schedule: Int? = nil
    ) throws -> (journal: RecordingJournal, state: StudyState) {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definition, runner: FractionRunner(seed: definition.seed), journal: journal)
        guard let schedule else { return (journal, try simulation.run()) }
        var random = TestRandom("schedule", schedule)
        let state = try simulation.run { ready in
            ready.isEmpty ? nil : ready.sorted()[random.below(ready.count)]
        }
        return (journal, state)
    }

    @Test(
        "the same events whatever the order in which reports arrive",
        arguments: Hyperband.Kind.allCases, 0..<12)
    func anyOrder(kind: Hyperband.Kind, number: Int) throws {
        for retries in [0, 2] {
            let definition = try Self.definition(number, kind: kind, retries: retries)
            let reference = try Self.run(definition)
            #expect(reference.state.endReason == .trialsDone)
            for schedule in 0..<12 {
                let other = try Self.run(definition, schedule: number * 100 + schedule)
                try #require(other.journal.events == reference.journal.events)
            }
            #expect(try Replay(reference.journal.events).disagreements.isEmpty)
            for event in reference.journal.events {
                #expect(try EventLine.event(EventLine(event).text) == event)
            }
        }
    }

    @Test("times are whole steps, in which a trial's reports keep their order")
    func clock() throws {
        let definition = try StudyDefinition(
            name: "seconds", seed: 1, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "seconds", maxResource: 2, resolution: 0.5, gracePeriod: 2),
            trialLimit: 2, slots: 2)
        let journal = RecordingJournal()
        var conductor = try Conductor(definition, journal: journal)
        _ = try conductor.start()
        func report(_ trial: Int, _ seconds: Double) throws -> ReportReceipt {
            try conductor.report(
                trial: trial, fields: ["seconds": .real(seconds), "error": .real(seconds)])
        }
        // Trial 2 is ahead; its report of step 1 waits, as trial 1 may still report in step 1 itself.
        _ = try report(2, 0.75)
        _ = try report(1, 0.5)
        let receipt = try report(1, 0.625)
        #expect(receipt.progress == 0.125 && !receipt.isRepeated && receipt.resource == 0.625)
        #expect(conductor.state.trials.map(\.reports.count) == [2, 0])
        _ = try report(1, 1)
        _ = try report(1, 7)
        _ = try report(2, 2)
        let reports = conductor.state.trials.map { trial in
            trial.reports.map { [$0.resource.double, Double($0.time)] }
        }
        #expect(
            reports == [
                [[0.5, 1], [0.625, 1], [1, 2], [7, 4]], [[0.75, 1], [2, 4]],
            ])
        #expect(conductor.state.usedResource == 4 && conductor.state.endReason == .trialsDone)
    }

    @Test("a study is resumed from any beginning", arguments: Hyperband.Kind.allCases, 0..<4)
    func resuming(kind: Hyperband.Kind, number: Int) throws {
        let definition = try Self.definition(number, kind: kind, retries: 1)
        let (kept, _) = try Self.run(definition)
        for count in stride(from: 1, to: kept.events.count, by: 3) {
            let journal = RecordingJournal()
            journal.append(Array(kept.events.prefix(count)))
            for event in kept.events.prefix(count) {
                guard case .reported(let reported) = event else { continue }
                _ = journal.receive(
                    ReceivedReport(
                        trial: reported.trial, attempt: reported.attempt,
                        resource: reported.report.resource, metrics: reported.report.metrics))
            }
            var simulation = try Simulation(
                resuming: journal, with: definition, runner: FractionRunner(seed: definition.seed))
            _ = try simulation.run()
            try #require(journal.events == kept.events, "\(count)")
        }
    }

    @Test("a larger maximum lets complete trials continue", arguments: Hyperband.Kind.allCases)
    func extending(kind: Hyperband.Kind) throws {
        let (journal, before) = try Self.run(Self.definition(3, kind: kind))
        #expect(before.trials.contains { $0.state == .completed })
        let longer = try Self.definition(3, kind: kind, end: 9.5)
        var simulation = try Simulation(
            resuming: journal, with: longer, runner: FractionRunner(seed: longer.seed),
            extending: true)
        let state = try simulation.run()
        #expect(state.definition.hyperband.maxResource == 9.5 && state.endReason != nil)
        #expect(try Replay(journal.events).disagreements.isEmpty)
        #expect(try StudyState(events: journal.events).trials == state.trials)
    }

    @Test("a budget may be no whole number")
    func budget() throws {
        let (_, state) = try Self.run(Self.definition(5, kind: .stopping, budget: 6.5))
        let used = state.trials.map { min($0.resource.double, 7.3) }.reduce(0, +)
        #expect(abs(state.usedResource.double - used) < 1e-9)
        #expect(throws: SettingError.self) { try oneObjectiveStudy().budgeted(6.5) }
    }

    @Test(
        "a report must grow, and be whole where the resolution is 1",
        arguments: [
            (0.5, 0.5, "seconds: expected a number greater than 0.5, got 0.5 (trial 1)"),
            (0.5, 0.25, "seconds: expected a number greater than 0.5, got 0.25 (trial 1)"),
            (0.5, Double.nan, "seconds: expected a number greater than 0.5, got nan (trial 1)"),
            (1.0, 2.5, "seconds: expected an integer greater than 1, got 2.5 (trial 1)"),
        ])
    func refusals(resolution: Double, second: Double, message: String) throws {
        let step = try #require(Resource(resolution))
        let definition = try StudyDefinition(
            name: "seconds", seed: 1, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(
                timeAttribute: "seconds", maxResource: 9, resolution: step, gracePeriod: 9),
            trialLimit: 1, slots: 1)
        var conductor = try Conductor(definition, journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.report(
            trial: 1, fields: ["seconds": .real(resolution), "error": .real(1)])
        let error = #expect(throws: ReportError.self) {
            try conductor.report(trial: 1, fields: ["seconds": .real(second), "error": .real(1)])
        }
        #expect(error?.description == message)
    }

    @Test("an event without a fraction is written as before, one with a fraction as version 4")
    func versions() throws {
        let whole = EventLine(.created(try oneObjectiveStudy())).text
        #expect(whole.hasSuffix(#""type":"created","v":3}"#) && !whole.contains("resolution"))
        let fractions = EventLine(.created(try Self.definition(1, kind: .stopping))).text
        #expect(fractions.hasSuffix(#""type":"created","v":4}"#))
        let report = Report(resource: 0.5, metrics: Metrics(["error": 1]), time: 1)
        #expect(
            EventLine(.reported(.init(trial: 1, report: report))).text
                == #"{"data":{"metrics":{"error":1},"resource":0.5,"time":1,"trial":1},"type":"reported","v":4}"#
        )
    }
}

extension StudyDefinition {
    /// The same with a budget.
    fileprivate func budgeted(_ budget: Resource) throws -> StudyDefinition {
        try StudyDefinition(
            name: name, seed: seed, space: space, objectives: objectives, hyperband: hyperband,
            trialLimit: nil, budget: budget)
    }
}
