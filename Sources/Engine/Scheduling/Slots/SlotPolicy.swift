/// Decides what a free slot gets.
///
/// A decision depends on the definition and the study so far alone, so that the same seed gives the
/// same search and a resumed study continues as it would have. What a policy keeps besides is a cache.
/// A policy that takes time is asked on another thread; meanwhile the virtual clock stands still, so
/// that the study it has seen is still the study when its answer comes.
public protocol SlotPolicy: Sendable {
    /// Whether the same study gives the same decision again, so that replay can decide again.
    var isReproducible: Bool { get }

    /// Whether the next decision may take so long (over 0.1 ms) that the host works it out beside the
    /// trials.
    func takesTime(in state: StudyState) -> Bool

    /// Takes note of an event, with the study it has led to. The policy of a resumed study learns
    /// nothing of the events before: it reads the study at its first decision.
    mutating func note(_ event: Event, in state: StudyState)

    /// What a slot that is free at `time`, on the virtual clock, gets.
    ///
    /// - Parameter state: the study so far. It changes in nothing but what it keeps for speed.
    mutating func assign(at time: Int, in state: inout StudyState) -> SlotAssignment
}

extension SlotPolicy {
    /// False, where nothing else is said.
    public func takesTime(in state: StudyState) -> Bool { false }
    /// Does nothing, where nothing else is said.
    public mutating func note(_ event: Event, in state: StudyState) {}
}

/// What a free slot gets, and why.
public enum SlotAssignment: Hashable, Sendable {
    /// A paused trial continues, for the reason that the promotion gives.
    case `continue`(Promotion)
    /// A new trial starts.
    case start(Proposal)
    /// It stays free. For this reason the study ends once no trial runs any more.
    case free(EndReason)
}

extension StudyDefinition {
    /// The policy that the study's `type` names.
    public func makeSlotPolicy() -> any SlotPolicy {
        switch hyperband.kind {
        case .stopping: StoppingPolicy(self)
        case .promotion: PromotionPolicy(self)
        case .model: ModelPolicy(self)
        }
    }
}
