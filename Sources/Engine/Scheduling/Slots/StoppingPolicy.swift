/// Gives every free slot a new trial, as long as there is one.
public struct StoppingPolicy: SlotPolicy {
    private var proposer: Proposer

    /// The policy of a study.
    public init(_ definition: StudyDefinition) { proposer = Proposer(definition) }

    public var isReproducible: Bool { proposer.isReproducible }

    public func takesTime(in state: StudyState) -> Bool { proposer.takesTime(in: state) }

    public mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        proposer.assign(in: &state)
    }
}

extension Proposer {
    /// A new trial for a free slot, or why there is none.
    mutating func assign(in state: inout StudyState) -> SlotAssignment {
        let trial = state.trials.count + 1
        if isExhausted { return .free(.spaceExhausted) }
        if let limit = state.definition.trialLimit, trial > limit { return .free(.trialsDone) }
        if state.isStalled { return .free(.noGain) }
        state.noteConfigurations()
        guard let proposal = propose(trial: trial, in: state) else {
            return .free(.spaceExhausted)
        }
        return .start(proposal)
    }
}
