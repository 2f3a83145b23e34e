import Engine
import Running
import Storage
import Synchronization
import Testing

/// The loop of a run, with trials that are functions.
@Suite struct StudyLoopTests {
    private let log = MessageLog()

    private func loop(
        _ definition: StudyDefinition, in journal: any Journal = MemoryJournal(),
        options: RunOptions = RunOptions(title: "test"), clock: any RunClock = WallClock()
    ) throws -> StudyLoop {
        StudyLoop(
            try StudySession(new: definition, journal), options: options, observer: log,
            clock: clock)
    }

    private static func learning(_ trial: Int, _ epoch: Int) -> ScriptedExecutor.Action {
        .report(fields(epoch, error: Double(trial) + 1 / Double(epoch)))
    }

    @Test(arguments: [false, true], Hyperband.Kind.allCases)
    func aStudyRunsToItsEnd(usesQueue: Bool, kind: Hyperband.Kind) throws {
        let loop = try loop(study(kind: kind, trials: 12))
        let executor = ScriptedExecutor(loop, usesQueue: usesQueue, act: Self.learning)
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.trials.count == 12)
        #expect(loop.state.trials[0].state == .completed)
        #expect(executor.isClosed && !executor.isCancelled && log.hasEnded)
        let times = loop.reportTimes.byTrial
        #expect(times.mapValues(\.count).values.reduce(0, +) == loop.state.reportCount)
    }

    /// In virtual order the events do not depend on which trial is faster.
    @Test(arguments: 1...20, [false, true]) func theOrderOfCommitsIsThatOfTheClock(
        seed: Int, usesQueue: Bool
    ) throws {
        let events = try [0, seed].map { seed in
            let journal = MemoryJournal()
            let loop = try loop(study(kind: .promotion, trials: 12), in: journal)
            let executor = ScriptedExecutor(loop, usesQueue: usesQueue, act: Self.learning)
            var stream = RandomStream(seed: seed, purpose: "arrival", 0)
            executor.choose = { seed == 0 ? 0 : Int(stream.below(UInt64($0))) }
            #expect(try loop.run(executor) == .trialsDone)
            return journal.events(from: 0)
        }
        #expect(events[0] == events[1])
    }

    /// Trial 2 raises an error first, but later on the virtual clock: both are told, in its order.
    @Test func aFailureIsToldOnceItIsPartOfTheStudy() throws {
        let definition = try StudyDefinition(
            name: "test", seed: 1, space: study().space,
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, gracePeriod: 9), trialLimit: 2, slots: 2,
            endsOnFailure: true)
        let loop = try loop(definition)
        let executor = ScriptedExecutor(loop) { trial, epoch in
            epoch <= trial
                ? Self.learning(trial, epoch)
                : .end(.failed(message: "trial \(trial) broke", details: nil))
        }
        executor.choose = { $0 - 1 }
        #expect(try loop.run(executor) == .trialFailed)
        #expect(loop.state.trials.map(\.state) == [.failed, .failed])
        #expect(
            log.messages == [
                "trial 1 failed: trial 1 broke",
                "1 more trial failed as trial 1 did: trial 1 broke",
            ])
    }

    // MARK: - Group commit

    @Test(arguments: [false, true]) func nothingIsActedOnBeforeItIsDurable(usesQueue: Bool) throws {
        let journal = SlowJournal()
        let loop = try loop(study(trials: 30, slots: 6), in: journal)
        let executor = ScriptedExecutor(loop, usesQueue: usesQueue, act: Self.learning)
        executor.onCommand = { command in
            #expect(journal.counts.withLock { $0.unsynced } == 0, "\(command)")
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.reportCount > 30)
    }

    /// Six trials run where nothing is decided: their reports go together, as long as they come within
    /// 10 ms.
    @Test func reportsShareATransaction() throws {
        let journal = SlowJournal()
        let loop = try loop(study(gracePeriod: 9, trials: 6, slots: 6), in: journal)
        let executor = ScriptedExecutor(loop, act: Self.learning)
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.reportCount == 54)
        #expect(journal.counts.withLock { $0.syncs } < 54)
    }

    @Test func aJournalThatCannotSyncEndsTheRun() throws {
        let journal = SlowJournal()
        journal.counts.withLock { $0.syncsLeft = 3 }
        let loop = try loop(study(), in: journal)
        let executor = ScriptedExecutor(loop, act: Self.learning)
        var commands = 0
        executor.onCommand = { _ in commands += 1 }
        let error = #expect(throws: RunError.self) { _ = try loop.run(executor) }
        #expect(
            error.map { "\($0)" }
                == "study: the disk is full; what reporters have returned for is kept, "
                + "and --resume continues it")
        #expect(executor.isClosed && log.hasEnded)
        #expect(journal.counts.withLock { $0.unsynced } > 0 && commands > 0)
    }

    @Test(arguments: [false, true]) func aJournalThatTakesNoReportEndsTheRun(usesQueue: Bool) throws
    {
        let journal = SlowJournal()
        journal.counts.withLock { $0.acceptsReports = false }
        let loop = try loop(study(), in: journal)
        let executor = ScriptedExecutor(loop, usesQueue: usesQueue, act: Self.learning)
        #expect(throws: RunError.self) { _ = try loop.run(executor) }
        #expect(loop.state.reportCount == 0 && executor.isClosed)
    }

    // MARK: - Ends from outside

    @Test func anInterruptEndsTheStudyWithWhatHasArrived() throws {
        var reports = 0
        var options = RunOptions(title: "test")
        options.isInterrupted = { reports >= 5 }
        let loop = try loop(study(), options: options)
        let executor = ScriptedExecutor(loop) { trial, epoch in
            reports += 1
            return Self.learning(trial, epoch)
        }
        #expect(try loop.run(executor) == .interrupt)
        #expect(loop.state.reportCount == 5 && loop.state.isInterrupted)
        #expect(loop.state.trials.allSatisfy { $0.state != .running })
        #expect(executor.isCancelled && executor.isClosed)
    }

    private final class SetClock: RunClock {
        var seconds = 0.0
    }

    /// A report that comes when the time is up is not taken.
    @Test func aTimeOutComesBeforeWhatArrivesThen() throws {
        let clock = SetClock()
        var options = RunOptions(title: "test")
        options.timeOut = 4
        let loop = try loop(study(slots: 1), options: options, clock: clock)
        let executor = ScriptedExecutor(loop, usesQueue: true) { trial, epoch in
            clock.seconds += 1
            return Self.learning(trial, epoch)
        }
        #expect(try loop.run(executor) == .timeOut)
        #expect(loop.state.reportCount == 3 && executor.isCancelled)
        #expect(loop.seconds == 4)
    }

    @Test func aStudyOfTrialsThatHangIsLeft() throws {
        let loop = try loop(study())
        let executor = ScriptedExecutor(loop) { _, _ in .hang }
        #expect(try loop.run(executor) == nil)
        #expect(loop.state.endReason == nil && executor.isClosed)
    }

    // MARK: - Trials

    @Test func aRefusedReportLeavesItsTrialRunning() throws {
        let loop = try loop(study(trials: 1, slots: 1))
        var calls = 0
        let executor = ScriptedExecutor(loop) { _, epoch in
            calls += 1
            return calls == 1
                ? .report(["epoch": .integer(1), "eror": .real(1)])
                : .report(fields(calls - 1, error: 1))
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(
            executor.refusals == ["error: expected a number, got nothing (trial 1); is eror meant?"]
        )
        #expect(loop.state.trials[0].reports.count == 9)
    }

    @Test func aFailureIsToldOnceAndTriedAgain() throws {
        let loop = try loop(study(trials: 3, slots: 3, retries: 1))
        let executor = ScriptedExecutor(loop) { trial, _ in
            .end(.failed(message: "trial \(trial) has no data, got \(trial)", details: "line 3"))
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.trials.allSatisfy { $0.state == .failed && $0.failures.count == 1 })
        #expect(loop.state.trials[2].error == "trial 3 has no data, got 3\nline 3")
        #expect(
            log.messages == [
                "trial 1 raised trial 1 has no data, got 1; tried again (1 of 1)",
                "trial 2 raised trial 2 has no data, got 2; tried again (1 of 1)",
                "trial 3 raised trial 3 has no data, got 3; tried again (1 of 1)",
                "trial 1 failed: trial 1 has no data, got 1",
                "2 more trials failed as trial 1 did: trial 1 has no data, got 1",
            ])
    }

    /// A client may vanish while its trial is paused: the slot the trial gets later is free for others.
    @Test func aTrialThatEndsWhilePausedFailsWhenItContinues() throws {
        let loop = try loop(study(kind: .promotion, trials: 4, slots: 1))
        let executor = ScriptedExecutor(loop, act: Self.learning)
        executor.onCommand = { command in
            guard case .pause(let trial) = command, trial == 1 else { return }
            loop.take(.ended(trial: trial, .failed(message: "gone", details: nil)))
            #expect(loop.state.trials[0].state == .paused)
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.trials[0].error == "gone")
        #expect(loop.state.trials.allSatisfy { $0.state != .running })
    }

    @Test func aCheckpointBelongsToTheLastReport() throws {
        let loop = try loop(study(trials: 1, slots: 1))
        let executor = ScriptedExecutor(loop) { trial, epoch in
            if epoch == 4 { loop.take(.checkpoint(trial: trial, content: [1, 2])) }
            if epoch == 5 {
                let checkpoint = try? loop.checkpoint(of: trial)
                #expect(checkpoint?.resource == 3 && checkpoint?.content == [1, 2])
            }
            return Self.learning(trial, epoch)
        }
        #expect(try loop.run(executor) == .trialsDone)
    }

    /// What is posted by another thread ends a wait of the loop's.
    @Test func messagesComeFromAnyThread() async throws {
        let definition = try study(trials: 4, slots: 2)
        let ends = await onThread { () -> [TrialState] in
            do {
                let loop = StudyLoop(
                    try StudySession(new: definition, MemoryJournal()),
                    options: RunOptions(title: "test"), observer: MessageLog())
                _ = try loop.run(ThreadExecutor(loop))
                return loop.state.trials.map(\.state)
            } catch { return [] }
        }
        #expect(ends.count == 4 && ends[0] == .completed)
        #expect(!ends.contains(.running))
    }

    /// A checkpoint that were durable before the report of its epoch would let a trial that is resumed
    /// skip that report.
    @Test func aCheckpointIsStoredWithTheNextReport() throws {
        let journal = MemoryJournal()
        let loop = try loop(study(kind: .promotion, trials: 4), in: journal)
        let executor = ScriptedExecutor(loop) { trial, epoch in
            let stored = journal.checkpoint(of: trial)
            let last = journal.arrivals().last { $0.trial == trial }
            #expect(stored?.content == (epoch > 1 ? [UInt8(epoch - 1)] : nil))
            #expect(stored?.resource ?? 0 <= last?.resource ?? 0)
            // Before the report of its epoch.
            loop.take(.checkpoint(trial: trial, content: [UInt8(epoch)]))
            #expect(journal.checkpoint(of: trial) == stored)
            #expect((try? loop.checkpoint(of: trial)?.content) == [UInt8(epoch)])
            return Self.learning(trial, epoch)
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(loop.state.reportCount > 3)
    }
}
