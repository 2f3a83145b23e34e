/// Draws every configuration at random from (seed, trial, attempt).
public struct RandomSearcher: Searcher {
    /// There is nothing to set.
    public struct Settings: SearcherSettings {
        public static let name = "random"
        public init() {}
        public func makeSearcher() -> any Searcher { RandomSearcher() }
    }

    /// A random searcher; it keeps nothing.
    public init() {}

    /// O(parameters).
    public func propose(trial: Int, attempt: Int, in state: StudyState) -> Proposal? {
        let definition = state.definition
        return Proposal(
            definition.space.sample(seed: definition.seed, trial: trial, attempt: attempt),
            origin: .random)
    }
}
