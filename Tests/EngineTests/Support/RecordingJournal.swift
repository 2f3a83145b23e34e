import Engine
import Synchronization

/// Keeps events and arrivals, so that tests can look at them.
final class RecordingJournal: Journal {
    private let content = Mutex((events: [Event](), arrivals: [Arrival]()))

    var events: [Event] { content.withLock { $0.events } }

    var keepsAtOnce: Bool { true }

    func append(_ events: [Event]) { content.withLock { $0.events += events } }

    func receive(_ arrival: Arrival) -> Bool {
        content.withLock {
            $0.arrivals.append(arrival)
            return true
        }
    }

    func events(from first: Int) -> [Event] { Array(events.dropFirst(first)) }

    func arrivals() -> [Arrival] { content.withLock { $0.arrivals } }

    func save(_ checkpoint: Checkpoint) {}
    func checkpoint(of trial: Int) -> Checkpoint? { nil }
    func sync() {}

    func truncate(to count: Int) {
        content.withLock { $0.events.removeLast($0.events.count - count) }
    }
}
