public import Engine
internal import Platform

/// Runs the trials of a study, in whatever form: coroutines, functions, child processes, clients that
/// ask and tell, agents on other hosts.
///
/// A ``StudyLoop`` decides, an executor carries out. The loop hands it commands; the executor answers
/// with ``TrialMessage``s through the loop's queue (`loop.queue.post`, from any thread). One that runs
/// trials on the loop's own thread may hand a message over with `loop.take`, and has its answer when
/// that returns.
///
/// ```swift
/// let loop = StudyLoop(session, options: RunOptions(title: "digits"), observer: observer)
/// let reason = try loop.run(MyExecutor(loop))
/// ```
///
/// **Threads.** The loop calls an executor on one thread alone, the one that called `run`. An executor
/// whose trials run elsewhere only posts messages: it has no work of its own (`hasWork` is false,
/// `step` does nothing), is busy while a trial runs, and waits by waiting for the queue.
///
/// **A trial's life.** `start` begins it. After each report it waits, until `continue` lets it compute
/// again, or `stop` ends it; `pause` says that it has lost its slot, and `continue` that it has one
/// again. `complete` ends it for the study: what it does after its last report, to save a network, say,
/// is the executor's to see through. `retry` begins it again after a failure. What a trial sends after
/// its end changes nothing.
///
/// **What other executors make of that.** A program is a trial whose coroutine waits for lines. A client
/// that asks gets a trial that was started or continued and that no other client has; for one that
/// vanishes the executor sends `ended(.failed)`. An agent on another host gets commands as rows of a
/// table and answers with rows.
public protocol TrialExecutor: AnyObject {
    /// Makes durable what the loop has written. By default that is all there is to it.
    ///
    /// An executor whose commands are rows of the same database writes them in the same transaction.
    /// Called again after an error that passes, with the same commands.
    ///
    /// - Parameter commands: those that are carried out next.
    func sync(_ journal: any Journal, before commands: [Command]) throws

    /// Carries out a command. All that has led to it is durable.
    ///
    /// Returns soon: what takes time happens in `step`, or on other threads. A command for a trial that
    /// has ended does nothing. `decide` and `studyEnded` are not handed to executors.
    func carryOut(_ command: Command)

    /// Runs `work`, which works out a decision, on another thread than the loop's. It goes before all
    /// that trials compute: nothing is committed until it has ended. Returns at once.
    ///
    /// At most one is on its way at a time. After `cancel`, what has not begun need not run. By
    /// default it has a thread of its own.
    func decide(_ work: @escaping @Sendable () -> Void)

    /// Tells a trial that a message of its changes nothing because it is wrong. Its reporter raises the
    /// error; the trial runs on.
    func refuse(_ message: TrialMessage, because refusal: Refusal)

    /// Whether `step` would run a trial now.
    var hasWork: Bool { get }

    /// Does one piece of the trials' work that belongs on the loop's thread: a trial runs from one place
    /// where it waits to the next.
    ///
    /// - Returns: false where there was none to do.
    func step() -> Bool

    /// Whether messages may come, or work appear, without another command.
    var isBusy: Bool { get }

    /// Waits until `isBusy` has come to something, `loop.queue` has a message or is woken, or so many
    /// seconds have passed; nil: without limit.
    func wait(seconds: Double?)

    /// The study is ended from outside: work that has not begun is dropped, work that runs ends soon.
    func cancel()

    /// The loop has ended: ends all trials that are left, and whatever runs them.
    func close()
}

extension TrialExecutor {
    /// Makes durable what was written.
    public func sync(_ journal: any Journal, before commands: [Command]) throws {
        try journal.sync()
    }

    /// Runs it on a thread of its own.
    public func decide(_ work: @escaping @Sendable () -> Void) { SystemThread.start { work() } }
}
