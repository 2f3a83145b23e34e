import Engine

/// Proposes the configurations of a finite space in order; of a continuum at random.
struct OrderedSearcher: Searcher {
    struct Settings: SearcherSettings {
        static let name = "ordered"
        /// Which configuration comes first, from 0.
        var first = 0

        init() {}

        /// What a study keeps of the settings.
        var fields: [String: Value] { ["first": .integer(first)] }

        init(fields: [String: Value]) throws {
            if case .integer(let first)? = fields["first"] { self.first = first }
        }

        func makeSearcher() -> any Searcher { OrderedSearcher(settings: self) }
    }

    let settings: Settings

    func propose(trial: Int, attempt: Int, in state: StudyState) -> Proposal? {
        let (space, seed) = (state.definition.space, state.definition.seed)
        guard case .finite(let size) = space.size else {
            return Proposal(
                space.sample(seed: seed, trial: trial, attempt: attempt), origin: .random)
        }
        let place = (settings.first + trial - 1 + attempt) % size
        return Proposal(space.configuration(at: place), origin: Origin(rawValue: "ordered"))
    }
}
