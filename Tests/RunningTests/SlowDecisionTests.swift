import Engine
import EngineTesting
import Platform
import Running
import Storage
import Synchronization
import Testing

/// Decisions about free slots that take time: they are worked out beside the trials.
@Suite struct SlowDecisionTests {
    /// A condition that holds soon, or not at all.
    private static func holds(_ condition: () -> Bool) -> Bool {
        for _ in 0..<5_000 {
            if condition() { return true }
            usleep(1_000)
        }
        return false
    }

    private static func learning(_ trial: Int, _ epoch: Int) -> TrialMessage {
        .reported(trial: trial, fields: fields(epoch, error: Double(trial) + 1 / Double(epoch)))
    }

    /// The events of a study whose decisions and epochs take a while, on so many threads.
    private static func events(_ definition: StudyDefinition, workers: Int) throws -> [Event] {
        let journal = MemoryJournal()
        let pool = WorkerPool(workers: workers)
        let policy = DelayedPolicy(definition) { usleep(UInt32($0.trials.count % 5) * 200) }
        let loop = StudyLoop(
            try StudySession(new: definition, journal, policy: policy),
            options: RunOptions(title: "test"), observer: MessageLog(),
            queue: MessageQueue(alsoWake: pool.wake))
        let executor = PoolExecutor(loop, pool) { step in
            usleep(UInt32((step.trial * 7 + step.number * 3) % 11) * 50)
            return learning(step.trial, step.number)
        }
        #expect(try loop.run(executor) == .trialsDone)
        return journal.events(from: 0)
    }

    @Test(arguments: Hyperband.Kind.allCases)
    func theSearchIsTheSameOnAnyNumberOfThreads(kind: Hyperband.Kind) async throws {
        let definition = try study(kind: kind, trials: 24, slots: 6)
        let journal = MemoryJournal()
        let loop = StudyLoop(
            try StudySession(new: definition, journal), options: RunOptions(title: "test"),
            observer: MessageLog())
        let executor = ScriptedExecutor(loop) { trial, epoch in
            .report(fields(epoch, error: Double(trial) + 1 / Double(epoch)))
        }
        #expect(try loop.run(executor) == .trialsDone)
        let expected = journal.events(from: 0)
        for workers in [1, 8] {
            let events = await onThread { try? Self.events(definition, workers: workers) }
            #expect(events == expected, "\(workers) workers")
        }
    }

    /// Trial 1 ends at once. Until the decision about its slot is there, the others run to their ends.
    @Test(arguments: [false, true]) func theLoopTakesReportsMeanwhile(hasPool: Bool) throws {
        let definition = try study(gracePeriod: 9, trials: 4, slots: 3)
        let journal = MemoryJournal()
        let seen = Mutex<[Int]>([])
        let policy = DelayedPolicy(definition) { state in
            guard state.trials.count == 3 else { return }
            let reports = Self.holds { journal.arrivals().count == 19 } ? 19 : 0
            seen.withLock { $0 += [state.reportCount, reports] }
        }
        let pool = WorkerPool(workers: 2)
        let loop = StudyLoop(
            try StudySession(new: definition, journal, policy: policy),
            options: RunOptions(title: "test"), observer: MessageLog(),
            queue: MessageQueue(alsoWake: pool.wake))
        @Sendable func act(_ trial: Int, _ epoch: Int) -> TrialMessage {
            trial == 1 && epoch == 2 ? .ended(trial: 1, .returned) : Self.learning(trial, epoch)
        }
        let executor: any TrialExecutor =
            hasPool
            ? PoolExecutor(loop, pool) { act($0.trial, $0.number) }
            : ScriptedExecutor(loop) { trial, epoch in
                if case .reported(_, let fields, _) = act(trial, epoch) { return .report(fields) }
                return .end(.returned)
            }
        #expect(try loop.run(executor) == .trialsDone)
        // Committed was what came before the end of trial 1: the first report of each.
        #expect(seen.withLock { $0 } == [3, 19])
        #expect(loop.state.trials.map(\.resource) == [1, 9, 9, 9])
        #expect(!loop.isDeciding)
    }

    private final class SetClock: RunClock, Sendable {
        let time = Mutex(0.0)
        var seconds: Double { time.withLock { $0 } }
    }

    /// The study ends while trial 5 is being chosen. It continues as if it had not.
    @Test(arguments: [EndReason.interrupt, .timeOut], Hyperband.Kind.allCases)
    func aDecisionMayBeCutOff(reason: EndReason, kind: Hyperband.Kind) async throws {
        let definition = try study(kind: kind, trials: 12, slots: 2)
        let expected = await onThread { try? Self.events(definition, workers: 2) }
        let journal = MemoryJournal()
        let ended = await onThread {
            try? Self.cutOff(definition, journal, by: reason)
        }
        #expect(ended == reason)
        #expect(journal.events(from: 0).contains(.interrupted(reason)))
        let loop = StudyLoop(
            try StudySession(
                resuming: journal.beginning(), in: journal, with: definition, extending: false),
            options: RunOptions(title: "test"), observer: MessageLog())
        let executor = ScriptedExecutor(loop) { trial, epoch in
            .report(fields(epoch, error: Double(trial) + 1 / Double(epoch)))
        }
        #expect(try loop.run(executor) == .trialsDone)
        #expect(journal.events(from: 0).effective == expected)
    }

    private static func cutOff(
        _ definition: StudyDefinition, _ journal: MemoryJournal, by reason: EndReason
    ) throws -> EndReason? {
        let (clock, pool) = (SetClock(), WorkerPool(workers: 2))
        let isCutOff = Atomic(false)
        let queue = MessageQueue(alsoWake: pool.wake)
        // The queue is left with the answer, which holds the policy.
        let policy = DelayedPolicy(definition) { [weak queue] state in
            guard state.trials.count == 4 else { return }
            if reason == .timeOut { clock.time.withLock { $0 = 100 } }
            isCutOff.store(true, ordering: .releasing)
            queue?.wake()
            let hasEnded = holds {
                journal.events(from: 0).contains { if case .finished = $0 { true } else { false } }
            }
            #expect(hasEnded)
        }
        var options = RunOptions(title: "test")
        options.timeOut = reason == .timeOut ? 50 : nil
        options.isInterrupted = {
            reason == .interrupt && isCutOff.load(ordering: .acquiring)
        }
        let loop = StudyLoop(
            try StudySession(new: definition, journal, policy: policy), options: options,
            observer: MessageLog(), clock: clock, queue: queue)
        let ended = try loop.run(PoolExecutor(loop, pool) { learning($0.trial, $0.number) })
        #expect(loop.state.trials.count == 4)
        return ended
    }
}
