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

    public init() {}

    public func append(_ events: [Event]) {
        content.withLock { $0.events += events }
    }

    @discardableResult
    public func receive(_ arrival: Arrival) -> Bool {
        content.withLock { content in
            let key = Key(trial: arrival.trial, resource: arrival.resource)
            guard content.received.insert(key).inserted else { return false }
            content.arrivals.append(arrival)
            return true
        }
    }

    public func events(from first: Int) -> [Event] {
        content.withLock { Array($0.events.dropFirst(max(0, first))) }
    }

    public func arrivals() -> [Arrival] { content.withLock { $0.arrivals } }
}
