internal import Running

/// The native operations of a run's trials: in the pool, and on their way back.
struct TrialOperations {
    let pool: WorkerPool
    private var inFlight = 0
    /// By trial, what a trial waits for.
    private var awaited: [Int: Operation] = [:]

    init(_ pool: WorkerPool) { self.pool = pool }

    /// An operation has not come back yet.
    var isBusy: Bool { inFlight > 0 }

    /// The trials that wait for an operation, each with that.
    var waiting: [Int: Operation] { awaited }

    /// Hands the pool an operation that its trial will wait for.
    mutating func submit(_ operation: Operation) {
        awaited[operation.trial] = operation
        inFlight += 1
        pool.submit(operation)
    }

    /// Hands the pool work that no trial waits for, but the study.
    mutating func submit(deciding work: @escaping @Sendable () -> Void) {
        inFlight += 1
        pool.submit(Operation(deciding: work))
    }

    /// The next operation that has ended and that a trial still waits for.
    ///
    /// - Parameters:
    ///   - seconds: how long to wait for one; nil: as long as it takes. For the others that have
    ///     ended meanwhile, ask again with 0.
    ///   - waitsElsewhere: something else will wake the pool, so that there is something to wait for
    ///     without an operation.
    mutating func next(seconds: Double?, waitsElsewhere: Bool) -> Operation? {
        var seconds = seconds
        while inFlight > 0 || waitsElsewhere,
            let operation = pool.nextFinished(seconds: seconds)
        {
            inFlight -= 1
            seconds = 0
            guard awaited[operation.trial] === operation else { continue }
            awaited[operation.trial] = nil
            return operation
        }
        return nil
    }

    /// A trial waits for nothing any more.
    mutating func forget(_ trial: Int) { awaited[trial] = nil }
}
