public import Engine
package import Platform

/// Runs one study: takes what trials send, lets the conductor decide, makes it durable, and only then
/// has an executor carry out what was decided.
///
/// ```swift
/// let loop = StudyLoop(session, options: RunOptions(title: "digits"), observer: observer)
/// let reason = try loop.run(executor)        // a TrialExecutor, made with `loop`
/// print(loop.state.front())
/// ```
///
/// **Order.** Nothing is acted on that a crash could undo: commands wait until the journal has synced
/// what led to them. Those that only let a trial compute on share one sync, for at most 10 ms.
///
/// **Threads.** The loop belongs to the thread that calls `run`. `queue` may be used from any. A decision
/// about a free slot that takes time is worked out where the executor computes, from a copy of the
/// study; meanwhile the loop takes messages, and commits nothing until the answer is in the queue.
///
/// **Errors.** A `Refusal` concerns one message and goes to the executor. A `RunError` ends the run;
/// what was acted on before is durable.
public final class StudyLoop {
    var conductor: Conductor
    let session: StudySession
    let options: RunOptions
    let clock: any RunClock
    /// Where executors put messages of trials.
    public let queue: MessageQueue
    let commit = GroupCommit()
    var counts: RunCounts
    var log: RunLog
    /// By trial, checkpoints that wait for the trial's next report: were one durable before it, a
    /// trial that is resumed would skip that report.
    var heldCheckpoints: [Int: Checkpoint] = [:]
    /// What reports keep.
    var artifacts: KeptArtifacts
    /// By trial, checkpoints of an attempt that failed, until its retry is in the history.
    var failedCheckpoints: [Int: Checkpoint] = [:]
    /// How trials ended while they were paused: that counts once they have a slot again.
    var endings: [Int: TrialEnding] = [:]
    /// The messages of trials whose failures are not committed yet: should the study end before they
    /// are, those trials are stopped.
    var failures: [Int: String] = [:]
    /// A decision about a free slot is being worked out: the virtual clock stands still.
    public internal(set) var isDeciding = false
    /// Why the study has ended; nil as long as it runs.
    var reason: EndReason?
    /// Pays for the reports, of which a trial may make any number.
    package let charge = MemoryCharge()
    var executor: (any TrialExecutor)?
    /// Answers the next request of a user who intervenes, false where there is none; nil where no one
    /// can. Called on the loop's thread between messages.
    package var answerNextRequest: ((StudyLoop) -> Bool)?

    /// A loop that has not begun.
    ///
    /// - Parameters:
    ///   - clock: what reports and limits take the time from.
    ///   - queue: where messages come from other threads.
    ///   - onEvent: called with every event, and with the study that it has led to.
    public init(
        _ session: StudySession, options: RunOptions, observer: any RunObserver = SilentObserver(),
        clock: any RunClock = WallClock(), queue: MessageQueue = MessageQueue(),
        onEvent: ((Event, StudyState) -> Void)? = nil
    ) {
        (self.session, self.options, self.clock) = (session, options, clock)
        self.queue = queue
        conductor = session.conductor
        conductor.onEvent = onEvent
        counts = RunCounts(session.arrivals)
        log = RunLog(observer, title: options.title)
        artifacts = KeptArtifacts(session.journal, rule: options.keeps)
    }

    var journal: any Journal { session.journal }

    /// Where the study is kept; nil for one in memory.
    package var place: String? { session.place }

    /// Whether the study had begun before this run.
    package var isResumed: Bool { session.isResumed }

    /// The study up to the last committed event.
    public var state: StudyState { conductor.state }

    /// Seconds that the study has run, what it ran before it was resumed among them.
    public var seconds: Double { counts.earlier + clock.seconds }

    /// When each trial's reports came.
    package var reportTimes: ReportTimes { counts.times }

    /// Whether all that follows from the messages so far is carried out: no command waits for the
    /// journal, and no decision is being worked out. A simulated clock stands still until then.
    public var isSettled: Bool { !isDeciding && !commit.isDue }

    /// The resource that a trial in a slot has last reported in its present attempt; 0 before its first
    /// report, and for any other trial.
    public func reportedResource(of trial: Int) -> Resource {
        conductor.reportedResource(of: trial)
    }

    /// The virtual time that a trial in a slot has reached; nil for any other. What is lowest is wanted
    /// first, since the other trials' reports wait for it.
    public func virtualTime(of trial: Int) -> Int? { conductor.virtualTime(of: trial) }

