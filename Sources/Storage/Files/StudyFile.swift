public import Engine

/// What a study's file holds at one moment, read without disturbing who writes it.
public struct StudyFile: Sendable {
    /// What it says about itself; nil when that is damaged.
    public let note: StudyMetadata?
    /// The events, in order: all, or those before the damage.
    public let events: [Event]
    /// The reports received, in order: all, or those before the damage.
    public let arrivals: [ReceivedReport]
    /// The trials' last checkpoints.
    public let checkpoints: [Checkpoint]
    /// What reports keep; empty where the events were folded.
    public let artifacts: [Artifact]
    /// What is not intact; nil when all is.
    public let damage: StudyDamage?
    /// Whether a process ran it.
    public let isHeld: Bool

    /// How many events there are, also where they were not kept.
    public let eventCount: Int
    /// The version of the file's format.
    let format: Int
    private let folded: Result<StudyState, any Error>?

    /// Reads a study up to its first damaged row.
    ///
    /// - Throws: `StorageError` when the file is none that can be read; `Event.UnknownEvent`.
    public static func read(at path: String) throws -> StudyFile { try read(path, for: .events) }

    /// Reads a study whose lock this process holds, and says whether its file can be written as well.
    ///
    /// - Throws: as `read(at:)`.
    static func readToWrite(at path: String) throws -> StudyFile {
        try read(path, for: .events, isToBeWritten: true)
    }

    /// Reads a study and folds its events as they come, which takes less time and memory than one
    /// after the other.
    ///
    /// - Parameter keepsEvents: else `events` is empty.
    /// - Throws: as `read(at:)`; that the events tell no study is thrown by `study`.
    public static func readStudy(at path: String, keepsEvents: Bool = false) throws -> StudyFile {
        try read(path, for: keepsEvents ? .eventsAndStudy : .study)
    }

    private static func read(
        _ path: String, for purpose: StudyAssembly.Purpose,
        isToBeWritten: Bool = false
    ) throws -> StudyFile {
        let path = try StudyPlace.followed(path)
        // A file without a log is read as one that no process writes; if one began to, once more.
        for _ in 0..<100 {
            // Asked before: a writer that ends meanwhile has not left the study.
            let isHeld = StudyLock.isHeld(forStudyAt: path)
            let inspection = StudyInspection(of: path, isToBeWritten: isToBeWritten)
            let connection = try ReadConnection(path)
            let result = Result {
                try StudyFile(
                    StudyReader.read(connection, for: purpose), inspectedBy: inspection,
                    isFolded: purpose != .events, isHeld: isHeld)
            }
            if connection.isStill { return try result.get() }
        }
        throw StorageError.unreadable(path: path, reason: "it changes all the time")
    }

    /// What a report of a study keeps; nil where that is nothing.
    ///
    /// - Throws: `StorageError`.
    public static func artifact(_ key: Artifact.Key, at path: String) throws -> Artifact? {
        let path = try StudyPlace.followed(path)
        let connection = try ReadConnection(path)
        guard connection.format >= ArtifactColumn.firstFormat else { return nil }
        do {
            return try StudyReader.artifact(key, on: connection.database, path: path)
        } catch let error as SQLError {
            throw StorageError.unreadable(path: path, reason: "\(error)")
        }
    }

    /// What a reader has read that came to the end of its file.
    init(
        _ reader: StudyReader, inspectedBy inspection: StudyInspection, isFolded: Bool,
        isHeld: Bool
    ) throws {
        let connection = reader.connection
        let path = connection.path
        self.isHeld = isHeld
        let (checkpoints, areIntact) = reader.checkpoints()
        let (artifacts, artifactsAreIntact) = reader.artifacts(keepingContent: !isFolded)
        note = StudyReader.metadata(on: connection)
        let what = inspection.damage(
            in: reader, metadata: note, checkpoints: areIntact, artifacts: artifactsAreIntact)
        (events, arrivals) = (reader.assembly.events, reader.assembly.arrivals)
        (self.checkpoints, self.artifacts) = (checkpoints, artifacts)
        format = connection.format
        eventCount = reader.assembly.eventCount
        folded = isFolded ? Result { try reader.assembly.fold.study } : nil
        let (eventCount, reportCount) = (eventCount, arrivals.count)
        damage = what.map {
            StudyDamage(path: path, what: $0, events: eventCount, reports: reportCount)
        }
    }

    /// What a reader has read that continued where another had ended, and found all rows intact. The
    /// checkpoints and what reports keep are not read again.
    init(_ reader: StudyReader, note: StudyMetadata?, isHeld: Bool) {
        (self.note, self.isHeld, format) = (note, isHeld, reader.connection.format)
        (events, arrivals) = (reader.assembly.events, reader.assembly.arrivals)
        (checkpoints, artifacts, damage) = ([], [], nil)
        eventCount = reader.assembly.eventCount
        folded = Result { try reader.assembly.fold.study }
    }

    /// The study that the events tell.
    ///
    /// - Throws: `EventError` when they tell none.
    /// - Complexity: O(1) for a file read with `readStudy`, else that of folding the events.
    public var study: StudyState {
        get throws { try folded?.get() ?? StudyState(events: events) }
    }
}

/// That a study's file is not intact, and what of it is.
public struct StudyDamage: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The first thing that is wrong: "event 4213 (tables events and starts)".
    public let what: String
    /// So many events from the beginning are intact.
    public let events: Int
    /// So many reports from the beginning are intact.
    public let reports: Int

    public var description: String {
        "\(path): damaged at \(what); the first \(events) events and \(reports) reports are kept"
    }
}
