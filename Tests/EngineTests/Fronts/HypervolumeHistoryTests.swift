import Engine
import EngineTesting
import Testing

@Suite("The history of the hypervolume")
struct HypervolumeHistoryTests {
    /// A study of so many objectives, whose values are random, NaN now and then.
    private func study(objectives count: Int, number: Int, tolerance: Double) throws -> StudyState {
        let objectives = try ParetoTests.objectives(count, tolerance: tolerance)
        let definition = try StudyDefinition(
            name: "history", seed: number, space: lineSpace(), objectives: objectives,
            hyperband: Hyperband(maxResource: 9), trialLimit: 12, slots: 3)
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, resource in
            var random = TestRandom("\(configuration)", resource)
            let point = random.point(objectives: count)
            let isInvalid = random.below(10) == 0
            return Dictionary(
                uniqueKeysWithValues: zip(
                    objectives.map { Name($0.name) }, point.map { isInvalid ? .nan : $0 }))
        }
        var simulation = try Simulation(definition, runner: runner)
        return try simulation.run()
    }

    /// All reports in the order they were committed: by virtual time, then by trial.
    private func committed(_ state: StudyState) -> [(reference: ReportReference, values: [Double])]
    {
        let all = state.trials.flatMap { trial in
            trial.reports.enumerated().map { (trial.id, $0, $1) }
        }
        return all.sorted { ($0.2.time, $0.0) < ($1.2.time, $1.0) }
            .map { (.init(trial: $0.0, index: $0.1), state.values(of: $0.2)) }
    }

    @Test(
        "is the hypervolume of every beginning of the reports", arguments: 1...5, [0, 0.1])
    func againstBeginnings(count: Int, tolerance: Double) throws {
        for number in 0..<8 {
            let state = try study(objectives: count, number: number, tolerance: tolerance)
            let all = committed(state)
            let reference = state.defaultReference
            let steps = try state.hypervolumeHistory()
            #expect(steps.last?.reports ?? 0 <= state.reportCount)
            for (index, step) in steps.enumerated() {
                #expect(step.report == all[step.reports - 1].reference)
                let front = Pareto.front(
                    all.prefix(step.reports).map(\.values),
                    objectives: state.definition.objectives)
                let volume = try Pareto.hypervolume(
                    front.map { all[$0].values }, objectives: state.definition.objectives,
                    reference: reference)
                #expect(abs(step.hypervolume - volume) <= 1e-12)
                if index > 0 { #expect(steps[index - 1].hypervolume <= step.hypervolume) }
            }
            let end = try state.hypervolume(reference: reference)
            #expect(abs((steps.last?.hypervolume ?? 0) - end) <= 1e-12)
        }
    }

    @Test("worked out by hand")
    func byHand() throws {
        // One trial: (3, 3), then (1, 4) beside it, (4, 4) behind both, (2, 2) ahead of the first.
        let points: [[Double]] = [[3, 3], [1, 4], [4, 4], [2, 2]]
        let definition = try StudyDefinition(
            name: "hand", seed: 1, space: lineSpace(),
            objectives: [Objective("a", .minimize), Objective("b", .minimize)],
            hyperband: Hyperband(maxResource: 4), trialLimit: 1, slots: 1)
        let runner = FunctionRunner(timeAttribute: "epoch") { _, resource in
            ["a": points[resource - 1][0], "b": points[resource - 1][1]]
        }
        var simulation = try Simulation(definition, runner: runner)
        let steps = try simulation.run().hypervolumeHistory(reference: [5, 5])
        // 2·2; 2·2 + 4·1 − 2·1; 3·3 + 4·1 − 3·1
        #expect(steps.map(\.hypervolume) == [4, 6, 10])
        #expect(steps.map(\.reports) == [1, 2, 4])
        #expect(steps.map(\.time) == [1, 2, 4])
    }

    @Test("of a study without a valid report is empty, and refuses a wrong reference")
    func edges() throws {
        let state = StudyState(try oneObjectiveStudy())
        #expect(try state.hypervolumeHistory().isEmpty)
        #expect(throws: SettingError.self) { try state.hypervolumeHistory(reference: [1, 2]) }
    }
}
