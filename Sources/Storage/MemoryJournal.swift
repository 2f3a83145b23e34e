public import Engine
import Synchronization

/// A journal that lasts as long as the process.
///
/// - Complexity: all operations are O(what they are given or give back).
public final class MemoryJournal: Journal {
    private struct Key: Hashable {
        let trial: Int
        let resource: Int
    }

    private struct Content {
        var events: [Event] = []
        var arrivals: [Arrival] = []
        var received: Set<Key> = []
        var checkpoints: [Int: Checkpoint] = [:]
    }

    private let content = Mutex(Content())

    /// An empty journal.
    public init() {}

    /// There is nothing to wait for: what is kept in memory is kept as well as it can be.
    public var keepsAtOnce: Bool { true }

    /// Appends events. Amortised O(events).
    public func append(_ events: [Event]) {
        content.withLock { $0.events += events }
    }

    /// Keeps a report; false when there was one of that trial and resource. O(1).
    @discardableResult
    public func receive(_ arrival: Arrival) -> Bool {
        content.withLock { content in
            let key = Key(trial: arrival.trial, resource: arrival.resource)
            guard content.received.insert(key).inserted else { return false }
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
    public func arrivals() -> [Arrival] { content.withLock { $0.arrivals } }

    /// A trial's last checkpoint. O(1).
    public func checkpoint(of trial: Int) -> Checkpoint? {
        content.withLock { $0.checkpoints[trial] }
    }

    /// Drops all events but the first `count`.
    public func truncate(to count: Int) {
        content.withLock { $0.events.removeLast(max(0, $0.events.count - count)) }
    }
}
