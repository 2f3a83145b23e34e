internal import Engine

/// A study that is about to run or to go on, and where it is kept.
struct StudySession {
    let conductor: Conductor
    let journal: any Journal
    /// The reports received before, in the order they came.
    let arrivals: [ReceivedReport]

    /// A new study.
    ///
    /// - Throws: what `Conductor(_:journal:)` throws.
    init(new definition: StudyDefinition, _ journal: any Journal) throws {
        conductor = try Conductor(definition, journal: journal)
        (self.journal, arrivals) = (journal, [])
    }

    /// A study that goes on.
    ///
    /// - Throws: what `Conductor(resuming:in:with:)` throws.
    init(
        _ beginning: consuming StudyBeginning, in journal: any Journal,
        _ definition: StudyDefinition, extending: Bool
    ) throws {
        (self.journal, arrivals) = (journal, beginning.arrivals)
        conductor = try Conductor(
            resuming: beginning, in: journal, with: definition, extending: extending)
    }
}
