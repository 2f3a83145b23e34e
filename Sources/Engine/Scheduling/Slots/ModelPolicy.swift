/// Gives a free slot to whatever promises the most hypervolume for its cost: a paused trial, or a new
/// configuration.
///
/// It is for a study of type `model`, which keeps what the model sees.
public struct ModelPolicy: SlotPolicy {
    private var proposer: Proposer
    private var model: SlotModel
    /// How often the study had been extended when the model was made.
    private var extensions = 0

    /// The policy of a study.
    public init(_ definition: StudyDefinition) {
        proposer = Proposer(definition)
        model = SlotModel(definition)
    }

    /// As the proposer: the model depends on seed and history alone.
    public var isReproducible: Bool { proposer.isReproducible }

    /// Whether the model has enough records to be asked.
    public func takesTime(in state: StudyState) -> Bool {
        model.takesTime(study(in: state).history, canStart: proposer.obstacle(in: state) == nil)
    }

    /// Lets a due trial continue, or asks the model. O(records of the model²).
    public mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        if let reopened = state.nextReopened(at: time) { return .continue(reopened) }
        state.noteConfigurations()
        let study = study(in: state)
        if extensions != study.extensions {
            (model, extensions) = (SlotModel(state.definition), study.extensions)
        }
        let (proposal, obstacle) = newTrial(in: state)
        let choice = model.choose(
            study.history,
            permission: .init(
                canStart: obstacle == nil, continuesForGain: state.definition.continuesForGain)
        ) { state.hasUsed(study.encoding.decode($0)) }
        switch choice.action {
        case .resume(let trial):
            return .continue(state.promotion(of: trial, at: time, for: choice.reason))
        case .start(let point):
            return .start(
                Proposal(
                    study.encoding.decode(point), origin: .model, reason: choice.reason))
        case .startAtRandom:
            guard var proposal else { return .free(obstacle ?? .spaceExhausted) }
            proposal.reason = choice.reason
            return .start(proposal)
        case .leaveFree: return .free(obstacle ?? .trialsDone)
        }
    }

    /// What a new trial has where the model does not propose it, or why there can be none.
    ///
    /// Whether the space is used up is found out at every decision, so that it follows from the study
    /// and not from what was asked before.
    private mutating func newTrial(
        in state: StudyState
    ) -> (proposal: Proposal?, obstacle: EndReason?) {
        if let obstacle = proposer.obstacle(in: state) { return (nil, obstacle) }
        let proposal = proposer.propose(trial: state.trials.count + 1, in: state)
        return (proposal, proposal == nil ? .spaceExhausted : nil)
    }

    private func study(in state: StudyState) -> EncodedStudy {
        guard let study = state.encoded else {
            preconditionFailure("a study of type \"model\"")
        }
        return study
    }
}

extension StudyDefinition {
    /// Where no new trial can start: whether paused trials continue also when none is due, since
    /// something else than the number of trials ends the study.
    var continuesForGain: Bool { budget != nil || hasTimeLimit }
}
