import Engine
import EngineTesting
import Foundation
import Testing

/// Trials that do all the things trials do, as a function of the trial's number and resource: skip
/// steps, return early, raise, report NaN, report wrong fields.
struct ErraticRunner: TrialRunner {
    let seed: Int
    let maxResource: Resource

    func step(trial: Int, configuration: Configuration, after resource: Resource) -> TrialStep {
        let (resource, maxResource) = (resource.whole, maxResource.whole)
        var stream = RandomStream(seed: seed, purpose: "erratic", trial, resource)
        let dice = stream.below(100)
        if dice < 2 { return .ended(.failed("boom")) }
        if dice < 4 { return .ended(.returned) }
        if dice < 5 { return .report(["epoch": .integer(resource), "a": .real(1), "b": .real(1)]) }
        if dice < 6 { return .report(["epoch": .integer(resource + 1), "a": .real(1)]) }
        let next = resource + (dice < 80 ? 1 : 1 + Int(stream.below(UInt64(maxResource))))
        // Few values, so that ties are common.
        let a = dice == 99 ? Double.nan : Double(stream.below(8)) / 8
        return .report([
            "epoch": .integer(next), "a": .real(a), "b": .integer(Int(stream.below(8))),
        ])
    }
}

@Suite("Same seed, same search")
struct ScheduleFuzzTests {
    /// A study that a number determines.
    static func definition(
        _ number: Int, kind: Hyperband.Kind, limit: Int? = nil, retries: Int = 0
    ) throws -> StudyDefinition {
        var random = TestRandom("definition", number)
        let rules: [RankingRule] = [
            .randomWeights(count: 4), .parEGO(count: 4, rho: 0.05), .nondominated,
            .hypervolume,
        ]
        return try StudyDefinition(
            name: "fuzz", seed: number, space: lineSpace(),
            objectives: [Objective("a", .minimize), Objective("b", .maximize)],
            hyperband: Hyperband(
                maxResource: Resource(1 + random.below(14)), reductionFactor: 2 + random.below(2),
                brackets: kind == .model ? 1 : 1 + random.below(3), kind: kind),
            ranking: rules[random.below(rules.count)], trialLimit: limit ?? 1 + random.below(16),
            slots: 1 + random.below(6), retries: retries)
    }

    static func run(
        _ definition: StudyDefinition, schedule: Int?
    ) throws -> (events: [Event], state: StudyState) {
        let journal = RecordingJournal()
        let runner = ErraticRunner(
            seed: definition.seed, maxResource: definition.hyperband.maxResource)
        var simulation = try Simulation(definition, runner: runner, journal: journal)
        guard let schedule else {
            let state = try simulation.run()
            return (journal.events, state)
        }
        var random = TestRandom("schedule", schedule)
        // Some schedules favour a few trials, so that others fall far behind.
        let favour = random.below(4)
        let state = try simulation.run { ready in
            let sorted = ready.sorted()
            let index = random.below(sorted.count)
            return sorted[favour == 0 ? 0 : favour == 1 ? sorted.count - 1 : index]
        }
        return (journal.events, state)
    }

    @Test(
        "whatever the order in which reports arrive",
        arguments: Hyperband.Kind.allCases, 0..<40)
    func anyOrder(kind: Hyperband.Kind, number: Int) throws {
        let definition = try Self.definition(number, kind: kind)
        let reference = try Self.run(definition, schedule: nil)
        #expect(reference.state.endReason == .trialsDone)
        let bytes = Self.coded(reference.events)
        for schedule in 0..<40 {
            let other = try Self.run(definition, schedule: number * 1_000 + schedule)
            try #require(other.events == reference.events)
            if schedule < 2 { #expect(Self.coded(other.events) == bytes) }
        }
    }

    @Test("which the order of arrival would decide otherwise: the schedules do differ")
    func power() throws {
        var different = 0
        for number in 0..<20 {
            let base = try Self.definition(number, kind: .stopping, limit: 12)
            let definition = try StudyDefinition(
                name: base.name, seed: base.seed, space: base.space, objectives: base.objectives,
                hyperband: base.hyperband, ranking: base.ranking, trialLimit: base.trialLimit,
                slots: base.slots, order: .arrival)
            let runs = try (0..<5).map { try Self.run(definition, schedule: $0).events }
            if runs.contains(where: { $0 != runs[0] }) { different += 1 }
        }
        #expect(different >= 10)
    }

    @Test("the events tell the study: folding them gives its state", arguments: 0..<20)
    func fold(number: Int) throws {
        let kind = Hyperband.Kind.allCases[number % 3]
        let run = try Self.run(Self.definition(number, kind: kind), schedule: nil)
        let decoded = try Self.coded(run.events).map {
            try EventLine.event($0)
        }
        #expect(decoded == run.events)
        let folded = try StudyState(events: decoded)
        #expect(folded.trials == run.state.trials)
        #expect(folded.front() == run.state.front())
        #expect(folded.endReason == run.state.endReason)
    }

    @Test("in the order of arrival every study ends, too", arguments: 0..<40)
    func arrivalOrder(number: Int) throws {
        let base = try Self.definition(number, kind: Hyperband.Kind.allCases[number % 3])
        let definition = try StudyDefinition(
            name: base.name, seed: base.seed, space: base.space, objectives: base.objectives,
            hyperband: base.hyperband, trialLimit: base.trialLimit, slots: base.slots,
            order: .arrival)
        for schedule in 0..<10 {
            let run = try Self.run(definition, schedule: schedule)
            #expect(run.state.endReason == .trialsDone)
            #expect(run.state.trials.count == base.trialLimit)
        }
    }

    @Test("committed times never fall, and a slot is never used twice at once", arguments: 0..<30)
    func clock(number: Int) throws {
        let definition = try Self.definition(number, kind: Hyperband.Kind.allCases[number % 3])
        let run = try Self.run(definition, schedule: number)
        var last = 0
        var running: Set<Int> = []
        for event in run.events {
            switch event {
            case .started(let start):
                running.insert(start.trial)
                #expect(start.time == last)
            case .promoted(let promotion):
                running.insert(promotion.trial)
                #expect(promotion.time == last)
            case .reported(let reported):
                #expect(reported.report.time >= last)
                last = reported.report.time
            case .decided(let decision):
                if decision.verdict != .continue { running.remove(decision.trial) }
            case .ended(let end):
                #expect(end.time >= last)
                last = end.time
                running.remove(end.trial)
            default: break
            }
            #expect(running.count <= definition.slots)
        }
    }

    private static func coded(_ events: [Event]) -> [String] { events.map { EventLine($0).text } }
}
