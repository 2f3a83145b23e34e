public import Engine
internal import Synchronization

/// A journal of one study in a database of a PostgreSQL server.
///
/// What is written is collected in memory, in order, and `sync` writes all of it in one transaction, as
/// the journal in a SQLite file does. That transaction also renews the study's lease, and fails when
/// another process has taken it over. While a connection is lost nothing is: `sync` throws
/// `JournalError.unreachable`, and called again it connects, finds out whether its transaction was
/// committed, and sends again what was not.
public final class PostgresJournal: DeciderJournal {
    private let study: ServerAddress
    private let id: Int
    private let content: Mutex<JournalContent>
    /// Renews the lease; nil before one is taken.
    private let keeper = Mutex<LeaseKeeper?>(nil)

    /// - Parameters:
    ///   - study: its address, with its number.
    ///   - epoch: that of its lease.
    init(_ study: ServerAddress, id: Int, epoch: Int, stored: StoredCounts) {
        (self.study, self.id) = (study, id)
        content = Mutex(JournalContent(study, id: id, epoch: epoch, stored: stored))
    }

    /// A study that is there, all of which has been read.
    ///
    /// - Throws: `ServerError`; `Event.UnknownEvent` where a newer program wrote an event.
    static func open(
        _ study: ServerAddress, id: Int, under lease: StudyLease
    ) throws -> PostgresJournal {
        let journal = PostgresJournal(study, id: id, epoch: lease.epoch, stored: lease.counts)
        try journal.content.withLock { try $0.load() }
        return journal
    }

    /// False: `sync` makes durable what was written.
    public var isDurableOnReturn: Bool { false }

    /// The database, and the study's number behind `#`.
    public var location: StudyLocation { .server("\(study)") }

    /// Takes the lease over, which lasts for 3 seconds and is renewed every second; what is appended under
    /// an earlier one is refused from then on.
    ///
    /// - Throws: `ServerError`.
    public func takeLease() throws -> Lease {
        let lease = try content.withLock { try $0.takeLease() }
        keeper.withLock { keeper in
            let kept = keeper ?? LeaseKeeper(study, study: id)
            kept.keep(epoch: lease.number)
            keeper = kept
        }
        return lease
    }

    /// Appends events. Amortised O(events).
    ///
    /// - Throws: `JournalError` where the position or the lease is not the journal's.
    public func append(_ events: [Event], expecting position: Int, under lease: Lease) throws {
        try content.withLock { content in
            try JournalError.check(
                position: position, count: content.eventCount, lease: lease, held: content.lease)
            try content.append(events)
        }
    }

    /// Keeps a report; false when there was one of that key.
    ///
    /// - Complexity: O(1), the first time O(reports stored).
    @discardableResult
    public func receive(_ arrival: ReceivedReport) throws -> Bool {
        try content.withLock { try $0.receive(arrival) }
    }

    /// Keeps a trial's checkpoint in place of the one before.
    public func save(_ checkpoint: Checkpoint) { content.withLock { $0.save(checkpoint) } }

    /// Keeps what a report keeps. O(1).
    public func keep(_ artifact: Artifact) { content.withLock { $0.keep(artifact) } }

    /// Drops what a report keeps. O(1).
    public func drop(_ key: Artifact.Key) { content.withLock { $0.drop(key) } }

    /// Makes durable what was written.
    ///
    /// - Throws: `JournalError`, `ServerError`.
    public func sync() throws { try content.withLock { try $0.sync() } }

    /// Makes durable what was written, and with it, in the same transaction, what is ordered.
    ///
    /// - Throws: as `sync`; called again it may write orders twice, which changes nothing.
    public func sync(ordering orders: [AgentOrder], forgetting messages: [Int]) throws {
        try content.withLock { try $0.sync(ordering: orders, forgetting: messages) }
    }

    /// The events from number `first` on, the first of all being 0.
    ///
    /// - Throws: `ServerError`, `Event.UnknownEvent`.
    public func events(from first: Int) throws -> [Event] {
        try content.withLock { try $0.events(from: first) }
    }

    /// The reports that came after the first `count`, in their order.
    ///
    /// - Throws: `ServerError`.
    public func arrivals(after count: Int) throws -> [ReceivedReport] {
        try content.withLock { try $0.arrivals(after: count) }
    }

    /// Events and reports of one moment.
    ///
    /// - Throws: `ServerError`, `Event.UnknownEvent`.
    public func beginning() throws -> StudyBeginning {
        try content.withLock { try $0.beginning() }
    }

    /// The checkpoint of a trial; nil where it has none.
    ///
    /// - Throws: `ServerError`.
    public func checkpoint(of trial: Int) throws -> Checkpoint? {
        try content.withLock { try $0.checkpoint(of: trial) }
    }

    /// What a report keeps; nil where that is nothing.
    ///
    /// - Throws: `ServerError`.
    public func artifact(_ key: Artifact.Key) throws -> Artifact? {
        try content.withLock { try $0.artifact(key) }
    }

    /// The reports that keep something.
    ///
    /// - Throws: `ServerError`.
    public func artifactKeys() throws -> [Artifact.Key] {
        try content.withLock { try $0.artifactKeys() }
    }

    /// Makes all durable, gives the lease back, and closes the connections.
    ///
    /// - Throws: as `sync`.
    public func close() throws {
        keeper.withLock { $0 = nil }
        try content.withLock { content in
            defer { content.session.close() }
            try content.sync()
            try content.releaseLease()
        }
    }
}
