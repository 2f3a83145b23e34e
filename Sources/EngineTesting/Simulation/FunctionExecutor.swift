public import Engine
public import Running

/// Runs trials that are functions, on the loop's own thread.
///
/// By default each step takes the time that its runner says, on a simulated clock, and steps come in
/// that order: nothing is waited for. A report that the study refuses fails its trial.
///
/// ```swift
/// let clock = SimulationClock()
/// let loop = StudyLoop(session, options: RunOptions(title: "test"), clock: clock)
/// let reason = try loop.run(FunctionExecutor(loop, runner: runner, clock: clock))
/// ```
public final class FunctionExecutor<Runner: TrialRunner>: TrialExecutor {
    private let loop: StudyLoop
    private var runner: Runner
    private let clock: SimulatedTime
    private let choose: ((Set<Int>) -> Int?)?
    /// Trials that may take a step now.
    private var ready: Set<Int> = []

    /// An executor for a loop's study.
    ///
    /// - Parameters:
    ///   - clock: the clock of `loop`.
    ///   - choose: which of the trials that are ready takes its step next, whatever the clock says; nil
    ///     stops the study.
    public init(
        _ loop: StudyLoop, runner: Runner, clock: SimulationClock,
        choosing choose: ((Set<Int>) -> Int?)? = nil
    ) {
        (self.loop, self.runner, self.clock) = (loop, runner, clock.time)
        self.choose = choose
    }

    /// Makes the trial ready for its next step, or ends it.
    public func carryOut(_ command: Command) {
        switch command {
        case .start(let trial, _, _), .continue(let trial), .retry(let trial): resume(trial)
        case .stop(let trial), .complete(let trial): ready.remove(trial)
        case .pause, .decide, .studyEnded: break
        }
    }

    private func resume(_ id: Int) {
        guard let trial = loop.state.trial(id), ready.insert(id).inserted, choose == nil else {
            return
        }
        clock.resume(id)
        clock.add(
            id,
            in: runner.seconds(
                trial: id, configuration: trial.configuration,
                after: loop.reportedResource(of: id)))
    }

    /// Fails the trial.
    public func refuse(_ message: TrialMessage, because refusal: Refusal) {
        loop.queue.post(
            .ended(trial: message.trial, .failed(message: "\(refusal)", details: nil)))
    }

    /// Whether a trial is ready.
    public var hasWork: Bool { !ready.isEmpty }

    /// Has one trial take a step. The clock moves on only where all that has led here is carried out.
    public func step() -> Bool {
        guard !ready.isEmpty, !loop.isDeciding else { return false }
        guard let choose else {
            guard loop.isSettled, let due = clock.next() else { return false }
            if ready.remove(due.trial) != nil { step(due.trial) }
            return true
        }
        guard let trial = choose(ready) else {
            loop.stop(.stopped)
            return true
        }
        if ready.remove(trial) != nil { step(trial) }
        return true
    }

    private func step(_ id: Int) {
        guard let trial = loop.state.trial(id) else { return }
        let step = runner.step(
            trial: id, configuration: trial.configuration, after: loop.reportedResource(of: id))
        switch step {
        case .report(let fields): loop.take(.reported(trial: id, fields: fields))
        case .ended(.returned): loop.take(.ended(trial: id, .returned))
        case .ended(.failed(let error)):
            loop.take(.ended(trial: id, .failed(message: error, details: nil)))
        }
    }

    /// Never: all work is done in `step`.
    public var isBusy: Bool { false }

    /// Waits for the queue.
    public func wait(seconds: Double?) { loop.queue.wait(seconds: seconds) }

    /// No trial takes a step any more.
    public func cancel() { ready = [] }

    /// No trial takes a step any more.
    public func close() { ready = [] }
}

/// The clock of a simulation: it stands at the time of the last step.
public final class SimulationClock: RunClock {
    let time = SimulatedTime()

    /// A clock at 0.
    public init() {}

    /// Seconds since the run began.
    public var seconds: Double { time.seconds }
}
