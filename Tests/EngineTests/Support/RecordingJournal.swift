import Engine
import Synchronization

/// Keeps events and arrivals, so that tests can look at them.
final class RecordingJournal: Journal {
    private let content = Mutex((events: [Event](), arrivals: [ReceivedReport](), leases: 0))

    var events: [Event] { content.withLock { $0.events } }
    /// Those that no resumption has superseded.
    var effective: [Event] { events.effective }

    var isDurableOnReturn: Bool { true }

    /// Appends as if by a decider that has just taken over.
    func append(_ events: [Event]) { content.withLock { $0.events += events } }

    func takeLease() -> Lease {
        content.withLock {
            $0.leases += 1
            return Lease(number: $0.leases)
        }
    }

    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock {
            try JournalError.check(
                position: position, count: $0.events.count, lease: lease,
                held: Lease(number: $0.leases))
            $0.events += events
        }
    }

    func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock {
            $0.arrivals.append(arrival)
            return true
        }
    }

    func events(from first: Int) -> [Event] { Array(events.dropFirst(first)) }

    func arrivals(after count: Int) -> [ReceivedReport] {
        content.withLock { Array($0.arrivals.dropFirst(count)) }
    }

    func arrivals() -> [ReceivedReport] { arrivals(after: 0) }

    func save(_ checkpoint: Checkpoint) {}
    func checkpoint(of trial: Int) -> Checkpoint? { nil }
    func keep(_ artifact: Artifact) {}
    func drop(_ key: Artifact.Key) {}
    func artifact(_ key: Artifact.Key) -> Artifact? { nil }
    func artifactKeys() -> [Artifact.Key] { [] }
    func sync() {}
}
