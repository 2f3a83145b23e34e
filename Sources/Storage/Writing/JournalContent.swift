internal import Engine

/// What a journal in a file knows, and what waits to be written there.
struct JournalContent: ~Copyable {
    let connection: SQLiteConnection
    private(set) var writer: StudyWriter
    var received: ReceivedReports
    var lease: Lease?
    /// A resumption takes back what follows an interruption, so it makes no checkpoint useless.
    private var isInterrupted: Bool
    /// What was read when the file was opened, until it is taken or something is written.
    var beginning: StudyBeginning?
    private(set) var events: [Event] = []
    private(set) var arrivals: [ReceivedReport] = []
    /// Checkpoints that are written with the next transaction.
    private var checkpoints: [Int: Checkpoint] = [:]
    /// What reports keep, to be written with the next transaction.
    private var artifacts: [Artifact.Key: Artifact] = [:]
    /// The reports that keep nothing any more.
    private var dropped: Set<Artifact.Key> = []
    /// Trials whose stored checkpoints are of no more use.
    private var done: Set<Int> = []

    init(
        _ connection: SQLiteConnection, _ writer: consuming StudyWriter = StudyWriter(),
        beginning: StudyBeginning? = nil
    ) {
        (self.connection, self.beginning) = (connection, beginning)
        received = ReceivedReports(beginning?.arrivals ?? [])
        isInterrupted = writer.ends.isInterrupted
        self.writer = writer
    }

    /// How many events and reports are in the file.
    var stored: (events: Int, reports: Int) { (writer.ends.events, writer.ends.reports) }
    /// How many events there are.
    var eventCount: Int { stored.events + events.count }

    var isEmpty: Bool {
        events.isEmpty && arrivals.isEmpty && checkpoints.isEmpty && done.isEmpty
            && artifacts.isEmpty && dropped.isEmpty
    }

    mutating func append(_ newEvents: [Event]) {
        beginning = nil
        for event in newEvents {
            events.append(event)
            switch event {
            case .interrupted: isInterrupted = true
            case .resumed: isInterrupted = false
            default: break
            }
            if let trial = event.trialDone, !isInterrupted { finish(trial) }
        }
    }

    private mutating func finish(_ trial: Int) {
        checkpoints[trial] = nil
        if writer.ends.checkpoints > 0 { done.insert(trial) }
    }

    /// - Returns: false when there was a report of that key.
    mutating func receive(_ arrival: ReceivedReport) -> Bool {
        guard received.insert(arrival.key) else { return false }
        beginning = nil
        arrivals.append(arrival)
        return true
    }

    mutating func save(_ checkpoint: Checkpoint) { checkpoints[checkpoint.trial] = checkpoint }

    mutating func keep(_ artifact: Artifact) { artifacts[artifact.key] = artifact }

    mutating func drop(_ key: Artifact.Key) {
        artifacts[key] = nil
        if writer.ends.artifacts > 0 { dropped.insert(key) }
    }

    /// What a report keeps: what waits, nothing, or what `stored` finds in the file.
    func artifact(
        _ key: Artifact.Key, stored: (SQLiteConnection) throws -> Artifact?
    ) rethrows -> Artifact? {
        if let artifact = artifacts[key] { return artifact }
        guard !dropped.contains(key), writer.ends.artifacts > 0 else { return nil }
        return try stored(connection)
    }

    /// The reports that keep something; `stored` finds those in the file.
    func artifactKeys(
        stored: (SQLiteConnection) throws -> [Artifact.Key]
    ) rethrows -> [Artifact.Key] {
        Array(Set(try stored(connection)).subtracting(dropped).union(artifacts.keys))
    }

    /// A trial's last checkpoint: one that waits, none (where it is of no more use), or one that
    /// `stored` finds in the file.
    func checkpoint(
        of trial: Int, stored: (SQLiteConnection) throws -> Checkpoint?
    ) rethrows -> Checkpoint? {
        if let checkpoint = checkpoints[trial] { return checkpoint }
        guard !done.contains(trial), writer.ends.checkpoints > 0 else { return nil }
        return try stored(connection)
    }

    /// By trial, the resources of the checkpoints that ``checkpoint(of:stored:)`` gives.
    func checkpointResources(
        stored: (SQLiteConnection) throws -> [Int: Resource]
    ) rethrows -> [Int: Resource] {
        let kept = writer.ends.checkpoints > 0 ? try stored(connection) : [:]
        return kept.filter { !done.contains($0.key) }
            .merging(checkpoints.mapValues(\.resource)) { $1 }
    }

    /// Writes all that waits, in a transaction. A failed transaction takes back what the writer knows
    /// as well.
    mutating func write() throws {
        let mark = writer.mark()
        do {
            try connection.transaction {
                try writer.noteDefinition(in: events, on: connection)
                try writer.write(arrivals, on: connection)
                try writer.write(events, on: connection)
                for trial in done { try writer.remove(checkpointOf: trial, on: connection) }
                for (_, checkpoint) in checkpoints.sorted(by: { $0.key < $1.key }) {
                    try writer.write(checkpoint, on: connection)
                }
                for key in dropped { try writer.remove(key, on: connection) }
                for artifact in artifacts.values { try writer.write(artifact, on: connection) }
                try writer.writeCounts(on: connection)
            }
        } catch {
            writer.goBack(to: mark)
            throw error
        }
        events.removeAll(keepingCapacity: true)
        arrivals.removeAll(keepingCapacity: true)
        checkpoints.removeAll(keepingCapacity: true)
        done.removeAll(keepingCapacity: true)
        artifacts.removeAll(keepingCapacity: true)
        dropped.removeAll(keepingCapacity: true)
    }
}
