/// Proposes configurations for new trials.
///
/// A searcher is a function of the definition, the study so far (its trials that run are the pending
/// ones), the trial's number and the attempt, so that a resumed study continues as it would have.
/// What it keeps besides is a cache. What all searchers share is the `Proposer`'s part: defaults,
/// given configurations, no duplicates, a space that runs out.
///
/// A new searcher is one file, with its settings, and one line in `SearcherKind`.
public protocol Searcher: Sendable {
    /// Whether the same study gives the same proposal again, so that replay can ask for it.
    var isReproducible: Bool { get }

    /// Whether a proposal may take so long (over 0.1 ms) that it is worked out beside the trials.
    func takesTime(in state: StudyState) -> Bool

    /// A configuration for a new trial; nil when the searcher knows of none.
    ///
    /// - Parameters:
    ///   - trial: the number the trial will have.
    ///   - attempt: how many proposals for this trial were refused because they were tried before.
    ///   - state: the study up to now; its definition names the space and the seed.
    mutating func propose(trial: Int, attempt: Int, in state: StudyState) -> Proposal?
}

extension Searcher {
    /// True, where nothing else is said.
    public var isReproducible: Bool { true }
    /// False, where nothing else is said.
    public func takesTime(in state: StudyState) -> Bool { false }
}
