import Engine
import Testing

/// What a model makes of constraints.
@Suite struct ModelConstraintTests {
    /// Only the lowest part of the first coordinate is feasible; the objectives disagree along it.
    private static func run(limit: Double, decisions: Int = 120) -> ModelRun {
        var run = ModelRun(
            PlainCube(numbers: 3), constraints: 1, excesses: { point, _ in [point[0] - limit] },
            ModelRun.curves)
        for _ in 0..<decisions { run.step() }
        return run
    }

    /// The points that the model proposed and did not draw at random.
    private func proposals(_ run: ModelRun) -> [[Double]] {
        run.choices.compactMap { choice in
            if case .start(let point) = choice.action { point } else { nil }
        }
    }

    @Test func proposalsKeepToWhatIsFeasible() {
        let (constrained, free) = (Self.run(limit: 0.3), Self.run(limit: 2))
        func share(_ run: ModelRun) -> Double {
            let points = proposals(run).suffix(30)
            return Double(points.count { $0[0] <= 0.3 }) / Double(points.count)
        }
        #expect(share(constrained) > 0.8)
        #expect(share(free) < 0.6)
    }

    @Test func theFrontHasFeasibleRecordsAlone() {
        let history = Self.run(limit: 0.3).history
        #expect(!history.front.ids.isEmpty)
        for record in history.front.ids {
            #expect(history.records[record].isFeasible)
            #expect(history.point(of: history.records[record].trial)[0] <= 0.3)
        }
    }

    @Test func expectationsSayHowLikelyFeasibilityIs() {
        let run = Self.run(limit: 0.3)
        let likely = run.choices.compactMap { $0.reason.chosen?.feasibility }
        #expect(likely.allSatisfy { (0...1).contains($0) })
        #expect(likely.last.map { $0 > 0.5 } == true)
        var free = ModelRun(PlainCube(numbers: 3), ModelRun.curves)
        for _ in 0..<40 { free.step() }
        #expect(free.choices.allSatisfy { $0.reason.chosen?.feasibility == nil })
    }

    /// Where nothing is feasible the search goes to where the violation is least.
    @Test func withoutAFeasibleRecordTheLeastViolationIsSought() {
        let points = proposals(Self.run(limit: -0.5)).suffix(20)
        #expect(points.count { $0[0] < 0.3 } > 14)
    }

    @Test func aRecordWithoutAFiniteMetricIsInvalid() {
        var history = ModelHistory(levels: [1, 3], objectives: 1, constraints: 1, dimension: 0)
        history.start([])
        history.report([1], excesses: [.nan], of: 1, at: 1)
        history.pause(1)
        #expect(!history.records[0].isValid && !history.records[0].isFeasible)
        #expect(history.recordedTrials == 0 && !history.entries[0].isWaiting)
    }

    @Test func trainingTakesFeasibleRecordsFirst() {
        var history = ModelHistory(levels: [1], objectives: 2, constraints: 1, dimension: 0)
        for trial in 1...90 {
            history.start([])
            let cost = Double(trial)
            history.report(
                [cost, 100 - cost], excesses: [trial <= 30 ? 1 : -1], of: trial, at: 1)
        }
        let order = RecordOrder(
            history, scale: ObjectiveScale(history, first: 90, referenceQuantile: 0.95),
            scaled: 90, weights: Weights(count: 10, objectives: ["a", "b"], seed: 1))
        #expect(order.training(limit: 60, history).allSatisfy { $0 >= 30 })
    }

    /// A fit that a file tells and that is not of these kernels is as good as none.
    @Test func aFitOfOtherKernelsIsNotUsed() {
        var history = ModelHistory(levels: [1, 3], objectives: 2, dimension: 1)
        history.note(KernelFit(trials: 30, logarithms: [[0, 0, 0], [0, 0, 0]]))
        #expect(history.fit != nil)
        for logarithms in [[[0, 0, 0]], [[0], [0]], [[0, 0, .nan], [0, 0, 0]]] {
            history.note(KernelFit(trials: 30, logarithms: logarithms))
            #expect(history.fit == nil)
        }
    }
}
