/// Draws every configuration at random from (seed, trial, attempt), and never one twice while
/// unused ones are left.
public struct RandomSearcher: Searcher {
    /// A random searcher; it keeps nothing.
    public init() {}

    /// O(parameters) as a rule; O(trials) when a finite space is nearly used up.
    public func propose(trial: Int, in state: StudyState) -> Configuration? {
        let definition = state.definition
        let space = definition.space
        if trial == 1, definition.firstIsDefault { return space.defaults }
        for attempt in 0..<Self.attempts {
            let drawn = space.sample(seed: definition.seed, trial: trial, attempt: attempt)
            if !state.hasUsed(drawn) { return drawn }
        }
        return unused(trial: trial, in: state)
    }

    /// So many draws that hit used configurations mean a space that is nearly used up.
    private static let attempts = 128

    /// Walks through a finite space from a random place to the first configuration not yet used.
    /// Of any n + 1 places one is unused when n are used, so the walk is exact and short. In a
    /// continuum 128 repeated draws mean that there is hardly more than one point to draw (bounds a
    /// few units in the last place apart), and the space counts as used up.
    private func unused(trial: Int, in state: StudyState) -> Configuration? {
        let definition = state.definition
        guard case .finite(let size) = definition.space.size else { return nil }
        var stream = RandomStream(seed: definition.seed, purpose: "unused", trial)
        var index = Int(stream.below(UInt64(size)))
        for _ in 0..<min(size, state.trials.count + 1) {
            let candidate = definition.space.configuration(at: index)
            if !state.hasUsed(candidate) { return candidate }
            index = index + 1 == size ? 0 : index + 1
        }
        return nil
    }
}
