/// Proposes the configuration that promises the most hypervolume for its cost, by the model that gives
/// slots away with `type = "model"`; at random while few trials have a record, and now and then.
public struct ModelSearcher: Searcher {
    /// There is nothing to set.
    public struct Settings: SearcherSettings {
        /// The name in Lua and in events.
        public static let name = "gp"
        /// The defaults.
        public init() {}
        /// True.
        public var usesModel: Bool { true }
        /// A searcher that has seen nothing yet.
        public func makeSearcher() -> any Searcher { ModelSearcher() }
    }

    /// Made for the study at its first proposal.
    private var model: SlotModel?
    /// How often the study had been extended then.
    private var extensions = 0
    /// The last choice, and the number of its decision: every attempt begins with it.
    private var last: (decision: Int, choice: ModelChoice)?

    /// A searcher that has seen no study.
    public init() {}

    /// Whether there are enough records for a model.
    public func takesTime(in state: StudyState) -> Bool {
        (state.encoded?.history.recordedTrials ?? 0) >= ModelSettings().firstTrials
    }

    /// The candidate of the greatest expected gain. O(records of the model²).
    public mutating func propose(
        trial: Int, attempt: Int, in state: StudyState
    ) -> Proposal? {
        guard let study = state.encoded else { return nil }
        let choice = choice(study, state)
        if attempt == 0, case .start(let point) = choice.action {
            return Proposal(
                study.encoding.decode(point), origin: .model, reason: choice.reason)
        }
        let definition = state.definition
        return Proposal(
            definition.sample(trial: trial, attempt: attempt),
            origin: .random, reason: choice.reason)
    }

    private mutating func choice(_ study: EncodedStudy, _ state: StudyState) -> ModelChoice {
        if extensions != study.extensions || model == nil {
            (model, last, extensions) = (SlotModel(state.definition), nil, study.extensions)
        }
        let decision = study.history.decisions
        if let last, last.decision == decision { return last.choice }
        let choice =
            model?.propose(study.history) { state.hasUsed(study.encoding.decode($0)) }
            ?? ModelChoice(.startAtRandom, .few)
        last = (decision, choice)
        return choice
    }
}
