/// Chooses the configurations of new trials.
///
/// A searcher is a function of the study so far and the trial's number, so that a resumed study
/// goes on as it would have. What it keeps besides is a cache.
public protocol Searcher: Sendable {
    /// The configuration of a new trial, or nil when the space has no unused one left.
    ///
    /// - Parameters:
    ///   - trial: the number the trial will have.
    ///   - state: the study up to now; its definition names the space and the seed.
    mutating func propose(trial: Int, in state: StudyState) -> Configuration?
}

/// The searchers there are, as a definition names them.
public enum SearcherKind: String, Hashable, Sendable, Codable, CaseIterable {
    case random

    /// A searcher of this kind.
    public func make() -> any Searcher {
        switch self {
        case .random: RandomSearcher()
        }
    }
}
