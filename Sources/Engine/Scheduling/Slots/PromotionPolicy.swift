/// Gives a free slot to the paused trial that is to be promoted, else to a new trial.
public struct PromotionPolicy: SlotPolicy {
    private var proposer: Proposer

    /// The policy of a study.
    public init(_ definition: StudyDefinition) { proposer = Proposer(definition) }

    /// As the proposer.
    public var isReproducible: Bool { proposer.isReproducible }

    /// As the proposer: a promotion takes no time.
    public func takesTime(in state: StudyState) -> Bool { proposer.takesTime(in: state) }

    /// Promotes the trial that is due, else starts a new one.
    public mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        if let reopened = state.nextReopened(at: time) { return .continue(reopened) }
        let promotion = state.nextPromotion(at: time)
        if let promotion, !state.isStalled { return .continue(promotion) }
        let assignment = proposer.assign(in: &state)
        // A study that no longer gains leaves its promotions undone.
        return assignment == .free(.trialsDone) && promotion != nil ? .free(.noGain) : assignment
    }
}
