import Engine
import Running

/// Trials whose epochs are computed by the threads of a pool, as are decisions.
final class PoolExecutor: TrialExecutor {
    private let loop: StudyLoop
    private let pool: WorkerPool
    private let act: @Sendable (Step) -> TrialMessage
    private var steps: [Int: Step] = [:]
    private var inFlight = 0

    /// What a trial is to do.
    struct Step {
        let trial: Int
        let configuration: Configuration
        /// Which attempt it is in, and which of the attempt's steps this is, from 1.
        var attempt = 1
        var number = 0
    }

    /// - Parameter pool: what the loop's queue wakes.
    init(
        _ loop: StudyLoop, _ pool: WorkerPool,
        act: @escaping @Sendable (Step) -> TrialMessage
    ) {
        (self.loop, self.pool, self.act) = (loop, pool, act)
    }

    func carryOut(_ command: Command) {
        switch command {
        case .start(let trial, let configuration, _):
            steps[trial] = Step(trial: trial, configuration: configuration)
            compute(trial)
        case .retry(let trial):
            steps[trial]?.number = 0
            steps[trial]?.attempt += 1
            compute(trial)
        case .continue(let trial): compute(trial)
        case .stop, .complete, .pause, .decide, .studyEnded: break
        }
    }

    private func compute(_ trial: Int) {
        steps[trial]?.number += 1
        guard let step = steps[trial] else { return }
        submit(
            Operation(
                trial: trial, virtualTime: loop.virtualTime(of: trial) ?? 0, exclusivity: .shared
            ) { [queue = loop.queue, act] in queue.post(act(step)) })
    }

    func decide(_ work: @escaping @Sendable () -> Void) { submit(Operation(deciding: work)) }

    private func submit(_ operation: Operation) {
        inFlight += 1
        pool.submit(operation)
    }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {
        loop.queue.post(
            .ended(trial: message.trial, .failed(message: "\(refusal)", details: nil)))
    }

    var hasWork: Bool { false }
    func step() -> Bool { false }
    var isBusy: Bool { inFlight > 0 }

    func wait(seconds: Double?) {
        var seconds = seconds
        while inFlight > 0, pool.nextFinished(seconds: seconds) != nil {
            inFlight -= 1
            seconds = 0
        }
    }

    func cancel() { pool.dropWaiting() }
    func close() { pool.close() }
}
