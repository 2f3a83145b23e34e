import Engine
import Testing

@Suite struct RecordOrderTests {
    /// A run of a study that pauses and continues trials, with the orders kept up to date.
    private func history(trials: Int, seed: Int) -> ModelHistory {
        var history = ModelHistory(levels: [1, 3, 9], objectives: 2, dimension: 1)
        var stream = RandomStream(seed: seed, purpose: "records")
        for trial in 1...trials {
            history.start([stream.unit()])
            history.report([stream.unit(), stream.unit()], of: trial, at: 1)
            history.pause(trial)
            guard stream.unit() < 0.5 else { continue }
            let chosen = 1 + Int(stream.below(UInt64(trial)))
            guard history.entries[chosen - 1].isWaiting else { continue }
            let level = history.level(of: chosen)! + 1
            history.resume(chosen)
            history.report([stream.unit(), stream.unit()], of: chosen, at: [1, 3, 9][level])
            if level < 2 { history.pause(chosen) } else { history.end(chosen) }
        }
        return history
    }

    private func order(_ history: ModelHistory, scaled: Int) -> RecordOrder {
        RecordOrder(
            history,
            scale: ObjectiveScale(history, first: scaled, referenceQuantile: 0.95),
            scaled: scaled, weights: Weights(count: 10, objectives: ["a", "b"], seed: 1))
    }

    @Test(arguments: 1...5) func updatingGivesWhatBuildingGives(seed: Int) {
        let early = history(trials: 60, seed: seed)
        var updated = order(early, scaled: early.records.count)
        let late = history(trials: 200, seed: seed)
        updated.update(late)
        let built = order(late, scaled: early.records.count)
        for limit in [1, 5, 64, 1000] {
            #expect(updated.training(limit: limit, late) == built.training(limit: limit, late))
        }
        for level in [nil, 0, 1] {
            #expect(
                updated.candidates(at: level, limit: 20) == built.candidates(at: level, limit: 20))
        }
    }

    /// Half of what is left is nothing after a few levels.
    @Test func trainingKeepsToItsLimitOnManyLevels() {
        var history = ModelHistory(
            levels: (1...14).map { Resource($0) }, objectives: 2, dimension: 0)
        for trial in 1...280 {
            history.start([])
            history.report(
                [Double(trial), -Double(trial)], of: trial, at: Resource(1 + trial % 14))
        }
        let order = order(history, scaled: 280)
        for limit in [1, 8, 64] {
            #expect(order.training(limit: limit, history).count == limit)
        }
    }

    @Test func trainingTakesTheLastRecordOfEachTrial() {
        let history = history(trials: 300, seed: 1)
        let order = order(history, scaled: 300)
        let chosen = order.training(limit: 64, history)
        #expect(chosen.count == 64)
        #expect(chosen == chosen.sorted())
        #expect(Set(chosen.map { history.records[$0].trial }).count == 64)
        for record in chosen {
            #expect(history.entries[history.records[record].trial - 1].record == record)
        }
        let top = chosen.count { history.records[$0].level == 2 }
        let all = history.entries.count { $0.record.map { history.records[$0].level } == 2 }
        #expect(top == min(all, 32))
    }

    @Test func candidatesWaitAndHaveTheLeastValues() {
        let history = history(trials: 100, seed: 2)
        let order = order(history, scaled: history.records.count)
        let least = { (trial: Int) in
            let record = history.entries[trial - 1].record!
            return (0..<2).map { order.scale.value(of: record, $0, in: history) }.min()!
        }
        let waiting = (1...100).filter { history.entries[$0 - 1].isWaiting }
        let expected = waiting.sorted { (least($0), $0) < (least($1), $1) }.prefix(10)
        #expect(order.candidates(at: nil, limit: 10) == Array(expected))
    }
}
