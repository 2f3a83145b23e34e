internal import Engine

/// A message of an agent as a row of `mohpo.messages`.
enum MessageRow {
    /// What the columns `kind`, `waits` and `content` hold.
    static func columns(
        _ content: AgentMessage.Content
    ) -> (kind: String, waits: Bool, content: String) {
        switch content {
        case .reported(let fields, _, let waits):
            ("reported", waits, JSON.object(fields.mapValues { JSON($0) }).written)
        case .returned: ("returned", false, "null")
        case .failed(let message, let details):
            (
                "failed", false,
                JSON.array([.text(message), details.map { .text($0) } ?? .null]).written
            )
        case .givenAway: ("given away", false, "null")
        }
    }

    // Assignments are looked up one by one (`OFFSET 0`), as reports are in `EventRows`.

    private static let insertion = """
        INSERT INTO mohpo.messages
          (study, agent, serial, trial, attempt, kind, waits, content, kept, checkpoint)
        SELECT $1::bigint, $2::bigint, serial, trial, attempt, kind, waits = 1, content::json,
          $9::bytea, $10::bytea
        FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[])
          WITH ORDINALITY AS message(serial, trial, attempt, kind, waits, content, place)
        WHERE EXISTS (
          SELECT FROM mohpo.assignments
          WHERE study = $1 AND assignments.trial = message.trial AND agent = $2 OFFSET 0)
        ORDER BY place ON CONFLICT (agent, serial) DO NOTHING
        """

    /// Adds messages behind those that are there, about trials that the agent has.
    static func insert(
        _ messages: [AgentMessage], from agent: Int, in study: Int,
        on connection: ServerConnection
    ) throws {
        var plain: [AgentMessage] = []
        func flush() throws {
            try insert(plain[...], of: agent, in: study, on: connection)
            plain = []
        }
        for message in messages {
            if message.blobs.kept == nil, message.blobs.checkpoint == nil {
                plain.append(message)
                continue
            }
            try flush()
            try insert([message], of: agent, in: study, on: connection)
        }
        try flush()
    }

    /// - Parameter messages: one, or such as have neither a checkpoint nor what is kept.
    private static func insert(
        _ messages: ArraySlice<AgentMessage>, of agent: Int, in study: Int,
        on connection: ServerConnection
    ) throws {
        guard let blobs = messages.first?.blobs else { return }
        let columns = messages.map { Self.columns($0.content) }
        try connection.run(
            insertion,
            [
                .integer(study), .integer(agent), .integers(messages.map(\.serial)),
                .integers(messages.map(\.trial)), .integers(messages.map(\.attempt)),
                .texts(columns.map(\.kind)), .integers(columns.map { $0.waits ? 1 : 0 }),
                .texts(columns.map(\.content)), blobs.kept.map(QueryParameter.bytes) ?? .null,
                blobs.checkpoint.map(QueryParameter.bytes) ?? .null,
            ])
    }

    /// Removes messages.
    static func remove(_ numbers: [Int], of study: Int, in batch: inout StatementBatch) {
        guard !numbers.isEmpty else { return }
        batch.add(
            "DELETE FROM mohpo.messages WHERE study = $1 AND number = ANY ($2::bigint[])",
            [.integer(study), .integers(numbers)])
    }

    private static let selection = """
        SELECT message.number::text, message.agent::text,
          (assignment.agent IS NOT DISTINCT FROM message.agent)::text, message.serial::text,
          message.trial::text, message.attempt::text, kind, waits::text, content::text, kept,
          checkpoint
        FROM mohpo.messages AS message LEFT JOIN LATERAL (
          SELECT agent FROM mohpo.assignments
          WHERE study = message.study AND trial = message.trial OFFSET 0) AS assignment ON true
        WHERE message.study = $1 AND message.number <> ALL ($2::bigint[])
        ORDER BY message.number LIMIT 5000
        """

    /// The messages of a study, the first first.
    ///
    /// - Parameter taken: numbers of those that are left out.
    static func read(
        of address: ServerAddress, in study: Int, besides taken: Set<Int>,
        on connection: ServerConnection
    ) throws -> [ReceivedMessage] {
        try connection.run(
            selection, [.integer(study), .integers(taken.sorted())], isBinary: true
        ).rows.map { row in
            guard let message = try? Self.message(row) else {
                throw ServerError.damaged(study: "\(address)", what: "a message of an agent")
            }
            return message
        }
    }

    private static func message(_ row: QueryRow) throws -> ReceivedMessage? {
        guard let number = row.integer(0), let agent = row.integer(1), let serial = row.integer(3),
            let trial = row.integer(4), let attempt = row.integer(5), let kind = row.text(6),
            let json = try row.bytes(8, { try JSON(parsing: $0) }),
            let content = try content(
                of: kind, json, kept: row.bytes(9) { Array($0) }, waits: row.text(7) == "true")
        else { return nil }
        return ReceivedMessage(
            number: number, agent: agent, isOfHolder: row.text(2) == "true",
            message: AgentMessage(
                trial: trial, attempt: attempt, content: content,
                checkpoint: row.bytes(10) { Array($0) }, serial: serial))
    }

    private static func content(
        of kind: String, _ json: JSON, kept: [UInt8]?, waits: Bool
    ) throws -> AgentMessage.Content? {
        switch kind {
        case "reported":
            guard case .object(let fields) = json else { return nil }
            return .reported(try fields.mapValues { try $0.value() }, kept: kept, waits: waits)
        case "returned": return .returned
        case "failed":
            guard case .array(let texts) = json, case .text(let message)? = texts.first else {
                return nil
            }
            guard texts.count > 1, case .text(let details) = texts[1] else {
                return .failed(message: message, details: nil)
            }
            return .failed(message: message, details: details)
        case "given away": return .givenAway
        default: return nil
        }
    }
}

extension AgentMessage {
    /// The bytes that go with it.
    fileprivate var blobs: (kept: [UInt8]?, checkpoint: [UInt8]?) {
        if case .reported(_, let kept, _) = content { return (kept, checkpoint) }
        return (nil, checkpoint)
    }
}
