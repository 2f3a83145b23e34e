internal import Synchronization

/// A native operation of a trial's: work for another thread, whose result the trial waits for.
package final class Operation: Sendable {
    /// Whether others may compute meanwhile.
    package enum Exclusivity: Sendable {
        /// They may.
        case shared
        /// Alone on the machine, as far as this program goes: for measuring times.
        case alone
    }

    /// What decides who goes first: the trial that is furthest behind on the virtual clock, so that
    /// the others wait least for its reports.
    struct Priority: Comparable, Sendable {
        let virtualTime: Int
        let trial: Int

        /// Before all trials.
        static let first = Priority(virtualTime: .min, trial: 0)

        static func < (a: Priority, b: Priority) -> Bool {
            (a.virtualTime, a.trial) < (b.virtualTime, b.trial)
        }
    }

    /// The trial that waits for it; 0 where none does.
    package let trial: Int
    let priority: Priority
    /// Whether others may compute meanwhile.
    package let exclusivity: Exclusivity
    private let body: @Sendable () throws -> any Sendable
    private let outcome = Mutex<Result<any Sendable, any Error>?>(nil)
    private let span = Mutex<(start: ContinuousClock.Instant?, end: ContinuousClock.Instant?)>(
        (nil, nil))

    /// An operation that waits for a thread.
    ///
    /// - Parameters:
    ///   - trial: the trial that waits for it; 0 where none does.
    ///   - virtualTime: what that trial has reached on the virtual clock.
    ///   - body: the work, for any thread.
    package init(
        trial: Int, virtualTime: Int, exclusivity: Exclusivity,
        body: @escaping @Sendable () throws -> any Sendable
    ) {
        self.trial = trial
        priority = Priority(virtualTime: virtualTime, trial: trial)
        self.exclusivity = exclusivity
        self.body = body
    }

    /// Work on a decision, for which all trials that have come to a rung wait: it goes first.
    package init(deciding work: @escaping @Sendable () -> Void) {
        (trial, priority, exclusivity, body) = (0, .first, .shared, work)
    }

    func run() {
        span.withLock { $0.start = .now }
        let result = Result { try body() }
        span.withLock { $0.end = .now }
        outcome.withLock { $0 = result }
    }

    /// How long it has run, or ran; nothing while it waits for a thread.
    package var duration: Duration {
        let (start, end) = span.withLock { $0 }
        return start?.duration(to: end ?? .now) ?? .zero
    }

    /// The result, once the pool has handed the operation back.
    package func result() throws -> any Sendable { try outcome.withLock { $0! }.get() }
}
