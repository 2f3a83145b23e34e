import Engine
import EngineTesting
import Testing

@Suite("A study whose front no longer moves")
struct NoGainTests {
    private func definition(
        limit: Int?, trialLimit: Int?, kind: Hyperband.Kind = .stopping, slots: Int = 1,
        maxResource: Resource = 1
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "no gain", seed: 1, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: maxResource, kind: kind), trialLimit: trialLimit,
            noGainLimit: limit, slots: slots)
    }

    private func run(_ definition: StudyDefinition, errors: [Double]) throws -> StudyState {
        var simulation = try Simulation(definition, runner: ConstantRunner(errors: errors))
        return try simulation.run()
    }

    @Test(
        "ends when the last n trials gained nothing",
        arguments: [
            // Trials 1, 2 and 5 gain; 6, 7 and 8 do not.
            (3, [5.0, 4, 4, 6, 3, 3, 9, 8, 1, 1], 8), (1, [5, 4, 4, 3], 3), (2, [5, 5, 5], 3),
            (2, [5, .nan, 4, .infinity, .nan, 1], 5), (4, [1, 1, 1], 3),
        ] as [(limit: Int, errors: [Double], trials: Int)])
    func ends(limit: Int, errors: [Double], trials: Int) throws {
        let state = try run(
            definition(limit: limit, trialLimit: errors.count), errors: errors)
        #expect(state.trials.count == trials)
        #expect(state.endReason == (trials < errors.count ? .noGain : .trialsDone))
        #expect(state.trials.allSatisfy { $0.state == .completed })
    }

    @Test("needs no other limit")
    func alone() throws {
        let errors = (0..<1000).map { 1 / Double(min($0, 20) + 1) }
        let state = try run(definition(limit: 5, trialLimit: nil), errors: errors)
        #expect(state.trials.count == 26)
        #expect(state.endReason == .noGain)
    }

    @Test("a trial that gains while others leave counts as a gain")
    func meanwhile() throws {
        // Two slots. Trial 1 runs to epoch 9 and improves at each; the others stop at epoch 1.
        let runner = FunctionRunner(timeAttribute: "epoch") { configuration, resource in
            ["error": configuration["x"] == .real(0.5) ? 1 / Double(resource) : 2]
        }
        var simulation = try Simulation(
            definition(limit: 3, trialLimit: 40, slots: 2, maxResource: 9), runner: runner)
        let state = try simulation.run()
        // One other leaves at each of the times 1 to 9, then three with nothing gained: at the same
        // time the trial with the lower number, which is the one that gains, comes first.
        #expect(state.trials[0].reports.count == 9)
        #expect(state.endReason == .noGain)
        let last = state.trials[0].reports.last?.time
        let later = state.trials.dropFirst().filter { $0.reports.last?.time ?? 0 >= last ?? 0 }
        #expect((3...4).contains(later.count))
    }

    @Test("trials in their slots come to their end, nothing new is started or promoted")
    func drains() throws {
        var conductor = try Conductor(
            definition(limit: 2, trialLimit: 50, kind: .promotion, slots: 3, maxResource: 9),
            journal: RecordingJournal())
        _ = try conductor.start()
        func report(_ trial: Int, _ epoch: Int, _ error: Double) throws -> [Command] {
            try conductor.report(
                trial: trial, fields: ["epoch": .integer(epoch), "error": .real(error)]
            ).commands
        }
        // 1 gains and pauses, 4 starts; 2 pauses without a gain, 5 starts; 3 is the second without.
        _ = try report(1, 1, 1)
        _ = try report(2, 1, 2)
        #expect(!conductor.state.isStalled)
        _ = try report(3, 1, 3)
        #expect(conductor.state.isStalled)
        // Of three the best might continue, but is not promoted.
        #expect(conductor.state.trials.count == 5)
        #expect(conductor.state.trials[0].promotions.isEmpty)
        #expect(try report(4, 1, 0.5) == [.pause(trial: 4)])
        #expect(try conductor.trialEnded(5, .failed("broken")) == [.studyEnded(.noGain)])
        #expect(
            conductor.state.trials.map(\.state) == [.paused, .paused, .paused, .paused, .failed])
        #expect(conductor.state.frontCount == 1 && conductor.state.best(in: "error")?.trial == 4)
    }

    @Test(
        "the events tell it: folding them gives the same, in any order of arrival",
        arguments: 0..<20)
    func fold(number: Int) throws {
        let kind = Hyperband.Kind.allCases[number % 3]
        let definition = try definition(
            limit: 4, trialLimit: 60, kind: kind, slots: 3, maxResource: 9)
        func events(_ schedule: Int) throws -> ([Event], StudyState) {
            let journal = RecordingJournal()
            var simulation = try Simulation(
                definition,
                runner: FunctionRunner(timeAttribute: "epoch") { configuration, resource in
                    guard case .real(let x)? = configuration["x"] else { return [:] }
                    return ["error": ((x - 0.3) * 8).rounded() + 1 / Double(resource)]
                }, journal: journal)
            var random = TestRandom("no gain", schedule)
            let state = try simulation.run { ready in
                ready.sorted()[random.below(ready.count)]
            }
            return (journal.events, state)
        }
        let reference = try events(number * 100)
        #expect(reference.1.endReason == .noGain)
        #expect(reference.1.trials.count < 60)
        for schedule in 1..<10 {
            #expect(try events(number * 100 + schedule).0 == reference.0)
        }
        let folded = try StudyState(events: reference.0)
        #expect(folded.isStalled && folded.endReason == .noGain)
    }

    @Test("refuses a limit below 1")
    func wrong() throws {
        #expect {
            try definition(limit: 0, trialLimit: 1)
        } throws: {
            "\($0)" == "stop.no_gain: expected an integer of at least 1, got 0"
        }
    }
}
