internal import Engine

/// What a journal in a file knows, and what waits to be written there.
struct JournalContent {
    var writer: StudyWriter
    /// Used on the queue alone.
    var connection: Connection?
    var received = ReceivedReports()
    /// A resumption takes back what follows an interruption, so it makes no checkpoint useless.
    var isInterrupted = false
    var lease: Lease?
    /// What was read when the file was opened, until it is taken or something is written.
    var beginning: StudyBeginning?
    var events: [Event] = []
    var arrivals: [ReceivedReport] = []
    var checkpoints: [Int: Checkpoint] = [:]
    /// Trials whose stored checkpoints are of no more use.
    var done: Set<Int> = []

    var isEmpty: Bool {
        events.isEmpty && arrivals.isEmpty && checkpoints.isEmpty && done.isEmpty
    }

    /// How many events there are.
    var eventCount: Int { writer.eventCount + events.count }

    mutating func append(_ event: Event) {
        events.append(event)
        switch event {
        case .interrupted: isInterrupted = true
        case .resumed: isInterrupted = false
        default: break
        }
        if let trial = event.trialDone, !isInterrupted { finish(trial) }
    }

    private mutating func finish(_ trial: Int) {
        checkpoints[trial] = nil
        if writer.checkpointCount > 0 { done.insert(trial) }
    }

    /// Writes all that waits, in a transaction.
    mutating func write(on connection: Connection) throws {
        try writer.write(arrivals, on: connection)
        try writer.write(events, on: connection)
        for trial in done { try writer.remove(checkpointOf: trial, on: connection) }
        for trial in checkpoints.keys.sorted() {
            guard let checkpoint = checkpoints[trial] else { continue }
            try writer.write(checkpoint, on: connection)
        }
        try writer.writeCounts(on: connection)
    }

    mutating func clear() {
        events.removeAll(keepingCapacity: true)
        arrivals.removeAll(keepingCapacity: true)
        checkpoints.removeAll(keepingCapacity: true)
        done.removeAll(keepingCapacity: true)
    }
}
