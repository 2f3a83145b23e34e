/// Draws every configuration at random from (seed, trial, attempt).
public struct RandomSearcher: Searcher {
    /// There is nothing to set.
    public struct Settings: SearcherSettings {
        /// The name in Lua and in events.
        public static let name = "random"
        /// The defaults: there are none to set.
        public init() {}
        /// A random searcher.
        public func makeSearcher() -> any Searcher { RandomSearcher() }
    }

    /// A random searcher; it keeps nothing.
    public init() {}

    /// O(parameters).
    public func propose(trial: Int, attempt: Int, in state: StudyState) -> Proposal? {
        let definition = state.definition
        return Proposal(
            definition.sample(trial: trial, attempt: attempt),
            origin: .random)
    }
}

extension SearcherChoice {
    /// Configurations drawn at random.
    public static let random = SearcherChoice(RandomSearcher.Settings())
}
