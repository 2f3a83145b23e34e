internal import Engine

/// What a journal was given and has not written yet.
struct PendingWrites {
    private(set) var events: [Event] = []
    /// For each event the number of the report that it commits; nil where it commits none, or it is not
    /// known here.
    private(set) var reportNumbers: [Int?] = []
    private(set) var arrivals: [ReceivedReport] = []
    /// By trial, the checkpoint to keep; nil for one that is of no more use.
    private(set) var checkpoints: [Int: Checkpoint?] = [:]
    /// What reports keep; nil for those that keep nothing any more.
    private(set) var artifacts: [Artifact.Key: Artifact?] = [:]

    var isEmpty: Bool {
        events.isEmpty && arrivals.isEmpty && checkpoints.isEmpty && artifacts.isEmpty
    }

    mutating func add(_ event: Event, committing report: Int?) {
        events.append(event)
        reportNumbers.append(report)
    }
    mutating func add(_ arrival: ReceivedReport) { arrivals.append(arrival) }
    mutating func save(_ checkpoint: Checkpoint) {
        checkpoints[checkpoint.trial] = .some(checkpoint)
    }
    mutating func dropCheckpoint(of trial: Int) { checkpoints[trial] = .some(nil) }
    mutating func keep(_ artifact: Artifact) { artifacts[artifact.key] = .some(artifact) }
    mutating func drop(_ key: Artifact.Key) { artifacts[key] = .some(nil) }

    /// Writes all of it, in a transaction that the caller begins and ends.
    ///
    /// - Parameters:
    ///   - ends: how many events and reports there are.
    ///   - definition: the study's; nil before it is known.
    func write(
        into study: Int, behind ends: StoredCounts, of definition: StudyDefinition?,
        on connection: ServerConnection
    ) throws {
        try ReportRows.insert(
            arrivals, into: study, after: ends.reports, of: definition, on: connection)
        try EventRows.insert(
            events, committing: reportNumbers, into: study, after: ends.events, on: connection)
        let done = checkpoints.filter { $0.value == nil }.keys
        try ContentRows.removeCheckpoints(of: Set(done), in: study, on: connection)
        // In one order, so that two transactions never wait for each other.
        for (_, checkpoint) in checkpoints.sorted(by: { $0.key < $1.key }) {
            if let checkpoint { try ContentRows.save(checkpoint, in: study, on: connection) }
        }
        let dropped = artifacts.filter { $0.value == nil }.keys
        try ContentRows.drop(Set(dropped), in: study, on: connection)
        for case let artifact? in artifacts.values {
            try ContentRows.keep(artifact, in: study, on: connection)
        }
    }
}

/// How many rows of a study are durable, and how many transactions have written them: the last tells
/// whether a transaction whose connection was lost was committed.
struct StoredCounts: Equatable {
    var writes = 0
    var events = 0
    var reports = 0

    /// The counts behind what is written.
    func after(_ pending: PendingWrites) -> StoredCounts {
        StoredCounts(
            writes: writes + 1, events: events + pending.events.count,
            reports: reports + pending.arrivals.count)
    }
}
