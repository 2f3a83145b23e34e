/// A place that holds studies: a folder of files, say.
///
/// A run of a program keeps its studies in one catalog: their metadata says which run made them, and
/// which of its experiments each is, so that a run that is resumed finds them again.
public protocol StudyCatalog: Sendable {
    /// Makes an empty study.
    ///
    /// - Returns: its journal, whose `location` says where it is.
    func create(_ metadata: StudyMetadata) throws -> any Journal

    /// Opens a study to continue it.
    ///
    /// - Parameter address: as in `StudyEntry`.
    func open(_ address: String) throws -> any Journal

    /// The studies, the newest first.
    func list() throws -> [StudyEntry]

    /// Where a study of that name is kept as long as no other has its place.
    func plainLocation(of name: String) -> StudyLocation

    /// The study that an experiment resumes, by its address; nil where a new one is to begin.
    ///
    /// - Parameters:
    ///   - experiment: its name and its ordinal count.
    ///   - run: the run that made the study; nil: any, the newest first.
    /// - Throws: what tells the user that the run cannot be resumed.
    func studyToResume(by experiment: StudyMetadata, ofRun run: String?) throws -> String?

    /// Opens a study to resume it. A damaged one is repaired first.
    ///
    /// - Parameter report: is told what was damaged and what became of it, in one line.
    func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata)
}

/// What is kept about a study besides its events.
public struct StudyMetadata: Hashable, Sendable {
    /// The study's name.
    public var name: String
    /// When it was created, in UTC as ISO 8601 writes it.
    public var created: String
    /// The version of the program that created it.
    public var program: String
    /// The script that declared it; empty where there was none.
    public var script: String
    /// What the run that created it is known by.
    public var run: String
    /// Which of the run's experiments it is, from 1.
    public var ordinal: Int

    /// Metadata of a study.
    public init(
        name: String, created: String, program: String = "", script: String = "",
        run: String = "", ordinal: Int = 1
    ) {
        (self.name, self.created, self.program) = (name, created, program)
        (self.script, self.run, self.ordinal) = (script, run, ordinal)
    }
}

/// A study of a catalog, as a list shows it.
public struct StudyEntry: Hashable, Sendable {
    /// Where a study is in its life; the raw value is the word for people and programs.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// A process writes it.
        case running
        /// Its process ended before it did: it can be resumed.
        case abandoned
        /// It was ended from outside: it can be resumed.
        case interrupted
        /// It has ended.
        case finished
    }

    /// What the catalog knows it by: the path of a file, say.
    public let address: String
    /// What it says about itself.
    public let metadata: StudyMetadata
    /// Where it is in its life.
    public let state: State
    /// How many trials have started.
    public let trials: Int
    /// How many reports were received.
    public let reports: Int

    /// A study of a catalog.
    public init(
        address: String, metadata: StudyMetadata, state: State, trials: Int, reports: Int
    ) {
        (self.address, self.metadata, self.state) = (address, metadata, state)
        (self.trials, self.reports) = (trials, reports)
    }
}
