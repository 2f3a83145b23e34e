import Engine
import Testing

@Suite struct SlotModelTests {
    @Test func sameHistorySameChoices() {
        var first = ModelRun(PlainCube(numbers: 4), ModelRun.curves)
        var second = first
        for _ in 0..<70 { first.step() }
        for _ in 0..<70 {
            // A model without its caches, as after resuming.
            second.model.forgetCaches()
            second.step()
        }
        #expect(first.log == second.log)
        #expect(first.choices == second.choices)
        #expect(first.choices.contains { $0.reason.fit != nil })
    }

    @Test func seedsDiffer() {
        var first = ModelRun(PlainCube(numbers: 3), ModelRun.curves)
        var second = ModelRun(PlainCube(numbers: 3), seed: 2, ModelRun.curves)
        for _ in 0..<40 {
            first.step()
            second.step()
        }
        #expect(first.log != second.log)
    }

    @Test func firstTrialContinuesWhenNoOtherHasWaitedLonger() {
        var run = ModelRun(PlainCube(numbers: 2), ModelRun.curves)
        for _ in 0..<20 { run.step() }
        #expect(run.log.contains("trial 1 at 2"))
        #expect(run.choices.contains { $0.action == .resume(trial: 1) && $0.reason.rule == .first })
    }

    @Test func historyKnowsWhetherTheFirstWaitsLongest() {
        var history = ModelHistory(levels: [1, 2, 4], objectives: 1, dimension: 0)
        for trial in 1...3 {
            history.start([])
            history.report([Double(trial)], of: trial, at: 1)
        }
        #expect(!history.firstWaitsLongest)
        history.pause(2)
        history.pause(1)
        history.pause(3)
        #expect(!history.firstWaitsLongest)
        history.resume(2)
        #expect(history.firstWaitsLongest)
        history.report([0], of: 2, at: 2)
        history.pause(2)
        #expect(history.firstWaitsLongest)
        history.resume(1)
        #expect(!history.firstWaitsLongest)
        history.report([0], of: 1, at: 2)
        history.pause(1)
        history.resume(3)
        #expect(!history.firstWaitsLongest)
        history.end(2)
        #expect(history.firstWaitsLongest)
    }

    /// Decisions between two reports: with those that run taken account of, configurations keep
    /// their distance.
    @Test func configurationsThatRunArePassedBy() {
        func nearest(_ limit: Int) -> Double {
            var settings = ModelSettings()
            settings.runningLimit = limit
            var run = ModelRun(PlainCube(numbers: 3), settings: settings, ModelRun.curves)
            for _ in 0..<60 { run.step() }
            let before = run.choices.count
            run.step(slots: 40)
            let new: [[Double]] = run.choices.dropFirst(before).compactMap { choice in
                if case .start(let point) = choice.action { point } else { nil }
            }
            #expect(new.count > 10)
            let distances = new.indices.map { i in
                new.indices.filter { $0 != i }.map { distance(new[i], new[$0]) }.min() ?? 0
            }
            return distances.reduce(0, +) / Double(new.count)
        }
        func distance(_ a: [Double], _ b: [Double]) -> Double {
            a.indices.reduce(0.0) { $0 + (a[$1] - b[$1]) * (a[$1] - b[$1]) }.squareRoot()
        }
        #expect(nearest(ModelSettings().runningLimit) > 1.5 * nearest(0))
    }

    @Test func quotasHold() {
        var run = ModelRun(PlainCube(numbers: 2), ModelRun.curves)
        for _ in 0..<150 { run.step() }
        let history = run.history
        for (level, quota) in [4, 3, 3].enumerated() {
            #expect(history.continued[level] >= history.recorded[level] / quota - 1)
        }
    }

    @Test func modelBeatsChance() {
        var run = ModelRun(PlainCube(numbers: 4), ModelRun.curves)
        for _ in 0..<160 { run.step() }
        let proposed: [[Double]] = run.choices.compactMap { choice in
            if case .start(let point) = choice.action { point } else { nil }
        }
        #expect(proposed.count > 30)
        // Uniform points lie 0.58 from the optimum on average.
        var distance = 0.0
        for point in proposed.suffix(20) {
            distance += abs(point[2] - 0.3) + abs(point[3] - 0.3)
        }
        #expect(distance / 20 < 0.35)
    }

    @Test func invalidTrialsNeverContinue() {
        var run = ModelRun(PlainCube(numbers: 2)) { point, resource in
            point[0] < 0.5 ? [.nan, 1] : ModelRun.curves(point, resource)
        }
        for _ in 0..<80 { run.step() }
        for line in run.log where line.hasPrefix("trial") {
            let trial = Int(line.split(separator: " ")[1])!
            #expect(run.history.point(of: trial)[0] >= 0.5)
        }
        #expect(run.log.contains { $0.hasPrefix("trial") })
    }

    @Test func onlyInvalidReportsDrawAtRandom() {
        var run = ModelRun(PlainCube(numbers: 2)) { _, _ in [.infinity, 0] }
        for _ in 0..<50 { run.step() }
        #expect(run.choices.allSatisfy { $0.action == .startAtRandom })
    }

    @Test(arguments: [1, 2, 3, 6])
    func anyNumberOfObjectives(objectives: Int) {
        var run = ModelRun(PlainCube(numbers: 3, categories: [3, 2]), objectives: objectives) {
            point, resource in
            (0..<objectives).map { (objective: Int) -> Double in
                let off = abs(point[objective % 5] - Double(objective) / 6)
                return off + 1 / (1 + resource.double)
            }
        }
        for _ in 0..<50 { run.step() }
        #expect(run.choices.contains { $0.reason.rule == .index })
        #expect(run.choices.compactMap(\.reason.chosen).allSatisfy { $0.costs.count == objectives })
    }

    @Test func constantObjectivesAreNoTrouble() {
        var run = ModelRun(PlainCube(numbers: 1)) { _, _ in [0, -1] }
        for _ in 0..<60 { run.step() }
        #expect(run.log.count > 60)
    }

    @Test func hugeAndTinyCostsAreNoTrouble() {
        var run = ModelRun(PlainCube(numbers: 1)) { point, resource in
            [point[0] < 0.5 ? 1e308 : -1e308, 1e-300 * resource.double]
        }
        for _ in 0..<60 { run.step() }
        let expected = run.choices.compactMap(\.reason.chosen)
        #expect(expected.allSatisfy { $0.index.isFinite })
    }
}
