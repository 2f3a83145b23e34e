public import Engine

/// Decides as the definition says, but beside the trials, and does something else before.
public struct DelayedPolicy: SlotPolicy {
    private var policy: any SlotPolicy
    private let before: @Sendable (StudyState) -> Void

    /// - Parameter before: called with the study that each decision is about, on its thread.
    public init(_ definition: StudyDefinition, before: @escaping @Sendable (StudyState) -> Void) {
        (policy, self.before) = (definition.makeSlotPolicy(), before)
    }

    /// As that of the policy which the definition names.
    public var isReproducible: Bool { policy.isReproducible }

    /// Always.
    public func takesTime(in state: StudyState) -> Bool { true }

    /// Hands the event on.
    public mutating func note(_ event: Event, in state: StudyState) {
        policy.note(event, in: state)
    }

    /// Does what is to be done before, then decides.
    public mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        before(state)
        return policy.assign(at: time, in: &state)
    }
}
