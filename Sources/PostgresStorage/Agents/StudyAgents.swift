/// An agent of a study, as people see it.
public struct StudyAgent: Sendable {
    /// Its number.
    public let id: Int
    /// Which process it is, where, and since when.
    public let holder: String
    /// Where its trials' directories are.
    public let directory: String
    /// How many trials it runs at a time.
    public let slots: Int
    /// Whether its lease was lost, or it has left.
    public let isGone: Bool
    /// Seconds until its lease ends; 0 or below where it has.
    public let rest: Double
    /// The trials it has.
    public let trials: [Int]
    /// Seconds that the oldest of its messages has waited for the decider; 0 where none waits.
    public let lag: Double
}

/// The agents of studies.
public enum StudyAgents {
    private static let selection = """
        SELECT agent.id, agent.holder, agent.directory, agent.slots,
          agent.lost OR agent.until <= clock_timestamp(),
          extract(epoch FROM agent.until - clock_timestamp()),
          (SELECT string_agg(trial::text, ' ' ORDER BY trial) FROM mohpo.assignments
            WHERE assignments.agent = agent.id AND NOT agent.lost
              AND agent.until > clock_timestamp() AND action NOT IN ('stop', 'complete')),
          (SELECT extract(epoch FROM clock_timestamp() - min(sent)) FROM mohpo.messages
            WHERE messages.agent = agent.id)
        FROM mohpo.agents AS agent WHERE agent.study = $1 ORDER BY agent.id
        """

    /// The agents of a study in the order in which they joined, those that are gone among them.
    ///
    /// - Parameter text: `postgres://…`, with the study's number or name behind `#`, else the newest.
    /// - Throws: `ServerError`.
    public static func list(_ text: String) throws -> [StudyAgent] {
        let address = try ServerAddress(text)
        let connection = try ServerConnection(address)
        let study = try StudyRows.find(address, on: connection).study.id
        return try connection.run(selection, [.integer(study)]).rows.map { row in
            StudyAgent(
                id: row.integer(0) ?? 0, holder: row.text(1) ?? "", directory: row.text(2) ?? "",
                slots: row.integer(3) ?? 0, isGone: row.isTrue(4), rest: row.real(5) ?? 0,
                trials: (row.text(6) ?? "").split(separator: " ").compactMap { Int($0) },
                lag: row.real(7) ?? 0)
        }
    }
}
