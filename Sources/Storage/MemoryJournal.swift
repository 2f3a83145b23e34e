public import Engine
import Synchronization

/// A journal that lasts as long as the process.
///
/// - Complexity: all operations are O(what they are given or give back).
public final class MemoryJournal: Journal {
    private struct Content {
        var events: [Event] = []
        var arrivals: [ReceivedReport] = []
        var received: Set<ReportKey> = []
        var checkpoints: [Int: Checkpoint] = [:]
        /// What follows an interruption is dropped on resuming, so it makes no checkpoint useless.
        var isInterrupted = false

        mutating func append(_ event: Event) {
            events.append(event)
            if case .interrupted = event { isInterrupted = true }
            if let trial = event.trialDone, !isInterrupted { checkpoints[trial] = nil }
        }
    }

    private let content = Mutex(Content())

    /// An empty journal.
    public init() {}

    /// There is nothing to wait for: what is kept in memory is kept as well as it can be.
    public var isDurableOnReturn: Bool { true }

    /// Appends events. Amortised O(events). The checkpoints of trials that they end are dropped.
    public func append(_ events: [Event]) {
        content.withLock { content in
            for event in events { content.append(event) }
        }
    }

    /// Keeps a report; false when there was one of that trial and resource. O(1).
    @discardableResult
    public func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock { content in
            guard content.received.insert(ReportKey(arrival)).inserted else { return false }
            content.arrivals.append(arrival)
            return true
        }
    }

    /// Keeps a trial's checkpoint in place of the one before. O(1).
    public func save(_ checkpoint: Checkpoint) {
        content.withLock { $0.checkpoints[checkpoint.trial] = checkpoint }
    }

    public func sync() {}

    /// The events from number `first` on.
    public func events(from first: Int) -> [Event] {
        content.withLock { Array($0.events.dropFirst(max(0, first))) }
    }

    /// All reports, in the order they came.
    public func arrivals() -> [ReceivedReport] { content.withLock { $0.arrivals } }

    /// A trial's last checkpoint. O(1).
    public func checkpoint(of trial: Int) -> Checkpoint? {
        content.withLock { $0.checkpoints[trial] }
    }

    /// Drops all events but the first `count`.
    public func truncate(to count: Int) {
        content.withLock { content in
            content.events.removeLast(max(0, content.events.count - max(0, count)))
            content.isInterrupted = content.events.contains {
                if case .interrupted = $0 { true } else { false }
            }
        }
    }
}
