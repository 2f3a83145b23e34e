/// Gives every free slot a new trial, as long as there is one.
public struct StoppingPolicy: SlotPolicy {
    private var proposer: Proposer

    /// The policy of a study.
    public init(_ definition: StudyDefinition) { proposer = Proposer(definition) }

    /// As the proposer.
    public var isReproducible: Bool { proposer.isReproducible }

    /// As the proposer.
    public func takesTime(in state: StudyState) -> Bool { proposer.takesTime(in: state) }

    /// Starts a new trial, as none is ever paused.
    public mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        if let reopened = state.nextReopened(at: time) { return .continue(reopened) }
        return proposer.assign(in: &state)
    }
}
