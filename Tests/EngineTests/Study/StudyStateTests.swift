import Engine
import EngineTesting
import Foundation
import Results
import Testing

@Suite("Study state")
struct StudyStateTests {
    /// Two objectives, score (more is better) and time; trials report what `values` says.
    static func study(_ values: [[(score: Double, time: Double)]]) throws -> StudyState {
        let definition = try StudyDefinition(
            name: "s", seed: 1, space: lineSpace(),
            objectives: [Objective("score", .maximize), Objective("time", .minimize)],
            hyperband: Hyperband(maxResource: 10, gracePeriod: 10), trialLimit: values.count,
            slots: 1)
        var simulation = try Simulation(definition, runner: TableRunner(values: values))
        return try simulation.run()
    }

    struct TableRunner: TrialRunner {
        let values: [[(score: Double, time: Double)]]

        func step(trial: Int, configuration: Configuration, after resource: Resource) -> TrialStep {
            let resource = resource.whole
            guard resource < values[trial - 1].count else { return .ended(.returned) }
            let (score, time) = values[trial - 1][resource]
            return .report([
                "epoch": .integer(resource + 1), "score": .real(score), "time": .real(time),
            ])
        }
    }

    @Test("the front over reports, over trials, the best, the knee and the volume")
    func queries() throws {
        let state = try Self.study([
            [(0.5, 1), (0.9, 4)], [(0.8, 2), (0.6, 3)], [(0.9, 4)], [(.nan, 0)],
        ])
        // Trial 3 equals trial 1's second report, which came first.
        #expect(
            state.front().map { [$0.trial, $0.resource.whole] } == [[1, 2], [2, 1], [1, 1]])
        #expect(state.frontCount == 3)
        #expect(state.front().map(\.values) == [[0.9, 4], [0.8, 2], [0.5, 1]])
        // The last reports: (0.9, 4), (0.6, 3), (0.9, 4); trial 4 has no valid one.
        #expect(
            state.front(per: .trial).map { [$0.trial, $0.resource.whole] } == [[1, 2], [2, 2]])
        #expect(state.best(in: "score").map { [$0.trial, $0.index] } == [1, 1])
        #expect(state.best(in: "time")?.values == [0.5, 1])
        #expect(state.best(in: "size") == nil)
        // Shares of the ranges 0.4 and 3: (0, 1), (0.25, 1/3), (1, 0).
        #expect(state.knee()?.trial == 2)
        // (0.9 - 0.4) · (5 - 4) + (0.8 - 0.4) · (4 - 2) + (0.5 - 0.4) · (2 - 1)
        #expect(abs(try state.hypervolume(reference: [0.4, 5]) - 1.4) < 1e-12)
        // Worst values 0.5 and 4, ranges 0.4 and 3.
        #expect(abs(state.defaultReference[0] - 0.46) < 1e-12)
        #expect(abs(state.defaultReference[1] - 4.3) < 1e-12)
        #expect(state.reportCount == 6 && state.invalidReportCount == 1)
    }

    @Test("a study without reports has an empty front and no best")
    func empty() throws {
        let state = try Self.study([[]])
        #expect(state.front().isEmpty && state.front(per: .trial).isEmpty)
        #expect(state.best(in: "score") == nil && state.knee() == nil)
        #expect(try state.hypervolume() == 0)
        #expect(state.trials[0].state == .completed)
        #expect(
            StudyView(state).sentences(about: 1)?.last
                == "it is complete: its function returned without a report")
    }

    @Test("of equally good reports one on the front is the best, of those the earliest")
    func earliestBest() throws {
        let state = try Self.study([[(0.5, 2)], [(0.5, 1), (0.5, 1)]])
        #expect(state.best(in: "score").map { [$0.trial, $0.index] } == [2, 0])
        #expect(state.best(in: "time").map { [$0.trial, $0.index] } == [2, 0])
    }

    /// The events of a short study that ends by itself.
    private func events() throws -> [Event] {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            oneObjectiveStudy(kind: .promotion),
            runner: ConstantRunner(errors: HandWorkedRunTests.errors), journal: journal)
        _ = try simulation.run()
        return journal.events
    }

    @Test("events that cannot follow are refused, by number, and change nothing")
    func damagedEvents() throws {
        let events = try events()
        #expect(throws: EventError.self) { try StudyState(events: []) }
        #expect(throws: EventError.self) { try StudyState(events: events.dropFirst()) }
        #expect {
            try StudyState(events: events + [events[1]])
        } throws: {
            "\($0)" == "event \(events.count): an event after \"finished\""
        }
        // Leaving out any one event but the last makes the rest impossible or another study.
        let whole = try StudyState(events: events)
        for missing in events.indices.dropLast() {
            var rest = events
            rest.remove(at: missing)
            if let state = try? StudyState(events: rest) {
                #expect(state.trials != whole.trials)
            }
        }
        var state = try StudyState(events: events.prefix(5))
        let before = state.trials
        #expect(throws: EventError.self) { try state.apply(events[1]) }
        #expect(state.trials == before)
    }

    @Test("events are JSON objects with version and type; newer ones are refused by name")
    func versions() throws {
        #expect(
            EventLine(.finished(.trialsDone)).text
                == #"{"data":{"reason":"trials_done"},"type":"finished","v":3}"#)
        #expect(
            EventLine(.resumed(from: 7), isSuperseded: true).text
                == #"{"data":{"from":7},"superseded":true,"type":"resumed","v":3}"#)
        #expect(
            try EventLine.event(#"{"v":1,"type":"finished","data":"trials_done"}"#)
                == .finished(.trialsDone))
        for (text, message) in [
            (#"{"v":5,"type":"finished","data":"trials_done"}"#, "event \"finished\" of version 5"),
            (#"{"v":1,"type":"moved","data":{}}"#, "event \"moved\" of version 1"),
        ] {
            #expect {
                try EventLine.event(text)
            } throws: {
                "\($0)".hasPrefix(message)
            }
        }
    }

    @Test("an event stays small however many trials are ahead")
    func boundedEvents() throws {
        let count = 300
        let definition = try oneObjectiveStudy(maxResource: 3, trialLimit: count, slots: 1)
        let errors = (0..<count).map { Double($0) }
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definition, runner: ConstantRunner(errors: errors), journal: journal)
        let state = try simulation.run()
        let last = try #require(state.trials.last?.decisions.first)
        #expect(last.standing.rank == count && last.standing.ahead == [1, 2, 3, 4, 5])
        let sizes = journal.events.map { EventLine($0).text.utf8.count }
        #expect(sizes.dropFirst().max() ?? 0 < 400)
    }

    @Test("different brackets are different rungs: trials compete inside their bracket")
    func bracketsApart() throws {
        let definition = try oneObjectiveStudy(brackets: 2, trialLimit: 40, slots: 2)
        let errors = (0..<40).map { Double(($0 * 17) % 40) }
        var simulation = try Simulation(definition, runner: ConstantRunner(errors: errors))
        let state = try simulation.run()
        var recorded = [[Resource: Int]](repeating: [:], count: 2)
        #expect(Set(state.trials.map(\.bracket)) == [0, 1])
        let decisions = state.trials.flatMap(\.decisions)
            .sorted { ($0.time, $0.trial) < ($1.time, $1.trial) }
        for decision in decisions {
            recorded[decision.bracket][decision.rung, default: 0] += 1
            #expect(decision.standing.outOf == recorded[decision.bracket][decision.rung])
        }
        #expect(recorded[1][1] == nil && recorded[1][3] != nil)
    }
}
