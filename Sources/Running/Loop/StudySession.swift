public import Engine

/// A study that is about to run, and where it is kept.
public struct StudySession {
    let conductor: Conductor
    let journal: any Journal
    /// The reports received before, in the order they came.
    let arrivals: [ReceivedReport]
    /// Whether the study has begun before.
    let isResumed: Bool
    /// Where it is kept, for people; nil where nothing is left of it.
    public var place: String?
    /// Closes the journal.
    public var close: () throws -> Void = {}

    /// A new study.
    ///
    /// - Parameter policy: what decides about free slots, if not what the definition names.
    /// - Throws: what `Conductor(_:journal:)` throws.
    public init(
        new definition: StudyDefinition, _ journal: any Journal, policy: (any SlotPolicy)? = nil
    ) throws {
        conductor = try Conductor(definition, journal: journal, policy: policy)
        (self.journal, arrivals, isResumed) = (journal, [], false)
    }

    /// A study that is resumed.
    ///
    /// - Parameter policy: what decides about free slots, if not what the definition names.
    /// - Throws: what `Conductor(resuming:in:with:)` throws.
    public init(
        resuming beginning: consuming StudyBeginning, in journal: any Journal,
        with definition: StudyDefinition, extending: Bool,
        policy: (any SlotPolicy)? = nil
    ) throws {
        (self.journal, arrivals, isResumed) = (journal, beginning.arrivals, true)
        conductor = try Conductor(
            resuming: beginning, in: journal, with: definition, extending: extending,
            policy: policy)
    }

    /// The study up to the last committed event.
    public var state: StudyState { conductor.state }
}
