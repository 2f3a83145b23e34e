import Engine

/// Decides as the definition says, but beside the trials, and does something else before.
struct DelayedPolicy: SlotPolicy {
    private var policy: any SlotPolicy
    private let before: @Sendable (StudyState) -> Void
    var isReproducible: Bool { policy.isReproducible }

    /// - Parameter before: called with the study that each decision is about, on its thread.
    init(_ definition: StudyDefinition, before: @escaping @Sendable (StudyState) -> Void) {
        (policy, self.before) = (definition.makeSlotPolicy(), before)
    }

    func takesTime(in state: StudyState) -> Bool { true }

    mutating func note(_ event: Event, in state: StudyState) { policy.note(event, in: state) }

    mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment {
        before(state)
        return policy.assign(at: time, in: &state)
    }
}
