internal import Engine

/// An order as a row of `mohpo.assignments`.
enum OrderRow {
    /// A trial that an agent has does not start elsewhere; one that no agent has is free for all.
    private static let writing = """
        INSERT INTO mohpo.assignments AS known
          (study, trial, action, reason, resource, attempt, serial)
        SELECT $1::bigint, trial,
          CASE WHEN action IN ('retry', 'continue', 'again', 'move') THEN 'start' ELSE action END,
          coalesce(reason, action), resource, attempt,
          (SELECT orders FROM renewed)
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::double precision[], $6::bigint[])
          AS item(trial, action, reason, resource, attempt)
        ORDER BY trial
        ON CONFLICT (study, trial) DO UPDATE SET
          serial = excluded.serial, attempt = excluded.attempt, reason = excluded.reason,
          resource = excluded.resource,
          agent = CASE WHEN excluded.action = 'start' AND excluded.reason = 'move' THEN NULL
            ELSE known.agent END,
          action = CASE
            WHEN excluded.action <> 'start' THEN excluded.action
            WHEN known.agent IS NULL OR excluded.reason = 'move' THEN 'start'
            WHEN excluded.reason = 'start' THEN 'again'
            ELSE excluded.reason END
        """

    /// Writes orders, in a batch that renews the study's lease and is counted there.
    static func write(_ orders: [AgentOrder], of study: Int, in batch: inout StatementBatch) {
        guard !orders.isEmpty else { return }
        let words = orders.map { Self.words($0.action) }
        batch.add(
            writing,
            [
                .integer(study), .integers(orders.map(\.trial)),
                .texts(words.map(\.word)), .texts(words.map(\.reason)),
                .resources(orders.map { Self.resource($0.action) }),
                .integers(orders.map(\.attempt)),
            ])
    }

    private static func resource(_ action: AgentOrder.Action) -> Resource? {
        if case .continue(let resource) = action { resource } else { nil }
    }

    private static func words(_ action: AgentOrder.Action) -> (word: String, reason: String?) {
        switch action {
        case .start: ("start", nil)
        case .move: ("move", nil)
        case .retry: ("retry", nil)
        case .continue: ("continue", nil)
        case .again: ("again", nil)
        case .pause: ("pause", nil)
        case .stop: ("stop", nil)
        case .complete: ("complete", nil)
        case .refuse(let reason): ("refuse", reason)
        }
    }

    /// The order of a row: trial, action, reason, attempt, serial, resource; nil where it tells none.
    static func order(_ row: QueryRow) -> AgentOrder? {
        guard let trial = row.integer(0), let attempt = row.integer(3), let serial = row.integer(4)
        else { return nil }
        let action: AgentOrder.Action? =
            switch row.text(1) {
            case "start": .start
            case "retry": .retry
            case "continue": row.resource(5).map { .continue(at: $0) }
            case "again": .again
            case "pause": .pause
            case "stop": .stop
            case "complete": .complete
            case "refuse": .refuse(row.text(2) ?? "")
            default: nil
            }
        return action.map { AgentOrder(trial: trial, $0, attempt: attempt, serial: serial) }
    }
}
