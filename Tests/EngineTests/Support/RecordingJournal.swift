import Engine
import Synchronization

/// Keeps events and arrivals, so that tests can look at them.
final class RecordingJournal: Journal {
    private let content = Mutex((events: [Event](), arrivals: [ReceivedReport]()))

    var events: [Event] { content.withLock { $0.events } }

    var isDurableOnReturn: Bool { true }

    func append(_ events: [Event]) { content.withLock { $0.events += events } }

    func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock {
            $0.arrivals.append(arrival)
            return true
        }
    }

    func events(from first: Int) -> [Event] { Array(events.dropFirst(first)) }

    func arrivals() -> [ReceivedReport] { content.withLock { $0.arrivals } }

    func save(_ checkpoint: Checkpoint) {}
    func checkpoint(of trial: Int) -> Checkpoint? { nil }
    func sync() {}

    func truncate(to count: Int) {
        content.withLock { $0.events.removeLast($0.events.count - count) }
    }
}
