internal import Engine
internal import Synchronization

/// A journal in memory that can start from a part of what another has kept.
final class RecordedJournal: Journal {
    private struct Content {
        var events: [Event] = []
        var arrivals: [ReceivedReport] = []
        var received: Set<ReceivedReport.Key> = []
        var checkpoints: [Int: Checkpoint] = [:]
        var leases = 0
    }
    private let content = Mutex(Content())

    init() {}

    /// The first events of a study, with the reports that had come by then, in the order they came.
    init(events: [Event], arrivals: [ReceivedReport]) {
        content.withLock { content in
            content.events = events
            content.arrivals = arrivals
            content.received = Set(arrivals.map(\.key))
        }
    }

    var events: [Event] { events(from: 0) }
    var isDurableOnReturn: Bool { true }

    func takeLease() -> Lease {
        content.withLock { content in
            content.leases += 1
            return Lease(number: content.leases)
        }
    }

    func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { content in
            try JournalError.check(
                position: position, count: content.events.count, lease: lease,
                held: Lease(number: content.leases))
            content.events += events
        }
    }

    func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock { content in
            guard content.received.insert(arrival.key).inserted else { return false }
            content.arrivals.append(arrival)
            return true
        }
    }

    func save(_ checkpoint: Checkpoint) {
        content.withLock { $0.checkpoints[checkpoint.trial] = checkpoint }
    }

    func sync() {}
    func events(from first: Int) -> [Event] {
        content.withLock { Array($0.events.dropFirst(first)) }
    }
    func arrivals(after count: Int) -> [ReceivedReport] {
        content.withLock { Array($0.arrivals.dropFirst(count)) }
    }
    func checkpoint(of trial: Int) -> Checkpoint? { content.withLock { $0.checkpoints[trial] } }
    func keep(_ artifact: Artifact) {}
    func drop(_ key: Artifact.Key) {}
    func artifact(_ key: Artifact.Key) -> Artifact? { nil }
    func artifactKeys() -> [Artifact.Key] { [] }
}
