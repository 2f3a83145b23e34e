internal import ArgumentParser
internal import PostgresStorage
internal import Rendering

struct AgentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "List the processes that run trials of a study in a database.",
        discussion: """
            lease: how long the process may still be silent before others get its trials. lag: for how \
            long the oldest of its messages has waited for the process that decides.
            """)

    @Argument(help: "postgres://HOST/DATABASE, and #NAME or #NUMBER for a study of it.")
    var study: String

    func run() {
        orFail {
            let agents: [StudyAgent]
            do { agents = try StudyAgents.list(study) } catch let error as ServerError {
                throw StudyFailure("\(error)")
            }
            guard !agents.isEmpty else {
                return standardError("mohpo-lua: \(study): no agents")
            }
            let header = ["agent", "slots", "trials", "lease", "lag", "process", "directory"]
            let rows = agents.map { Self.row($0) }
            try Terminal.printResult(TextTable(header: header, rows: rows).rendered())
        }
    }

    private static func row(_ agent: StudyAgent) -> [Cell] {
        [
            .integer(Int64(agent.id)), .integer(Int64(agent.slots)),
            .text(agent.trials.map(String.init).joined(separator: " ")),
            .text(agent.isGone ? "gone" : "\(Int(agent.rest.rounded(.up))) s"),
            .text(agent.lag > 0 ? "\(Int((1000 * agent.lag).rounded(.up))) ms" : ""),
            .text(agent.holder), .text(agent.directory),
        ]
    }
}
