package import Engine

/// Agents, orders and messages of a study, as rows of a database.
package struct PostgresAgentBoard {
    /// Seconds that an agent's lease lasts which is not renewed.
    package static let leaseSeconds = 8.0

    let study: ServerAddress
    let id: Int
    private var session: ServerSession
    /// The connection that listens to the study's channel.
    private var listener: ServerConnection?

    /// The board of a study.
    ///
    /// - Parameter address: with the study's number.
    /// - Throws: `ServerError`.
    package init(_ address: String) throws {
        study = try ServerAddress(address)
        guard case .id(let id) = study.study else { throw ServerError.missing(study: address) }
        self.id = id
        session = ServerSession(study)
    }

    /// A server that is away is an error that passes.
    mutating func use<T>(_ body: (ServerConnection) throws -> T) throws -> T {
        do { return try session.use(body) } catch let error as ServerError {
            guard case .unreachable = error else { throw error }
            listener = nil
            throw JournalError.unreachable("\(error)")
        }
    }

    /// A server that is away is waited for, a minute at most.
    mutating func useOnceThere<T>(_ body: (ServerConnection) throws -> T) throws -> T {
        try session.repeating(body)
    }

    /// Listens to the study's channel. A connection that is lost ends the wait.
    package mutating func wait(seconds: Double, until descriptor: Int32) {
        let (channel, listener) = (AgentChannel.name(id), listener)
        // A connection that was lost shows at the next statement.
        self.listener = try? session.use { connection in
            if connection === listener {
                connection.wait(seconds: seconds, until: descriptor)
            } else {
                // What was notified before is looked at now.
                try connection.run("LISTEN \(channel)")
            }
            return connection
        }
    }

    /// A transaction under a decider's lease, which it renews.
    ///
    /// - Throws: `JournalError.fenced` where another process has taken over.
    private mutating func underLease<T>(
        _ lease: Lease, _ body: (ServerConnection) throws -> T
    ) throws -> T {
        let (id, study) = (id, study)
        return try use { connection in
            try connection.transaction {
                guard try StudyLease.renew(study: id, epoch: lease.number, on: connection) else {
                    let held = try StudyLease.read(of: study, id: id, on: connection)
                    throw JournalError.fenced(held: held.epoch, got: lease.number)
                }
                return try body(connection)
            }
        }
    }
}

// MARK: - The decider

extension PostgresAgentBoard: AgentBoard {
    /// Wakes the agents.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func wakeAgents() throws {
        let channel = AgentChannel.name(id)
        _ = try use { try $0.run("SELECT pg_notify($1, '')", [.text(channel)]) }
    }

    /// At most 5,000 messages, the first first.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func messages(besides taken: Set<Int>) throws -> [ReceivedMessage] {
        let (id, study) = (id, study)
        return try use {
            try MessageRow.read(of: study, in: id, besides: taken, on: $0)
        }
    }

    /// Ends agents whose leases have ended by the server's clock.
    ///
    /// - Throws: `JournalError`, `ServerError`.
    package mutating func freeTrials(under lease: Lease) throws -> [Int] {
        let id = id
        let late = try use { connection in
            try connection.run(
                """
                SELECT FROM mohpo.agents
                WHERE study = $1 AND NOT lost AND until <= clock_timestamp() LIMIT 1
                """, [.integer(id)]
            ).rowCount
        }
        guard late > 0 else { return [] }
        return try underLease(lease) { connection in
            try connection.run(
                """
                WITH gone AS (
                  UPDATE mohpo.agents SET lost = true
                  WHERE study = $1 AND NOT lost AND until <= clock_timestamp() RETURNING id)
                UPDATE mohpo.assignments SET agent = NULL,
                  action = CASE WHEN action IN ('stop', 'complete') THEN action ELSE 'wait' END
                FROM gone WHERE study = $1 AND agent = gone.id RETURNING trial
                """, [.integer(id)]
            ).rows.compactMap { $0.integer(0) }.sorted()
        }
    }

    /// The trials whose last order is not the last of all.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func openTrials() throws -> [Int] {
        let id = id
        return try use { connection in
            try connection.run(
                """
                SELECT trial FROM mohpo.assignments
                WHERE study = $1 AND action NOT IN ('stop', 'complete')
                """, [.integer(id)]
            ).rows.compactMap { $0.integer(0) }
        }
    }

    /// Whether another process has an agent whose lease has not ended.
    ///
    /// - Throws: `JournalError.unreachable`, `ServerError`.
    package mutating func hasOtherAgents() throws -> Bool {
        let id = id
        return try use { connection in
            try connection.run(
                """
                SELECT FROM mohpo.agents WHERE study = $1 AND NOT lost
                  AND until > clock_timestamp() AND holder <> $2 LIMIT 1
                """, [.integer(id), .text(StudyLease.holder)]
            ).rowCount > 0
        }
    }

    /// Whether a process decides about the study.
    package mutating func hasDecider() throws -> Bool {
        let (id, study) = (id, study)
        return try use { try StudyLease.read(of: study, id: id, on: $0).isHeld }
    }

    /// Whether the process is there that writes what the script saves at the end.
    package mutating func hasOwner() throws -> Bool {
        let id = id
        return try use { connection in
            try connection.run(
                """
                SELECT FROM (
                  SELECT lost, until FROM mohpo.agents WHERE study = $1 AND owner
                  ORDER BY id DESC LIMIT 1) AS last
                WHERE NOT lost AND (until > clock_timestamp() OR until = 'epoch')
                """, [.integer(id)]
            ).rowCount > 0
        }
    }
}
