import Engine
import Testing

/// Which trials run, and to which level, as a history keeps it.
@Suite struct RunningTrialTests {
    private func history(trials: Int) -> ModelHistory {
        var history = ModelHistory(levels: [1, 2, 4], objectives: 1, dimension: 0)
        for _ in 0..<trials { history.start([]) }
        return history
    }

    @Test func aTrialRunsToTheNextLevel() {
        var history = history(trials: 2)
        #expect(history.running(limit: 9) == [1, 2])
        #expect((1...2).map(history.target) == [0, 0])
        history.report([0], of: 1, at: 1)
        #expect(history.running(limit: 9) == [2, 1], "it began to run to another level")
        #expect(history.target(of: 1) == 1)
        history.pause(1)
        #expect(history.running(limit: 9) == [2])
        history.resume(1)
        #expect(history.target(of: 1) == 1)
        history.report([0], of: 1, at: 4)
        #expect(history.running(limit: 9) == [2], "above the highest level there is none")
        history.report([.nan], of: 2, at: 1)
        history.end(2)
        #expect(history.running(limit: 9).isEmpty)
    }

    /// Beside a list that is searched.
    @Test(arguments: 0..<5)
    func theLastOnesAreThose(seed: Int) {
        var (history, running, paused) = (history(trials: 0), [Int](), [Int]())
        var stream = RandomStream(seed: seed, purpose: "test")
        for _ in 0..<2000 {
            switch stream.below(4) {
            case 0:
                history.start([])
                running.append(history.startedTrials)
            case 1:
                guard !running.isEmpty else { continue }
                let trial = running.remove(at: Int(stream.below(UInt64(running.count))))
                let level = history.level(of: trial).map { $0 + 1 } ?? 0
                history.report([0], of: trial, at: history.levels[level])
                if level < 2 {
                    history.pause(trial)
                    paused.append(trial)
                }
            case 2:
                guard !paused.isEmpty else { continue }
                let trial = paused.remove(at: Int(stream.below(UInt64(paused.count))))
                history.resume(trial)
                running.append(trial)
            default:
                guard running.count > 40 else { continue }
                history.end(running.removeFirst())
            }
            let limit = Int(stream.below(50))
            #expect(history.running(limit: limit) == running.suffix(limit))
        }
        #expect(history.running(limit: .max) == running)
    }
}

/// What the model takes for running trials is what the study does, after every event.
@Suite struct RunningTrialsOfAStudyTests {
    @Test(arguments: [Hyperband.Kind.model, .stopping, .promotion])
    func theyAreThoseOfTheStudy(_ kind: Hyperband.Kind) throws {
        let gp = try #require(SearcherKind(rawValue: "gp")?.choice)
        let searcher = kind == .model ? SearcherChoice.random : gp
        func definition(_ maximum: Resource) throws -> StudyDefinition {
            try ModelStudy.definition(kind: kind, searcher: searcher, maxResource: maximum)
        }
        let journal = RecordingJournal()
        _ = try ModelStudy.run(definition(9), in: journal)
        // One that brings no further rung, and one that does.
        for maximum: Resource in [12, 81] {
            _ = try ModelStudy.run(
                definition(maximum), in: journal, resuming: true, extending: true)
        }
        var state = StudyState(try definition(9))
        var most = 0
        for event in journal.effective.dropFirst() {
            try state.apply(event)
            let history = try #require(state.encoded).history
            let running = history.running(limit: .max)
            let expected = state.running.filter { history.target(of: $0) != nil }
            try #require(Set(running) == expected && running.count == expected.count, "\(event)")
            most = max(most, running.count)
        }
        #expect(most == 4)
        #expect(state.trials.contains { $0.resource > 9 })
    }
}
