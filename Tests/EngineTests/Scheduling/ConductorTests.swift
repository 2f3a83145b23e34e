import Engine
import EngineTesting
import Results
import Testing

@Suite("Conductor")
struct ConductorTests {
    private func fields(_ epoch: Int, _ error: Double) -> [Name: Value] {
        ["epoch": .integer(epoch), "error": .real(error)]
    }

    private func started(
        _ commands: [Command]
    ) -> [Int] {
        commands.compactMap { if case .start(let trial, _, _) = $0 { trial } else { nil } }
    }

    @Test("the first commands fill the slots; a bracket and a configuration go with each")
    func start() throws {
        let definition = try oneObjectiveStudy(trialLimit: nil, slots: 3)
        var conductor = try Conductor(definition, journal: RecordingJournal())
        let commands = try conductor.start()
        #expect(started(commands) == [1, 2, 3])
        #expect(
            commands.first
                == .start(
                    trial: 1, configuration: definition.space.defaults, bracket: 0))
    }

    @Test("with fewer trials than slots only those are started")
    func fewTrials() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 2, slots: 8), journal: RecordingJournal())
        #expect(started(try conductor.start()) == [1, 2])
        #expect(try conductor.trialEnded(1, .returned) == [])
        let last = try conductor.trialEnded(2, .returned)
        #expect(last == [.studyEnded(.trialsDone)])
        #expect(conductor.state.trials.map(\.state) == [.completed, .completed])
    }

    @Test("a report waits at a rung, runs ahead between rungs, and finishes at the maximum")
    func answers() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try conductor.start()
        for epoch in 1...9 {
            let receipt = try conductor.report(trial: 1, fields: fields(epoch, 1))
            #expect(
                receipt.commands
                    == (epoch < 9
                        ? [.continue(trial: 1)]
                        : [.complete(trial: 1), .studyEnded(.trialsDone)]))
            #expect(
                receipt.resource == Resource(epoch) && receipt.progress == 1 && !receipt.isRepeated)
            // The decision at a rung is there at once, since no other trial could be earlier.
            #expect(conductor.state.trials[0].decisions.count == (epoch < 3 ? 1 : 2))
        }
        #expect(conductor.state.trials[0].state == .completed)
        #expect(conductor.state.trials[0].outcome == .reachedMaximum)
    }

    @Test("a decision waits for the trials that could still be earlier, not for the others")
    func waiting() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 3, slots: 3), journal: RecordingJournal())
        _ = try conductor.start()
        // Trial 3 is at the rung first, but trials 1 and 2 may report at the same virtual time.
        #expect(try conductor.report(trial: 3, fields: fields(1, 0.1)).commands == [])
        #expect(try conductor.report(trial: 2, fields: fields(1, 0.2)).commands == [])
        let reply = try conductor.report(trial: 1, fields: fields(1, 0.3))
        #expect(
            reply.commands == [.continue(trial: 1), .continue(trial: 2), .continue(trial: 3)])
        // At epoch 3 it needs to know of the others up to virtual time 3 only.
        #expect(try conductor.report(trial: 1, fields: fields(3, 0.3)).commands == [])
        #expect(
            try conductor.report(trial: 2, fields: fields(2, 0.2)).commands
                == [.continue(trial: 2)])
        #expect(
            try conductor.report(trial: 3, fields: fields(2, 0.1)).commands
                == [.continue(trial: 3), .continue(trial: 1)])
        #expect(conductor.virtualTime(of: 1) == 3 && conductor.virtualTime(of: 2) == 2)
    }

    @Test("in the order of arrival nothing waits")
    func arrival() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 3, slots: 3, order: .arrival),
            journal: RecordingJournal())
        _ = try conductor.start()
        #expect(
            try conductor.report(trial: 3, fields: fields(1, 0.1)).commands
                == [.continue(trial: 3)])
        #expect(
            try conductor.report(trial: 2, fields: fields(1, 0.2)).commands == [.stop(trial: 2)])
    }

    @Test("a report past several rungs is recorded and decided at each")
    func skippedRungs() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 2, slots: 2), journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.report(trial: 1, fields: fields(4, 0.1))
        let reply = try conductor.report(trial: 2, fields: fields(1, 0.05))
        // Trial 2 is committed first, at virtual time 1, and alone at rung 1.
        #expect(reply.commands == [.continue(trial: 2)])
        _ = try conductor.trialEnded(2, .returned)
        let decisions = conductor.state.trials[0].decisions
        #expect(decisions.map(\.rung) == [1])
        #expect(decisions[0].standing.rank == 2 && decisions[0].verdict == .stop)
        #expect(decisions[0].resource == 4)

        var alone = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try alone.start()
        _ = try alone.report(trial: 1, fields: fields(4, 0.1))
        #expect(alone.state.trials[0].decisions.map(\.rung) == [1, 3])
    }

    @Test(
        "a resource past the maximum completes the trial, also far past", arguments: [9, 10, .max])
    func pastMaximum(resource: Int) throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try conductor.start()
        let reply = try conductor.report(trial: 1, fields: fields(resource, 1))
        #expect(reply.commands == [.complete(trial: 1), .studyEnded(.trialsDone)])
        #expect(conductor.state.trials[0].reports[0].time == 9)
        #expect(conductor.state.trials[0].decisions.isEmpty)
    }

    @Test(
        "a wrong report names the field and the trial, and changes nothing",
        arguments: [
            (["error": 1], "epoch: expected a positive integer, got nothing (trial 1)"),
            (["epoch": 0, "error": 1], "epoch: expected a positive integer, got 0 (trial 1)"),
            (["epoch": -1, "error": 1], "epoch: expected a positive integer, got -1 (trial 1)"),
            (
                ["epoch": .real(2.5), "error": 1],
                "epoch: expected a positive integer, got 2.5 (trial 1)"
            ),
            (
                ["epoch": .real(.nan), "error": 1],
                "epoch: expected a positive integer, got nan (trial 1)"
            ),
            (
                ["epoch": "1", "error": 1],
                "epoch: expected a positive integer, got a string (trial 1)"
            ),
            (["epoch": 1], "error: expected a number, got nothing (trial 1)"),
            (["epoch": 1, "error": "low"], "error: expected a number, got a string (trial 1)"),
            (
                ["epoch": 1, "error": .boolean(true)],
                "error: expected a number, got a boolean (trial 1)"
            ),
            (
                ["epoch": 1, "error": 1, "loss": .list([])],
                "loss: expected a number, a string or a boolean, got a table (trial 1)"
            ),
        ] as [([Name: Value], String)])
    func wrongReports(fields: [Name: Value], message: String) throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(oneObjectiveStudy(trialLimit: 1, slots: 1), journal: journal)
        _ = try conductor.start()
        #expect {
            try conductor.report(trial: 1, fields: fields)
        } throws: {
            "\($0)" == message
        }
        #expect(journal.arrivals().isEmpty)
        let commands = try conductor.report(trial: 1, fields: self.fields(1, 1)).commands
        #expect(commands == [.continue(trial: 1)])
        #expect(conductor.state.trials[0].decisions.count == 1)
    }

    @Test("resources must increase; 3.0 counts as 3; a trial that does not run cannot report")
    func sequences() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.report(trial: 1, fields: ["epoch": .real(3), "error": 1])
        #expect(conductor.state.trials[0].resource == 3)
        #expect {
            try conductor.report(trial: 1, fields: fields(3, 1))
        } throws: {
            "\($0)" == "epoch: expected an integer greater than 3, got 3 (trial 1)"
        }
        #expect(throws: ReportError.notRunning(trial: 7, state: nil)) {
            try conductor.report(trial: 7, fields: fields(1, 1))
        }
        _ = try conductor.trialEnded(1, .returned)
        #expect(throws: ReportError.notRunning(trial: 1, state: .completed)) {
            try conductor.report(trial: 1, fields: fields(4, 1))
        }
        #expect(try conductor.trialEnded(1, .failed("again")) == [])
    }

    @Test("NaN is kept, marked invalid, never on the front, and stops at a rung with others")
    func invalidReports() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 2, slots: 2), journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.report(trial: 1, fields: fields(1, 0.5))
        _ = try conductor.report(trial: 2, fields: fields(1, .nan))
        let state = conductor.state
        #expect(state.trials[1].state == .stopped)
        #expect(state.trials[1].decisions[0].standing.isInvalid)
        #expect(state.invalidReportCount == 1)
        #expect(state.front().map(\.trial) == [1])
        #expect(
            StudyView(state).sentences(about: 2)?.last?.contains("not a finite number ranks last")
                == true)
    }

    @Test("other metrics are kept with the objectives")
    func otherMetrics() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try conductor.start()
        let exact = (1 << 53) + 1
        _ = try conductor.report(
            trial: 1,
            fields: ["epoch": 1, "error": 1, "count": .integer(exact), "loss": .real(.nan)])
        let metrics = conductor.state.trials[0].reports[0].metrics
        #expect(metrics.names == ["count", "error", "loss"])
        #expect(metrics["count"] == .integer(exact))
        #expect(metrics["epoch"] == nil)
        #expect(conductor.state.invalidReportCount == 0)
    }

    @Test("stop commits all that has arrived, decides nothing more, and ends what runs")
    func stop() throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: nil, slots: 3), journal: journal)
        _ = try conductor.start()
        _ = try conductor.report(trial: 2, fields: fields(1, 0.2))
        _ = try conductor.report(trial: 3, fields: fields(9, 0.1))
        let commands = try conductor.stop(.interrupt)
        #expect(
            commands == [.stop(trial: 1), .stop(trial: 2), .studyEnded(.interrupt)])
        let state = conductor.state
        #expect(state.trials.map(\.state) == [.stopped, .stopped, .completed])
        #expect(state.trials.map { $0.reports.count } == [0, 1, 1])
        #expect(state.trials.allSatisfy { $0.decisions.isEmpty })
        #expect(state.isInterrupted && state.endReason == .interrupt)
        #expect(state.front().map(\.trial) == [3])
        #expect(
            StudyView(state).sentences(about: 2)?.last
                == "it was stopped with the study, after epoch 1: it was interrupted")
        #expect(try conductor.stop(.timeOut) == [])
        #expect(try StudyState(events: journal.events).trials == state.trials)
    }

    @Test("stop before the start has no effect")
    func stopBeforeStart() throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(oneObjectiveStudy(), journal: journal)
        #expect(try conductor.stop(.interrupt) == [])
        #expect(journal.events.isEmpty)
        #expect(try conductor.start().count == 3)
    }

    @Test("a study stopped before its virtual end has, up to there, the events of the whole one")
    func stoppedPrefix() throws {
        for number in 0..<20 {
            let definition = try ScheduleFuzzTests.definition(number, kind: .allCases[number % 3])
            let whole = try ScheduleFuzzTests.run(definition, schedule: nil)
            let journal = RecordingJournal()
            let runner = ErraticRunner(
                seed: definition.seed, maxResource: definition.hyperband.maxResource)
            var simulation = try Simulation(definition, runner: runner, journal: journal)
            var random = TestRandom("stop", number)
            var steps = 5 + random.below(20)
            let state = try simulation.run { ready in
                steps -= 1
                return steps < 0 ? nil : ready.sorted()[random.below(ready.count)]
            }
            let prefix = journal.events.prefix { event in
                if case .interrupted = event { false } else { true }
            }
            #expect(whole.events.starts(with: prefix))
            #expect(state.reportCount == journal.arrivals().count)
            #expect(state.trials.allSatisfy { $0.state != .running })
        }
    }

    @Test(
        "a trial that a host ends while it waits does not pause", arguments: Hyperband.Kind.allCases
    )
    func endedWhileWaiting(kind: Hyperband.Kind) throws {
        var conductor = try Conductor(
            oneObjectiveStudy(kind: kind, trialLimit: 2, slots: 2), journal: RecordingJournal())
        _ = try conductor.start()
        #expect(try conductor.report(trial: 2, fields: fields(1, 0.1)).commands == [])
        #expect(try conductor.trialEnded(2, .failed("took too long")) == [])
        let commands = try conductor.trialEnded(1, .returned)
        #expect(commands.last == .studyEnded(.trialsDone))
        #expect(conductor.state.trials[1].state == .failed)
        #expect(conductor.state.trials[1].error == "took too long")
        #expect(conductor.state.trials[1].reports.count == 1)
    }

    @Test("a trial promoted where it stands continues without a pause; another is resumed")
    func promotionCommands() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(kind: .promotion, trialLimit: 4, slots: 1),
            journal: RecordingJournal())
        _ = try conductor.start()
        func report(_ trial: Int, _ error: Double) throws -> [Command] {
            try conductor.report(trial: trial, fields: fields(1, error)).commands
        }
        #expect(try report(1, 0.5).first == .pause(trial: 1))
        #expect(try report(2, 0.3).first == .pause(trial: 2))
        #expect(try report(3, 0.4) == [.pause(trial: 3), .continue(trial: 2)])
        #expect(try conductor.trialEnded(2, .returned).count == 1)
        #expect(try report(4, 0.1) == [.continue(trial: 4)])
    }

    @Test("the journal must be empty")
    func journalInUse() throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(oneObjectiveStudy(), journal: journal)
        _ = try conductor.start()
        #expect(throws: ConductorError.journalInUse) {
            try Conductor(oneObjectiveStudy(), journal: journal)
        }
    }

    @Test("a journal that fails ends the use of the conductor: nothing is answered")
    func failingJournal() throws {
        struct Full: Error {}
        struct FullJournal: Journal {
            var isDurableOnReturn: Bool { true }
            func save(_ checkpoint: Checkpoint) throws { throw Full() }
            func sync() throws { throw Full() }
            func checkpoint(of trial: Int) -> Checkpoint? { nil }
            func keep(_ artifact: Artifact) {}
            func drop(_ key: Artifact.Key) {}
            func artifact(_ key: Artifact.Key) -> Artifact? { nil }
            func artifactKeys() -> [Artifact.Key] { [] }
            func takeLease() -> Lease { Lease(number: 1) }
            func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
                throw Full()
            }
            func receive(_ arrival: ReceivedReport) throws -> Bool { throw Full() }
            func events(from first: Int) -> [Event] { [] }
            func arrivals(after count: Int) -> [ReceivedReport] { [] }
        }
        var conductor = try Conductor(oneObjectiveStudy(), journal: FullJournal())
        #expect(throws: Full.self) { try conductor.start() }
    }
}
