/// Chooses the configurations of new trials: what all searchers share.
///
/// The first trials have the space's defaults and the given configurations, as the definition says.
/// For all others a searcher proposes. No configuration is tried twice while unused ones are left;
/// where the searcher finds none, the proposer walks through what remains of a finite space.
public struct Proposer: Sendable {
    private var searcher: any Searcher
    /// The space has no unused configuration left. Once true it stays true.
    private(set) var isExhausted = false

    /// A proposer that asks the definition's searcher.
    public init(_ definition: StudyDefinition) {
        searcher = definition.searcher.makeSearcher()
    }

    /// Whether the same study gives the same proposal again.
    public var isReproducible: Bool { searcher.isReproducible }

    /// Whether the searcher wants to be asked beside the trials.
    public func takesTime(in state: StudyState) -> Bool {
        !isExhausted && searcher.takesTime(in: state)
    }

    /// The configuration of a new trial, or nil when the space has no unused one left.
    ///
    /// - Complexity: besides the searcher's time O(parameters) as a rule; O(trials) when a finite
    ///   space is nearly used up.
    public mutating func propose(trial: Int, in state: StudyState) -> Proposal? {
        if let first = Self.first(trial, state.definition) { return first }
        guard !isExhausted else { return nil }
        for attempt in 0..<Self.attempts {
            guard let proposal = searcher.propose(trial: trial, attempt: attempt, in: state)
            else { break }
            if !state.hasUsed(proposal.configuration) { return proposal }
        }
        let remaining = Self.remaining(trial: trial, in: state)
        isExhausted = remaining == nil
        return remaining
    }

    /// So many proposals that were tried before mean a space that is nearly used up.
    private static let attempts = 128

    /// What the definition says itself: the defaults, then the given configurations.
    private static func first(_ trial: Int, _ definition: StudyDefinition) -> Proposal? {
        let hasDefaults = definition.firstIsDefault
        guard trial <= definition.initial.count + (hasDefaults ? 1 : 0) else { return nil }
        let defaults = definition.space.defaults
        if hasDefaults, trial == 1 { return Proposal(defaults, origin: .defaults) }
        let given = definition.initial.filter { !hasDefaults || $0 != defaults }
        let index = trial - (hasDefaults ? 2 : 1)
        return given.indices.contains(index) ? Proposal(given[index], origin: .given) : nil
    }

    /// Walks through a finite space from a random place to the first configuration not yet used.
    /// Of any n + 1 places one is unused when n are used, so the walk is exact and short. In a
    /// continuum 128 repeated draws mean that there is hardly more than one point to draw (bounds a
    /// few units in the last place apart), and the space counts as used up.
    private static func remaining(trial: Int, in state: StudyState) -> Proposal? {
        let definition = state.definition
        guard case .finite(let size) = definition.space.size else { return nil }
        var stream = RandomStream(seed: definition.seed, purpose: "unused", trial)
        var index = Int(stream.below(UInt64(size)))
        for _ in 0..<min(size, state.trials.count + 1) {
            let candidate = definition.space.configuration(at: index)
            if !state.hasUsed(candidate) { return Proposal(candidate, origin: .remaining) }
            index = index + 1 == size ? 0 : index + 1
        }
        return nil
    }
}
