public import Engine

/// What a study's file holds at one moment, read without disturbing who writes it.
public struct StudyFile: Sendable {
    /// What it says about itself; nil when that is damaged.
    public let note: StudyNote?
    /// The events, in order: all, or those before the damage.
    public let events: [Event]
    /// The reports received, in order: all, or those before the damage.
    public let arrivals: [Arrival]
    /// The trials' last checkpoints.
    public let checkpoints: [Checkpoint]
    /// What is not as it was written; nil when all is.
    public let damage: StudyDamage?

    /// Reads a study, as far as it is as it was written.
    ///
    /// - Throws: `StorageError` when the file is none that can be read; `Event.UnknownEvent`.
    public static func read(at path: String) throws -> StudyFile {
        // A file without a log is read as one that nobody writes; if somebody began to, once more.
        for _ in 0..<100 {
            let connection = try ReadConnection(path)
            let result = Result { try StudyFile(connection, path) }
            if connection.isStill { return try result.get() }
        }
        throw StorageError.unreadable(path: path, reason: "it changes all the time")
    }

    private init(_ connection: ReadConnection, _ path: String) throws {
        var reader = StudyReader(connection.pointer)
        try reader.read()
        var what = reader.damage.first
        let (checkpoints, areWhole) = StudyReader.checkpoints(
            on: connection.pointer, expected: reader.writer.checkpointCount)
        if !areWhole { what = what ?? "the checkpoints" }
        note = StudyReader.note(on: connection.pointer)
        if note == nil { what = what ?? "the note about the study" }
        if WriteAheadLog.isDamaged(forStudyAt: path) { what = what ?? "the write-ahead log" }
        (events, arrivals) = (reader.events, reader.arrivals)
        self.checkpoints = checkpoints
        let (eventCount, reportCount) = (events.count, arrivals.count)
        damage = what.map {
            StudyDamage(path: path, what: $0, events: eventCount, reports: reportCount)
        }
    }
}

/// That a study's file is not as it was written, and what of it is.
public struct StudyDamage: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The first thing that is wrong: "event 4213".
    public let what: String
    /// So many events from the beginning are as they were written.
    public let events: Int
    /// So many reports from the beginning are as they were written.
    public let reports: Int

    public var description: String {
        "\(path): damaged at \(what); the first \(events) events and \(reports) reports are kept"
    }
}
