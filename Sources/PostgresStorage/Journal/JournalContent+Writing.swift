internal import Engine

/// How a journal writes what waits, once.
extension JournalContent {
    /// Writes all that waits, and with it what is ordered.
    ///
    /// - Throws: `JournalError`, `unreachable` where the call is to be repeated; `ServerError`.
    mutating func sync(ordering orders: [AgentOrder] = [], forgetting messages: [Int] = []) throws {
        try flushWritten()
        waiting.order(orders, forgetting: messages)
        guard !waiting.isEmpty else { return }
        (written, waiting) = (waiting, PendingWrites())
        try flushWritten()
    }

    /// Writes what was begun to be written, unless it is stored already.
    mutating func flushWritten() throws {
        guard !written.isEmpty else { return }
        if let eventsOfOthers {
            throw JournalError.position(expected: stored.events, got: eventsOfOthers)
        }
        do { try write() } catch ServerError.unreachable(let server, let reason) {
            ServerSession.rest()
            throw JournalError.unreachable(
                "\(ServerError.unreachable(server: server, reason: reason))")
        }
        stored = stored.after(written)
        written = PendingWrites()
    }

    private mutating func write() throws {
        let (id, epoch, stored, written) = (id, epoch, stored, written)
        try findDefinition()
        let definition = definition
        // One of before, whose connection was lost, either is behind it or has been counted.
        var batch = StudyLease.batch(
            study: id, epoch: epoch, from: stored, to: stored.after(written))
        written.write(into: id, behind: stored, of: definition, in: &batch)
        let sent = batch
        if try !session.use({ try $0.run(sent) }) { try checkIsStored() }
    }

    /// What became of a transaction that found another lease, or other counts, than it expected.
    ///
    /// - Throws: `JournalError` unless it was this journal's, and is stored.
    private mutating func checkIsStored() throws {
        let (study, id) = (study, id)
        let found = try session.use { try StudyLease.read(of: study, id: id, on: $0) }
        guard found.epoch == epoch else {
            throw JournalError.fenced(held: found.epoch, got: epoch)
        }
        guard found.counts == stored.after(written) else {
            throw JournalError.position(expected: stored.events, got: found.counts.events)
        }
    }

    /// Finds what says which reports keep the constraints.
    private mutating func findDefinition() throws {
        guard definition == nil, !written.arrivals.isEmpty else { return }
        if stored.events == 0 {
            if case .created(let definition)? = written.events.first {
                self.definition = definition
            }
            return
        }
        let (study, id) = (study, id)
        definition = try session.use { connection in
            var definition: StudyDefinition?
            try EventRows.read(of: study, id: id, from: 0, limit: 1, on: connection) { event in
                if case .created(let told) = event { definition = told }
            }
            return definition
        }
    }
}
