internal import Engine
internal import Foundation
internal import Platform

/// Writes all that a study's file holds into a new file.
enum StudyRewriting {
    /// Makes a file in the current format. Its log is taken in: nothing else is left beside it.
    ///
    /// - Parameter path: where there is no file, or one that may be overwritten.
    /// - Throws: `SQLError`, `StorageError`.
    static func write(_ study: StudyFile, to path: String) throws {
        try removeFiles(of: path, ["", "-wal", "-shm", "-journal"])
        let connection = try SQLiteConnection(path, .write)
        defer { connection.close() }
        try create(study.note ?? metadata(from: study.events), on: connection)
        var writer = StudyWriter()
        try connection.transaction {
            try writer.noteDefinition(in: study.events, on: connection)
            try writer.write(study.arrivals, on: connection)
            try writer.write(study.events, on: connection)
            for checkpoint in reached(study) { try writer.write(checkpoint, on: connection) }
            let received = Set(
                study.arrivals.map { Artifact.Key(trial: $0.trial, resource: $0.resource) })
            for artifact in study.artifacts where received.contains(artifact.key) {
                try writer.write(artifact, on: connection)
            }
            try writer.writeCounts(on: connection)
        }
    }

    /// What the events tell of what a study says about itself, where that is damaged.
    private static func metadata(from events: [Event]) -> StudyMetadata {
        var name = ""
        if case .created(let definition)? = events.first { name = definition.name }
        return StudyMetadata(name: name, created: Date.now.formatted(.iso8601))
    }

    /// Makes the tables of a study without events in an empty file.
    static func create(_ metadata: StudyMetadata, on connection: SQLiteConnection) throws {
        // Every transaction writes whole pages, and most change a few rows on each of four.
        try connection.run("PRAGMA page_size = 2048")
        let writer = StudyWriter()
        try connection.transaction {
            try Schema.create(on: connection)
            try writer.write(metadata, on: connection)
            try writer.writeCounts(on: connection)
        }
    }

    /// The checkpoints but those that lie behind reports which are lost: their trials would continue
    /// past them.
    ///
    /// A checkpoint is stored with the trial's next report, whose metrics it may already hold. Where something is
    /// damaged and no such report is left, it may be the one that is lost. The trial then begins again, and what it has
    /// reported is not told twice.
    private static func reached(_ study: StudyFile) -> [Checkpoint] {
        // Without events the study begins anew, with other trials.
        guard !study.events.isEmpty else { return [] }
        var last: [Int: Resource] = [:]
        for arrival in study.arrivals {
            last[arrival.trial] = max(last[arrival.trial] ?? 0, arrival.resource)
        }
        let isDamaged = study.damage != nil
        return study.checkpoints.filter {
            let last = last[$0.trial] ?? 0
            return isDamaged ? $0.resource < last : $0.resource <= last
        }
    }

    /// Rewrites a study of an older format in place, in one step.
    ///
    /// - Throws: `StorageError`, `Event.UnknownEvent`. The study is then as it was.
    static func upgrade(_ path: String) throws {
        do {
            // What is in the log goes into the file, so that the new one has none beside it.
            let connection = try SQLiteConnection(path, .write)
            try connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            let study = try StudyFile.read(at: path)
            if let damage = study.damage {
                throw StorageError.damaged(path: path, what: damage.what)
            }
            let fresh = path + ".new"
            try write(study, to: fresh)
            try removeFiles(of: path, ["-wal", "-shm"])
            try FilePlace(fresh).move(to: FilePlace(path))
        } catch let error as SQLError {
            throw StorageError.unwritable(path: path, reason: "\(error)")
        } catch let error as FileError {
            throw StorageError.unwritable(path: path, reason: "\(error)")
        }
    }

    private static func removeFiles(of path: String, _ endings: [String]) throws {
        do {
            let place = try FilePlace(path)
            for ending in endings { place.beside(ending).remove() }
        } catch let error as FileError {
            throw StorageError.unwritable(path: path, reason: "\(error)")
        }
    }
}
