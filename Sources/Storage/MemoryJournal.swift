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
    }

    private let content = Mutex(Content())

    /// An empty journal.
    public init() {}

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

    /// The events from number `first` on.
    public func events(from first: Int) -> [Event] {
        content.withLock { Array($0.events.dropFirst(max(0, first))) }
    }

    /// All reports, in the order they came.
    public func arrivals() -> [Arrival] { content.withLock { $0.arrivals } }
}
