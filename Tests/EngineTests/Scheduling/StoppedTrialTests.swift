import Engine
import EngineTesting
import Results
import Testing

/// Trials that a user ends.
@Suite("Stopping one trial") struct StoppedTrialTests {
    private func fields(_ epoch: Int, _ error: Double) -> [Name: Value] {
        ["epoch": .integer(epoch), "error": .real(error)]
    }

    private func ends(of journal: RecordingJournal) -> [Event.End] {
        journal.events.compactMap { if case .ended(let end) = $0 { end } else { nil } }
    }

    @Test("a trial that runs ends at once, keeps what it has reported, and another gets its slot")
    func running() throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(oneObjectiveStudy(slots: 2), journal: journal)
        _ = try conductor.start()
        // Trial 1 has reported nothing, so this waits for its turn on the virtual clock.
        _ = try conductor.report(trial: 2, fields: fields(1, 0.5))
        let commands = try conductor.stopTrial(2)
        #expect(commands.first == .stop(trial: 2))
        #expect(commands.dropFirst().first?.trial == 3)
        let trial = try #require(conductor.state.trial(2))
        #expect(trial.state == .stopped && trial.outcome == .stopped)
        #expect(trial.reports.map(\.resource) == [1] && trial.decisions.isEmpty)
        #expect(ends(of: journal).map(\.trial) == [2])
        // Trial 1 goes on, and is recorded at the rung behind trial 2.
        let next = try conductor.report(trial: 1, fields: fields(1, 0.9))
        #expect(next.commands.contains(.stop(trial: 1)))
        #expect(conductor.state.trials[0].decisions.first?.standing.outOf == 2)
    }

    @Test("a trial that waits at a rung is not promoted any more")
    func paused() throws {
        let journal = RecordingJournal()
        var conductor = try Conductor(
            oneObjectiveStudy(kind: .promotion, trialLimit: 4, slots: 1), journal: journal)
        _ = try conductor.start()
        var stopped: [Command] = []
        for trial in 1...3 {
            _ = try conductor.report(trial: trial, fields: fields(1, Double(trial)))
            if trial == 1 { stopped = try conductor.stopTrial(1) }
        }
        #expect(stopped == [.stop(trial: 1)])
        // Of three, the best would be promoted.
        #expect(conductor.state.trials[0].promotions.isEmpty)
        #expect(conductor.state.trials.map(\.id) == [1, 2, 3, 4])
        #expect(try Replay(journal.events).disagreements == [])
    }

    @Test("what it has sent may have ended it already")
    func ended() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 2, slots: 2), journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.trialEnded(2, .failed("no"))
        #expect(try conductor.stopTrial(2) == [])
        #expect(conductor.state.trials[1].state == .failed)
        #expect(try conductor.stopTrial(2) == [])
        #expect(try conductor.stopTrial(7) == [])
    }

    @Test(
        "replay agrees with a study in which trials were stopped",
        arguments: Hyperband.Kind.allCases)
    func replay(kind: Hyperband.Kind) throws {
        let journal = RecordingJournal()
        let definition = try oneObjectiveStudy(kind: kind, trialLimit: 12, slots: 3)
        var conductor = try Conductor(definition, journal: journal)
        var due = try conductor.start()
        var epochs: [Int: Int] = [:]
        var stops = [2, 5, 1, 8]
        while conductor.state.endReason == nil, !due.isEmpty {
            let command = due.removeFirst()
            switch command {
            case .start(let trial, _, _), .continue(let trial):
                guard conductor.state.trial(trial)?.state == .running else { continue }
                let epoch = (epochs[trial] ?? 0) + 1
                epochs[trial] = epoch
                due += try conductor.report(
                    trial: trial, fields: fields(epoch, Double(trial % 5) + 1 / Double(epoch))
                ).commands
                if epoch == 2, let next = stops.popLast() { due += try conductor.stopTrial(next) }
            case .decide(let request): due += try conductor.decided(request.compute())
            case .retry, .pause, .stop, .complete, .studyEnded: break
            }
        }
        #expect(conductor.state.endReason != nil)
        let replay = try Replay(journal.events)
        #expect(replay.disagreements == [])
        #expect(!ends(of: journal).filter { $0.outcome == .stopped }.isEmpty)
    }

    @Test("a study that is resumed does not continue it")
    func resumed() throws {
        let journal = RecordingJournal()
        let definition = try oneObjectiveStudy(trialLimit: 3, slots: 2)
        var conductor = try Conductor(definition, journal: journal)
        _ = try conductor.start()
        _ = try conductor.report(trial: 2, fields: fields(2, 0.5))
        _ = try conductor.stopTrial(2)
        _ = try conductor.stop(.interrupt)
        var again = try Conductor(resuming: journal, with: definition)
        let commands = try again.start()
        #expect(again.state.trials[1].state == .stopped)
        #expect(commands.compactMap(\.trial).sorted() == [1, 3])
    }

    @Test("its end is written as one that earlier programs know")
    func format() throws {
        let end = Event.ended(.init(trial: 2, outcome: .stopped, time: 4))
        let line = EventLine(end).text
        #expect(line.contains(#""outcome":"interrupted""#))
        #expect(try EventLine.event(line) == end)
        #expect(end.trialDone == 2)
    }

    @Test("the explanation names who has stopped it")
    func explanation() throws {
        var conductor = try Conductor(
            oneObjectiveStudy(trialLimit: 1, slots: 1), journal: RecordingJournal())
        _ = try conductor.start()
        _ = try conductor.report(trial: 1, fields: fields(1, 0.5))
        _ = try conductor.stopTrial(1)
        let text = try #require(StudyView(conductor.state).explanation(of: 1))
        #expect(text.contains("it was stopped by a user, after epoch 1"))
    }
}