    /// The last checkpoint of a trial; nil when it has none.
    ///
    /// - Throws: `RunError`.
    public func checkpoint(of trial: Int) throws -> Checkpoint? {
        if let held = heldCheckpoints[trial] ?? failedCheckpoints[trial] { return held }
        do { return try journal.checkpoint(of: trial) } catch { throw RunError.journal(error) }
    }

    /// Whether a report of these fields may keep something: one that cannot be on the front need not.
    package func mayKeep(_ fields: [Name: Value]) -> Bool { artifacts.mayKeep(fields, in: state) }

    /// What reports keep in a study that is kept in memory alone, each with what pays for it.
    package var artifactsInMemory: [Artifact.Key: (artifact: Artifact, charge: MemoryCharge?)] {
        artifacts.inMemory
    }

    var progress: RunProgress {
        RunProgress(
            state, at: session.place, counts: counts, options: options, elapsed: seconds)
    }
}

// MARK: - The loop

extension StudyLoop {
    /// Runs the study to its end.
    ///
    /// - Returns: why it has ended; nil when no trial can do anything any more and it has not.
    /// - Throws: `RunError` when it could not be stored.
    public func run(_ executor: any TrialExecutor) throws -> EndReason? {
        var hasFinished = false
        defer { if !hasFinished { end() } }
        try begin(executor)
        try turn()
        hasFinished = true
        return try finish()
    }

    /// Begins a run that the caller turns itself.
    ///
    /// - Throws: `RunError`.
    package func begin(_ executor: any TrialExecutor) throws {
        self.executor = executor
        log.observer.began(progress)
        do {
            try artifacts.begin()
            commit.add(try conductor.start())
            try trimArtifacts()
        } catch { throw RunError.journal(error) }
    }

    /// Ends a run that was begun: closes the executor and the journal.
    ///
    /// - Returns: why the study has ended; nil when it has not.
    /// - Throws: `RunError` when it could not be stored.
    package func finish() throws -> EndReason? {
        defer { end() }
        flush()
        try commit.rethrow()
        if let place = session.place, [.interrupt, .timeOut, .stopped].contains(reason) {
            log.observer.log(
                .notice, "kept in \(place): \(options.commandToResume) continues it")
        }
        return reason
    }

    private func end() {
        log.observer.ended(progress)
        tellFailures()
        log.summarize(state)
        executor?.close()
        executor = nil
        // No report is lost by an error now: all of them are durable.
        do { try session.close() } catch { log.observer.log(.warning, "study: \(error)") }
    }

    /// Turns the loop until the study has ended, or no trial can do anything any more.
    ///
    /// - Throws: `RunError`.
    package func turn() throws {
        guard let executor else { return }
        while true {
            try commit.rethrow()
            if commit.isUrgent { flush() }
            if reason != nil { return }
            if commit.isUrgent || commit.failure != nil || endIfAsked() { continue }
            if takeMessages() || answerNextRequest?(self) == true { continue }
            if commit.isReady {
                flush()
            } else if executor.step() {
                continue
            } else if commit.isDue {
                flush()
            } else if executor.isBusy {
                log.observer.waiting { progress }
                executor.wait(seconds: waitingTime)
            } else if isDeciding {
                log.observer.waiting { progress }
                queue.wait(seconds: waitingTime)
            } else {
                return
            }
        }
    }

    /// Ends the study before its end.
    public func stop(_ reason: EndReason) {
        executor?.cancel()
        do { commit.add(try conductor.stop(reason)) } catch { commit.failure = .journal(error) }
    }

    /// Ends one trial that runs or waits at a rung, from outside. What it has reported is kept.
    public func stopTrial(_ trial: Int) {
        guard commit.failure == nil else { return }
        endings[trial] = nil
        do {
            commit.add(try conductor.stopTrial(trial))
            try keepRetriedCheckpoints()
            try trimArtifacts()
        } catch { commit.failure = .journal(error) }
        tellFailures()
    }

    /// Ends the study where the user has asked for it, or its time is up.
    private func endIfAsked() -> Bool {
        if options.isInterrupted() {
            stop(.interrupt)
        } else if let timeOut = options.timeOut, clock.seconds >= timeOut {
            stop(.timeOut)
        } else {
            return false
        }
        return true
    }

    /// A century, in seconds: what a thread can wait has an end.
    private static let longestWait = 3.2e9

    /// How long to wait for trials before looking at the clock again.
    private var waitingTime: Double? {
        let rest = options.timeOut.map { min(max(0, $0 - clock.seconds), Self.longestWait) }
        return [rest, log.observer.interval].compactMap { $0 }.min()
    }

    /// The script ends the process: what is written is made durable now.
    package func syncAtExit() {
        do { try journal.sync() } catch { log.observer.log(.warning, "study: \(error)") }
    }
}
