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
        #expect(history.entries.map(\.target) == [0, 0])
        history.report([0], of: 1, at: 1)
        #expect(history.running(limit: 9) == [2, 1], "it began to run to another level")
        #expect(history.entries[0].target == 1)
        history.pause(1)
        #expect(history.running(limit: 9) == [2])
        history.resume(1)
        #expect(history.entries[0].target == 1)
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
