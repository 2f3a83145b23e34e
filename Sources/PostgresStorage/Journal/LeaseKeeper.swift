internal import Platform

/// Renews a study's lease while nothing is written, on a thread and a connection of its own.
///
/// It ends with the object. It also ends when another process has taken the lease over, which the next
/// transaction that writes finds out by itself.
final class LeaseKeeper: Sendable {
    /// Seconds between two renewals.
    private static let interval = 1.0

    /// What the thread is to do.
    private enum Task {
        /// Nothing yet.
        case wait
        /// Renew the lease of that epoch.
        case renew(epoch: Int)
        case end
    }
    private let task = Monitor(Task.wait)

    /// Keeps a study's lease from `keep(epoch:)` on.
    init(_ address: ServerAddress, study: Int) {
        SystemThread.start(stackSize: 1 << 20) { [task] in
            var session = ServerSession(address)
            while let epoch = Self.next(task) {
                let isOurs = try? session.use {
                    try StudyLease.renew(study: study, epoch: epoch, on: $0)
                }
                guard isOurs == false else { continue }
                task.change { if case .renew(epoch: epoch) = $0 { $0 = .wait } }
            }
        }
    }

    deinit { end() }

    /// Keeps the lease of that epoch, which has just been taken.
    func keep(epoch: Int) { task.change { $0 = .renew(epoch: epoch) } }

    /// Ends the thread, at the latest after its present renewal.
    func end() { task.change { $0 = .end } }

    /// The epoch to renew now; nil where the thread is to end.
    private static func next(_ task: Monitor<Task>) -> Int? {
        let isAtEnd: Void? = task.wait(seconds: interval) { task -> Void? in
            guard case .end = task else { return nil }
            return ()
        }
        guard isAtEnd == nil else { return nil }
        let epoch = task.wait { task -> Int?? in
            switch task {
            case .wait: nil
            case .renew(let epoch): .some(epoch)
            case .end: .some(nil)
            }
        }
        return epoch ?? nil
    }
}
