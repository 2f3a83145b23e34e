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

    /// What becomes of trials of agents.
    private(set) var orders: [AgentOrder] = []
    /// The numbers of agents' messages that are not needed any more.
    private(set) var forgotten: [Int] = []

    var isEmpty: Bool {
        events.isEmpty && arrivals.isEmpty && checkpoints.isEmpty && artifacts.isEmpty
            && orders.isEmpty && forgotten.isEmpty
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

    /// Has orders written, and messages removed, in place of those before.
    mutating func order(_ orders: [AgentOrder], forgetting messages: [Int]) {
        (self.orders, forgotten) = (orders, messages)
    }

    /// Puts all of it into a batch that holds the study's lease.
    ///
    /// - Parameters:
    ///   - ends: how many events and reports there are.
    ///   - definition: the study's; nil before it is known.
    func write(
        into study: Int, behind ends: StoredCounts, of definition: StudyDefinition?,
        in batch: inout StatementBatch
    ) {
        ReportRows.insert(
            arrivals, into: study, after: ends.reports, of: definition, in: &batch)
        EventRows.insert(
            events, committing: reportNumbers, into: study, after: ends.events, in: &batch)
        let done = checkpoints.filter { $0.value == nil }.keys
        ContentRows.removeCheckpoints(of: Set(done), study: study, in: &batch)
        // In one order, so that two transactions never wait for each other.
        for (_, checkpoint) in checkpoints.sorted(by: { $0.key < $1.key }) {
            if let checkpoint { ContentRows.save(checkpoint, of: study, in: &batch) }
        }
        let dropped = artifacts.filter { $0.value == nil }.keys
        ContentRows.drop(Set(dropped), of: study, in: &batch)
        for case let artifact? in artifacts.values {
            ContentRows.keep(artifact, of: study, in: &batch)
        }
        OrderRow.write(orders, of: study, in: &batch)
        MessageRow.remove(forgotten, of: study, in: &batch)
        if !orders.isEmpty { batch.notify(AgentChannel.name(study)) }
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
