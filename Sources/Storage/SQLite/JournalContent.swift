internal import Engine

/// What a journal in a file knows, and what waits to be written there.
struct JournalContent {
    var writer: StudyWriter
    /// Used on the queue alone.
    var connection: Connection?
    var received = ReceivedReports()
    /// The number of the first event that tells of an interruption: what follows it is dropped on
    /// resuming, so it makes no checkpoint useless.
    var interruption: Int?
    /// What was read when the file was opened, until somebody takes it or writes.
    var beginning: StudyBeginning?
    var events: [Event] = []
    var arrivals: [ReceivedReport] = []
    var checkpoints: [Int: Checkpoint] = [:]
    /// Trials whose stored checkpoints are of no more use.
    var done: Set<Int> = []

    var isEmpty: Bool {
        events.isEmpty && arrivals.isEmpty && checkpoints.isEmpty && done.isEmpty
    }

    mutating func finish(_ trial: Int) {
        guard interruption == nil else { return }
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
