public import Engine

/// Studies that are gone when the process ends. None is listed or resumed.
public struct MemoryCatalog: StudyCatalog {
    /// A catalog in memory.
    public init() {}

    /// An empty journal.
    public func create(_ metadata: StudyMetadata) -> any Journal { MemoryJournal() }

    /// - Throws: `StorageError.missing`.
    public func open(_ address: String) throws -> any Journal {
        throw StorageError.missing(path: address)
    }

    /// None.
    public func list() -> [StudyEntry] { [] }

    /// Memory.
    public func plainLocation(of name: String) -> StudyLocation { .memory }

    /// Nil: a new study begins.
    public func studyToResume(by experiment: StudyMetadata, ofRun run: String?) -> String? { nil }

    /// - Throws: `StorageError.missing`.
    public func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata) {
        throw StorageError.missing(path: address)
    }
}
