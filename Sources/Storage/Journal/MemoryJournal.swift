public import Engine
import Synchronization

/// A journal that lasts as long as the process.
///
/// - Complexity: all operations are O(what they are given or give back).
public final class MemoryJournal: Journal {
    private struct Content {
        var events: [Event] = []
        var lease: Lease?
        var arrivals: [ReceivedReport] = []
        var received: Set<ReceivedReport.Key> = []
        var checkpoints: [Int: Checkpoint] = [:]
        var artifacts: [Artifact.Key: Artifact] = [:]
        /// A resumption takes back what follows an interruption, so it makes no checkpoint useless.
        var isInterrupted = false

        mutating func append(_ event: Event) {
            events.append(event)
            switch event {
            case .interrupted: isInterrupted = true
            case .resumed: isInterrupted = false
            default: break
            }
            if let trial = event.trialDone, !isInterrupted { checkpoints[trial] = nil }
        }
    }

    private let content = Mutex(Content())

    /// An empty journal.
    public init() {}

    /// There is nothing to wait for: what is in memory is as durable as it can be.
    public var isDurableOnReturn: Bool { true }

    /// Takes the lease over; what is appended under an earlier one is refused from then on.
    public func takeLease() -> Lease {
        content.withLock { content in
            let lease = Lease(after: content.lease)
            content.lease = lease
            return lease
        }
    }

    /// Appends events. Amortised O(events). The checkpoints of trials that they end are dropped.
    public func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { content in
            try JournalError.check(
                position: position, count: content.events.count, lease: lease,
                held: content.lease)
            for event in events { content.append(event) }
        }
    }

    /// Keeps a report; false when there was one of that key. O(1).
    @discardableResult
    public func receive(_ arrival: ReceivedReport) -> Bool {
        content.withLock { content in
            guard content.received.insert(arrival.key).inserted else { return false }
            content.arrivals.append(arrival)
            return true
        }
    }

    /// Keeps a trial's checkpoint in place of the one before. O(1).
    public func save(_ checkpoint: Checkpoint) {
        content.withLock { $0.checkpoints[checkpoint.trial] = checkpoint }
    }

    /// Keeps what a report keeps. O(1).
    public func keep(_ artifact: Artifact) {
        content.withLock { $0.artifacts[artifact.key] = artifact }
    }

    /// Drops what a report keeps. O(1).
    public func drop(_ key: Artifact.Key) { content.withLock { $0.artifacts[key] = nil } }

    /// What a report keeps. O(1).
    public func artifact(_ key: Artifact.Key) -> Artifact? {
        content.withLock { $0.artifacts[key] }
    }

    /// The reports that keep something.
    public func artifactKeys() -> [Artifact.Key] {
        content.withLock { Array($0.artifacts.keys) }
    }

    /// Does nothing: there is nothing to wait for.
    public func sync() {}

    /// The events from number `first` on, the first of all being 0.
    public func events(from first: Int) -> [Event] {
        content.withLock { Array($0.events.dropFirst(max(0, first))) }
    }

    /// The reports that came after the first `count`, in their order.
    public func arrivals(after count: Int) -> [ReceivedReport] {
        content.withLock { Array($0.arrivals.dropFirst(max(0, count))) }
    }

    /// All reports, in the order they came.
    public func arrivals() -> [ReceivedReport] { arrivals(after: 0) }

    /// A trial's last checkpoint. O(1).
    public func checkpoint(of trial: Int) -> Checkpoint? {
        content.withLock { $0.checkpoints[trial] }
    }
}
