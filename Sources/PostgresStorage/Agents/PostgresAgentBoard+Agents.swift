package import Engine

/// What agents do on the board.
extension PostgresAgentBoard {
    /// Announces an agent.
    ///
    /// - Throws: `ServerError.otherProgram` where agents of another version are there.
    package mutating func join(_ agent: AgentDescription) throws -> Int {
        let (id, study) = (id, study)
        return try use { connection in
            let others = try connection.run(
                """
                SELECT program FROM mohpo.agents WHERE study = $1 AND NOT lost
                  AND until > clock_timestamp() AND program <> $2 LIMIT 1
                """, [.integer(id), .text(agent.program)])
            if let other = others.first?.text(0) {
                throw ServerError.otherProgram(
                    study: "\(study)", expected: other, got: agent.program)
            }
            let joined = try connection.run(
                """
                INSERT INTO mohpo.agents
                  (study, holder, slots, program, directory, owner, until)
                VALUES ($1, $2, $3, $4, $5, $6,
                  clock_timestamp() + interval '\(Self.leaseSeconds) s') RETURNING id
                """,
                [
                    .integer(id), .text(StudyLease.holder), .integer(agent.slots),
                    .text(agent.program), .text(agent.directory),
                    .text(agent.isOwner ? "true" : "false"),
                ])
            guard let number = joined.first?.integer(0) else {
                throw ServerError.missing(study: "\(study)")
            }
            return number
        }
    }

    /// Renews a lease that no decider has taken, also after its end.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func renew(agent: Int) throws -> Bool {
        try use { connection in
            try connection.run(
                """
                UPDATE mohpo.agents
                SET until = clock_timestamp() + interval '\(Self.leaseSeconds) s'
                WHERE id = $1 AND NOT lost
                """, [.integer(agent)]
            ).changes > 0
        }
    }

    /// Ends the agent's lease. That of one which has seen the study end says so by a time long ago.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func leave(agent: Int) throws {
        let id = id
        try use { connection in
            _ = try connection.run(
                """
                UPDATE mohpo.agents SET until = CASE (
                  SELECT kind FROM mohpo.events WHERE study = $2 ORDER BY number DESC LIMIT 1)
                  WHEN 'finished' THEN 'epoch'::timestamptz ELSE clock_timestamp() END
                WHERE id = $1 AND NOT lost
                """, [.integer(agent), .integer(id)])
        }
    }

    /// Takes free trials, the lowest numbers first, and none that another agent is taking.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func claim(_ limit: Int, for agent: Int) throws -> [AgentOrder] {
        let id = id
        return try use { connection in
            try connection.run(
                """
                WITH free AS (
                  SELECT trial FROM mohpo.assignments
                  WHERE study = $1 AND agent IS NULL AND action = 'start'
                  ORDER BY trial LIMIT $3 FOR UPDATE SKIP LOCKED)
                UPDATE mohpo.assignments AS known SET agent = $2 FROM free
                WHERE known.study = $1 AND known.trial = free.trial AND EXISTS (
                  SELECT FROM mohpo.agents WHERE agents.id = $2 AND NOT lost)
                RETURNING known.trial, action, reason, attempt, serial, resource
                """, [.integer(id), .integer(agent), .integer(limit)]
            ).rows.compactMap(OrderRow.order).sorted { $0.trial < $1.trial }
        }
    }

    /// The last order for each of the agent's trials, where that is new.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func orders(for agent: Int, after serial: Int) throws -> [AgentOrder] {
        try use { connection in
            try connection.run(
                """
                SELECT trial, action, reason, attempt, serial, resource FROM mohpo.assignments
                WHERE agent = $1 AND serial > $2 ORDER BY serial, trial
                """, [.integer(agent), .integer(serial)]
            ).rows.compactMap(OrderRow.order)
        }
    }

    /// Adds messages, all or none.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func send(_ messages: [AgentMessage], from agent: Int) throws {
        let id = id
        try use { connection in
            try connection.transaction {
                try MessageRow.insert(messages, from: agent, in: id, on: connection)
            }
        }
    }

    /// The checkpoint of a trial that is stored. A server that is away is waited for, a minute at most.
    ///
    /// - Throws: `ServerError`.
    package mutating func checkpoint(of trial: Int) throws -> Checkpoint? {
        let id = id
        return try useOnceThere { try ContentRows.checkpoint(of: trial, in: id, on: $0) }
    }

    /// The events that are stored.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`; `Event.UnknownEvent`.
    package mutating func events(from first: Int) throws -> [Event] {
        let (study, id) = (study, id)
        return try use { connection in
            var events: [Event] = []
            try EventRows.read(of: study, id: id, from: first, on: connection) {
                events.append($0)
            }
            return events
        }
    }
}
