internal import Synchronization

/// A native operation of a trial's: work for another thread, whose result the trial waits for.
package final class Operation: Sendable {
    /// Whether others may compute meanwhile.
    package enum Exclusivity: Sendable {
        case shared
        /// Alone on the machine, as far as this program goes: for measuring times.
        case alone
    }

    /// What decides who goes first: the trial that is furthest behind on the virtual clock, so that
    /// the others wait least for its reports.
    struct Priority: Comparable, Sendable {
        let virtualTime: Int
        let trial: Int

        static func < (a: Priority, b: Priority) -> Bool {
            (a.virtualTime, a.trial) < (b.virtualTime, b.trial)
        }
    }

    let trial: Int
    let priority: Priority
    package let company: Exclusivity
    private let body: @Sendable () throws -> any Sendable
    private let outcome = Mutex<Result<any Sendable, any Error>?>(nil)
    private let span = Mutex<(start: ContinuousClock.Instant?, end: ContinuousClock.Instant?)>(
        (nil, nil))

    package init(
        trial: Int, virtualTime: Int, company: Exclusivity,
        body: @escaping @Sendable () throws -> any Sendable
    ) {
        self.trial = trial
        priority = Priority(virtualTime: virtualTime, trial: trial)
        self.company = company
        self.body = body
    }

    func run() {
        span.withLock { $0.start = .now }
        let result = Result { try body() }
        span.withLock { $0.end = .now }
        outcome.withLock { $0 = result }
    }

    /// How long it has run, or ran; nothing while it waits for a thread.
    var duration: Duration {
        let (start, end) = span.withLock { $0 }
        return start?.duration(to: end ?? .now) ?? .zero
    }

    /// The result, once the pool has handed the operation back.
    func result() throws -> any Sendable { try outcome.withLock { $0! }.get() }
}
