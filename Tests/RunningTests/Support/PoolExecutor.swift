import Engine
import Running

/// Trials whose epochs are computed by the threads of a pool, as are decisions.
final class PoolExecutor: TrialExecutor {
    private let loop: StudyLoop
    private let pool: WorkerPool
    private let act: @Sendable (_ trial: Int, _ epoch: Int) -> TrialMessage
    private var epochs: [Int: Int] = [:]
    private var inFlight = 0
    /// How many threads compute while the study runs.
    var workers: Int { pool.workers }

    /// - Parameter pool: what the loop's queue wakes.
    init(
        _ loop: StudyLoop, _ pool: WorkerPool,
        act: @escaping @Sendable (_ trial: Int, _ epoch: Int) -> TrialMessage
    ) {
        (self.loop, self.pool, self.act) = (loop, pool, act)
    }

    func carryOut(_ command: Command) {
        switch command {
        case .start(let trial, _, _), .retry(let trial):
            epochs[trial] = 0
            compute(trial)
        case .continue(let trial): compute(trial)
        case .stop, .complete, .pause, .decide, .studyEnded: break
        }
    }

    private func compute(_ trial: Int) {
        let epoch = epochs[trial, default: 0] + 1
        epochs[trial] = epoch
        submit(
            Operation(
                trial: trial, virtualTime: loop.virtualTime(of: trial) ?? 0, exclusivity: .shared
            ) { [queue = loop.queue, act] in queue.post(act(trial, epoch)) })
    }

    func decide(_ work: @escaping @Sendable () -> Void) { submit(Operation(deciding: work)) }

    private func submit(_ operation: Operation) {
        inFlight += 1
        pool.submit(operation)
    }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {}
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
