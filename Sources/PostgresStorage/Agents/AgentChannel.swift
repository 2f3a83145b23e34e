/// What agents listen to: the decider alone notifies, and only says that there is something.
enum AgentChannel {
    /// The name of a study's channel.
    static func name(_ study: Int) -> String { "mohpo_\(study)" }
}
