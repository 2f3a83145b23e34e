import Engine
import EngineTesting
import Testing

/// Studies whose definition holds what earlier ones found.
@Suite("An earlier study")
struct EarlierStudyTests {
    private func earlier(
        trials: Int = 30, kind: Hyperband.Kind = .model, objectives: [Objective]? = nil,
        levels: [Resource] = [1, 3, 9]
    ) throws -> (study: EarlierStudy, state: StudyState) {
        let state = try ModelStudy.run(ModelStudy.definition(kind: kind, trials: trials)).state
        return (
            EarlierStudy(
                state, objectives: objectives ?? state.definition.objectives, levels: levels),
            state
        )
    }

    private func definition(_ earlier: [EarlierStudy]) throws -> StudyDefinition {
        try StudyDefinition(
            name: "next", seed: 8, space: ModelStudy.space(),
            objectives: [Objective("error", .minimize), Objective("speed", .maximize)],
            hyperband: Hyperband(maxResource: 9, kind: .model), earlier: earlier, trialLimit: 35,
            slots: 4)
    }

    @Test("is kept as reports at the new study's levels, in the new study's objectives")
    func reports() throws {
        let (study, state) = try earlier(
            objectives: [Objective("speed", .maximize), Objective("error", .minimize)],
            levels: [2, 9])
        #expect(study.trials.count == state.trials.count { $0.resource >= 2 })
        for (kept, trial) in zip(study.trials, state.trials.filter { $0.resource >= 2 }) {
            #expect(kept.configuration == trial.configuration)
            #expect(
                kept.reports.map(\.resource)
                    == ([2, 9] as [Resource]).filter { $0 <= trial.resource })
            for report in kept.reports {
                let metrics = trial.reports[report.resource.whole - 1].metrics
                #expect(report.costs[0] == -(metrics["speed"]?.double ?? .nan))
                #expect(report.costs[1] == metrics["error"]?.double)
            }
        }
    }

    @Test("of many trials keeps 64, those on the front among them")
    func limit() throws {
        let (study, state) = try earlier(trials: 200, kind: .stopping)
        #expect(study.trials.count == 64)
        let kept = Set(study.trials.map(\.configuration))
        #expect(kept.count == 64)
        let front = Set(state.front().map { state.trials[$0.trial - 1].configuration })
        #expect(front.count <= 32 && front.isSubset(of: kept))
        let numbers = state.trials.filter { kept.contains($0.configuration) }.map(\.id)
        #expect(numbers.contains { $0 < 20 } && numbers.contains { $0 > 180 })
    }

    @Test("changes decisions, which are worked out again from the events alone")
    func decisions() throws {
        let (events, state) = try ModelStudy.run(definition([earlier().study]))
        #expect(state.trials.count { $0.origin == .model } > 10)
        #expect(try ModelStudy.run(definition([])).events.dropFirst() != events.dropFirst())
        // As a file tells them, which holds no more than the events.
        let stored = try events.map { try EventLine.event(EventLine($0).text) }
        #expect(stored == events)
        #expect(try Replay(stored).disagreements.isEmpty)
        // The earlier study neither stands in the rungs nor on the front.
        #expect(state.reportCount == state.trials.reduce(0) { $0 + $1.reports.count })
        #expect(state.front().allSatisfy { $0.trial <= 35 })
    }

    @Test("leaves a study that continues anywhere the same", arguments: 0..<4)
    func anyBeginning(number: Int) throws {
        let asked = try definition([earlier().study, earlier(trials: 12).study])
        let reference = try ModelStudy.run(asked).events
        let journal = RecordingJournal()
        journal.append(Array(reference.prefix(1 + (reference.count - 1) * number / 4)))
        #expect(
            try ModelStudy.run(asked, in: journal, schedule: number, resuming: true).events
                == reference)
    }

    @Test("is a setting that a study cannot change")
    func change() throws {
        let (first, second) = (try definition([]), try definition([earlier().study]))
        let changes = second.changes(from: first)
        #expect(changes.map(\.field) == ["warm_start"] && !changes[0].isExtension)
        #expect(
            changes[0].description
                == "warm_start: was 0 earlier trials, is now 30 earlier trials")
    }

    @Test("that a file tells otherwise than it can be is refused")
    func refusals() throws {
        func message(_ reports: [EarlierStudy.Report]) -> String {
            let study = EarlierStudy(trials: [.init(configuration: .init([]), reports: reports)])
            do { _ = try definition([study]) } catch { return "\(error)" }
            return "no error"
        }
        let fine = EarlierStudy.Report(resource: 1, costs: [1, 2])
        #expect(message([fine]) == "no error")
        #expect(
            message([fine, fine])
                == "warm_start[1]: expected reports of increasing resource, got [1, 1]")
        #expect(message([]).hasPrefix("warm_start[1]: expected reports of"))
        for costs in [[1], [1, .nan], [1, 2, 3]] {
            #expect(
                message([.init(resource: 1, costs: costs)])
                    .hasPrefix("warm_start[1]: expected 2 finite numbers in each report"))
        }
    }
}
