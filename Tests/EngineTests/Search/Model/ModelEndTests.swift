import Engine
import Testing

/// What the model does when no new trial can start.
@Suite struct ModelEndTests {
    private func run(steps: Int, permission: SlotModel.Permission) -> ModelRun {
        var run = ModelRun(PlainCube(numbers: 3), ModelRun.curves)
        for _ in 0..<50 { run.step() }
        run.permission = permission
        for _ in 0..<steps { run.step() }
        return run
    }

    @Test func withoutTrialsOnlyWhatIsDueContinues() {
        let run = run(
            steps: 150, permission: .init(canStart: false, continuesForGain: false))
        let history = run.history
        #expect(run.choices.last?.action == .leaveFree)
        for level in 0..<3 where history.waiting[level] > 0 {
            let quota = level == 0 ? 4 : 3
            #expect(history.continued[level] >= history.recorded[level] / quota)
        }
        #expect(history.waiting.reduce(0, +) > 0)
    }

    @Test func withABudgetWhatPromisesAGainContinuesAsWell() {
        let limited = run(steps: 150, permission: .init(canStart: false, continuesForGain: false))
        let further = run(steps: 150, permission: .init(canStart: false, continuesForGain: true))
        #expect(further.log.count > limited.log.count)
        #expect(further.log.starts(with: limited.log.prefix(54)))
    }

    @Test func withTooFewRecordsTheLowestContinues() {
        var run = ModelRun(PlainCube(numbers: 2), ModelRun.curves)
        for _ in 0..<2 { run.step(slots: 2) }
        run.permission = .init(canStart: false)
        run.step(slots: 4)
        #expect(run.log.suffix(2) == ["trial 1 at 2", "trial 2 at 2"])
        #expect(run.choices.contains { $0.reason.rule == .lowest })
    }

    @Test func nothingToContinueLeavesTheSlotFree() {
        var run = ModelRun(PlainCube(numbers: 2), ModelRun.curves)
        run.permission = .init(canStart: false)
        run.step()
        #expect(run.choices.map(\.action) == [.leaveFree])
    }
}
