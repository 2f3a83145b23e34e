internal import Engine
internal import Running

/// Stands between a loop and an executor, and notes what passes.
final class WatchedExecutor: TrialExecutor {
    private let executor: any TrialExecutor
    private(set) var refusals: [String] = []
    private(set) var isClosed = false

    init(_ executor: any TrialExecutor) { self.executor = executor }

    func carryOut(_ command: Command) { executor.carryOut(command) }
    func decide(_ work: @escaping @Sendable () -> Void) { executor.decide(work) }

    func refuse(_ message: TrialMessage, because refusal: Refusal) {
        refusals.append("\(refusal)")
        executor.refuse(message, because: refusal)
    }

    var hasWork: Bool { executor.hasWork }
    func step() -> Bool { executor.step() }
    var isBusy: Bool { executor.isBusy }
    func wait(seconds: Double?) { executor.wait(seconds: seconds) }
    func cancel() { executor.cancel() }

    func close() {
        isClosed = true
        executor.close()
    }
}
