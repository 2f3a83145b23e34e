internal import Engine

/// What a journal on a server knows, and what waits to be written there.
struct JournalContent {
    let study: ServerAddress
    let id: Int
    var session: ServerSession
    /// The lease that was taken last.
    var lease: Lease?
    /// What the study's lease says of the epoch that writes count under.
    var epoch: Int
    var stored: StoredCounts
    /// How many events there are where another process has written since the study was opened: nothing
    /// can be written behind them.
    var eventsOfOthers: Int?
    /// What is being written, or was when the connection was lost: whether it is stored, the server says.
    var written = PendingWrites()
    /// What came since.
    var waiting = PendingWrites()
    /// The reports received here that no event speaks of yet: their numbers, and what they hold.
    private var uncommitted: [ReceivedReport.Key: (number: Int, metrics: Metrics)] = [:]
    /// Which reports were received; nil before it is asked for.
    var received: ReceivedReports?
    /// A resumption takes back what follows an interruption, so it makes no checkpoint useless. Nil
    /// before it is asked for.
    private var isInterrupted: Bool?
    /// What the study was created with; nil before it is needed.
    var definition: StudyDefinition?
    /// What was read when the study was opened, until it is taken or something is written.
    var loaded: StudyBeginning?

    init(_ study: ServerAddress, id: Int, epoch: Int, stored: StoredCounts) {
        (self.study, self.id, self.epoch, self.stored) = (study, id, epoch, stored)
        session = ServerSession(study)
        if stored.reports == 0 { received = ReceivedReports() }
        if stored.events == 0 { isInterrupted = false }
    }

    /// How many events there are.
    var eventCount: Int { stored.events + written.events.count + waiting.events.count }

    // MARK: Taking

    mutating func takeLease() throws -> Lease {
        let (study, id) = (study, id)
        let found: StoredCounts
        (epoch, found) = try session.repeating { try StudyLease.take(of: study, id: id, on: $0) }
        if found == stored.after(written), !written.isEmpty {
            (stored, written) = (found, PendingWrites())
        }
        eventsOfOthers = found == stored ? nil : found.events
        let taken = Lease(number: epoch)
        lease = taken
        return taken
    }

    /// Gives back the lease, if one was taken.
    mutating func releaseLease() throws {
        guard lease != nil else { return }
        let (id, epoch) = (id, epoch)
        try session.use { try StudyLease.release(study: id, epoch: epoch, on: $0) }
    }

    mutating func append(_ events: [Event]) throws {
        loaded = nil
        for event in events {
            waiting.add(event, committing: reportNumber(of: event))
            switch event {
            case .interrupted: isInterrupted = true
            case .resumed: isInterrupted = false
            default: break
            }
            guard let trial = event.trialDone, try !wasInterrupted() else { continue }
            waiting.dropCheckpoint(of: trial)
        }
    }

    /// The number of the report that an event commits, where it was received here and is that one.
    private mutating func reportNumber(of event: Event) -> Int? {
        guard case .reported(let reported) = event else { return nil }
        let key = ReceivedReport.Key(
            trial: reported.trial, attempt: reported.attempt, resource: reported.report.resource)
        guard let known = uncommitted.removeValue(forKey: key),
            known.metrics == reported.report.metrics
        else { return nil }
        return known.number
    }

    private mutating func wasInterrupted() throws -> Bool {
        if let isInterrupted { return isInterrupted }
        let id = id
        let turn = try session.repeating { connection in
            try connection.run(
                """
                SELECT kind FROM mohpo.events
                WHERE study = $1 AND kind IN ('interrupted', 'resumed')
                ORDER BY number DESC LIMIT 1
                """, [.integer(id)]
            ).first?.text(0)
        }
        let interrupted = turn == EventKind.interrupted.rawValue
        isInterrupted = interrupted
        return interrupted
    }

    /// - Returns: false when there was a report of that key.
    mutating func receive(_ arrival: ReceivedReport) throws -> Bool {
        if received == nil { received = ReceivedReports(try storedArrivals(after: 0)) }
        guard received?.insert(arrival.key) == true else { return false }
        loaded = nil
        waiting.add(arrival)
        let number = stored.reports + written.arrivals.count + waiting.arrivals.count
        uncommitted[arrival.key] = (number, arrival.metrics)
        return true
    }

    mutating func save(_ checkpoint: Checkpoint) { waiting.save(checkpoint) }
    mutating func keep(_ artifact: Artifact) { waiting.keep(artifact) }
    mutating func drop(_ key: Artifact.Key) { waiting.drop(key) }
}
