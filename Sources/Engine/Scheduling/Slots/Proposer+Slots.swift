/// New trials for free slots.
extension Proposer {
    /// A new trial for a free slot, or why there is none.
    mutating func assign(in state: inout StudyState) -> SlotAssignment {
        if let obstacle = obstacle(in: state) { return .free(obstacle) }
        state.noteConfigurations()
        guard let proposal = propose(trial: state.trials.count + 1, in: state) else {
            return .free(.spaceExhausted)
        }
        return .start(proposal)
    }

    /// Why no new trial can start; nil where one can, or where the space may prove to be used up.
    func obstacle(in state: StudyState) -> EndReason? {
        if isExhausted { return .spaceExhausted }
        if let limit = state.definition.trialLimit, state.trials.count >= limit {
            return .trialsDone
        }
        return state.isStalled ? .noGain : nil
    }
}
