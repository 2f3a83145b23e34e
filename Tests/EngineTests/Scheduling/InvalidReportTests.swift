import Engine
import EngineTesting
import Results
import Testing

/// An objective that is NaN or infinite never earns continuation.
@Suite("Invalid reports at a rung")
struct InvalidReportTests {
    /// 200 trials of which so many in a hundred report nothing but NaN.
    private func study(
        _ percent: Int, _ kind: Hyperband.Kind, rules: RungRules = .current,
        journal: RecordingJournal = RecordingJournal()
    ) throws -> StudyState {
        let definition = try StudyDefinition(
            name: "invalid", seed: 7, space: lineSpace(),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 81, gracePeriod: 1, kind: kind), trialLimit: 200,
            slots: 4,
            rules: rules)
        var random = TestRandom("invalid")
        let errors = (0..<200).map { _ -> Double in
            let error = random.unit()
            return random.below(100) < percent ? [.nan, .infinity][random.below(2)] : error
        }
        var simulation = try Simulation(
            definition, runner: ConstantRunner(errors: errors), journal: journal)
        return try simulation.run()
    }

    private func isInvalid(_ trial: Trial) -> Bool {
        !(trial.reports.last?.metrics["error"]?.double.isFinite ?? true)
    }

    @Test(
        "an invalid trial gets the first rung and no more, however many are invalid",
        arguments: [0, 30, 70, 85, 100], Hyperband.Kind.allCases)
    func invalidStops(percent: Int, kind: Hyperband.Kind) throws {
        let journal = RecordingJournal()
        let study = try study(percent, kind, journal: journal)
        #expect(study.trials.count == 200)
        let invalid = study.trials.filter(isInvalid)
        #expect(percent == 0 || invalid.count > percent)
        for trial in invalid {
            #expect(trial.resource == 1 && trial.promotions.isEmpty)
            #expect(trial.state == (kind == .stopping ? .stopped : .paused))
        }
        // 30 valid trials are too few for one in three of them to come through four rungs.
        if percent < 85 { #expect(study.trials.contains { $0.state == .completed }) }
        #expect(try Replay(journal.events).disagreements == [])
    }

    @Test("quotas count valid trials", arguments: Hyperband.Kind.allCases)
    func quotas(kind: Hyperband.Kind) throws {
        let study = try study(70, kind)
        var valid: [Resource: Int] = [:]
        let decisions = study.trials.flatMap(\.decisions)
            .sorted { ($0.time, $0.trial) < ($1.time, $1.trial) }
        for decision in decisions {
            let (standing, isValid) = (decision.standing, !decision.standing.isInvalid)
            valid[decision.rung, default: 0] += isValid ? 1 : 0
            let count = valid[decision.rung]!
            #expect(standing.outOf == count)
            #expect(standing.quota == quota(of: count, at: decision.rung, kind))
            #expect(isValid ? standing.rank <= count : standing.rank == count + 1)
        }
    }

    /// By the definition of each kind, for a reduction factor of 3.
    private func quota(of count: Int, at rung: Resource, _ kind: Hyperband.Kind) -> Int {
        switch kind {
        case .stopping: (count + 2) / 3
        case .promotion: count / 3
        case .model: count / (rung == 1 ? 4 : 3)
        }
    }

    @Test("the first valid trial of a rung continues, also behind invalid ones")
    func firstValid() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 3, slots: 3), journal: RecordingJournal())
        _ = try conductor.start()
        for (trial, error) in [(1, Double.nan), (2, .infinity), (3, 0.5)] {
            _ = try conductor.report(
                trial: trial, fields: ["epoch": .integer(1), "error": .real(error)])
        }
        #expect(conductor.state.trials.map(\.state) == [.stopped, .stopped, .running])
        let sentences = try #require(StudyView(conductor.state).sentences(about: 1))
        #expect(
            sentences.last == "at epoch 1 it was stopped with error = nan: "
                + "a value that is not a finite number ranks last and never continues")
        let third = try #require(StudyView(conductor.state).sentences(about: 3))
        #expect(third[1].hasSuffix("rank 1 of 1; the first at a rung always continues"))
    }

    @Test("a paused trial is not said to wait for a promotion that never comes")
    func pausedForEver() throws {
        let study = try study(85, .promotion)
        let trial = try #require(study.trials.first(where: isInvalid))
        #expect(
            StudyView(study).sentences(about: trial.id)?.last == "it stays paused at epoch 1: "
                + "a value that is not a finite number ranks last and never continues")
    }

    @Test("a study under the first rules is replayed, and resumed, under them")
    func firstRules() throws {
        let journal = RecordingJournal()
        let old = try study(85, .stopping, rules: .first, journal: journal)
        // As it was: where most are invalid, some of them reach the end.
        #expect(old.trials.contains { isInvalid($0) && $0.state == .completed })
        #expect(try Replay(journal.events).disagreements == [])

        // A study of a program that recorded no rules.
        let lines = journal.events.map { EventLine($0).text.replacing(",\"rules\":1", with: "") }
        #expect(!lines[0].contains("rules"))
        let read = try lines.map { try EventLine.event($0) }
        #expect(read == journal.events)

        let beginning = RecordingJournal()
        beginning.append(Array(read.prefix(read.count / 2)))
        let asked = try definition(of: old, rules: .current)
        var resumed = try Conductor(resuming: beginning, with: asked)
        #expect(resumed.state.definition.rules == .first)
        _ = try resumed.start()
        #expect(try Replay(beginning.events).disagreements == [])
    }

    private func definition(of study: StudyState, rules: RungRules) throws -> StudyDefinition {
        let old = study.definition
        return try StudyDefinition(
            name: old.name, seed: old.seed, space: old.space, objectives: old.objectives,
            hyperband: old.hyperband, trialLimit: old.trialLimit, slots: old.slots, rules: rules)
    }

    @Test("rules that this program does not know are an error, not another decision")
    func unknownRules() throws {
        let journal = RecordingJournal()
        _ = try study(0, .stopping, journal: journal)
        let (known, rules) = (EventLine(journal.events[0]).text, RungRules.current.rawValue)
        let line = known.replacing("\"rules\":\(rules)", with: "\"rules\":\(rules + 1)")
        #expect(line != known)
        #expect(throws: (any Error).self) { try EventLine.event(line) }
    }
}
