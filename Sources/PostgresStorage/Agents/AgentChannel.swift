/// What agents listen to: the decider alone notifies, and only says that there is something.
enum AgentChannel {
    /// The name of a study's channel.
    static func name(_ study: Int) -> String { "mohpo_\(study)" }

    /// Wakes the agents once the batch is committed.
    static func notify(_ study: Int, in batch: inout StatementBatch) {
        batch.add("SELECT pg_notify($1, '')", [.text(name(study))])
    }
}
