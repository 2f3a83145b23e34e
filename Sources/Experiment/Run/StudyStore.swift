internal import Engine
internal import Foundation
internal import Storage

/// Where the studies of one run of the program are kept.
final class StudyStore {
    private let settings: RunSettings
    /// What the studies of this run have in common; that of the run gone on with, after `--resume`.
    private var run = UUID().uuidString
    private var hasResumed = false
    /// How many experiments have been run.
    private var ordinal = 0

    private var durability: SQLiteJournal.Durability {
        settings.survivesPowerLoss ? .power : .process
    }

    init(_ settings: RunSettings) { self.settings = settings }

    /// The conductor of the next study: a new one, or one that goes on.
    ///
    /// - Parameter log: is told what a user has to know: where a study goes on, what was damaged.
    /// - Throws: `StorageError`, `ConductorError` and what the engine throws on events that tell no
    ///   study.
    func open(
        _ definition: StudyDefinition, script: String, log: (String) -> Void
    ) throws -> (conductor: Conductor, journal: any Journal) {
        ordinal += 1
        guard settings.place != .memory else {
            let journal = MemoryJournal()
            return (try Conductor(definition, journal: journal), journal)
        }
        if settings.resumes, let path = try pathToResume(definition.name) {
            return try resume(path, definition, log)
        }
        let journal = try create(definition.name, script: script)
        return (try Conductor(definition, journal: journal), journal)
    }

    private func create(_ name: String, script: String) throws -> SQLiteJournal {
        let created = Date.now.formatted(.iso8601)
        let note = StudyNote(
            name: name, created: created, program: settings.programVersion, script: script,
            run: run, ordinal: ordinal)
        switch settings.place {
        case .file(let path):
            return try SQLiteJournal.create(
                at: numbered(path), about: note, durability: durability)
        case .folder(let folder):
            return try StudyFolder.create(
                in: folder, about: note, durability: durability)
        case .memory: preconditionFailure("a study in memory has no file")
        }
    }

    /// The study to go on with; nil when there is none and a new one is to begin.
    private func pathToResume(_ name: String) throws -> String? {
        switch settings.place {
        case .memory: return nil
        case .file(let path):
            let path = numbered(path)
            return FileManager.default.fileExists(atPath: path) || ordinal == 1 ? path : nil
        case .folder(let folder):
            let entry = StudyFolder.list(folder).first { entry in
                entry.note.name == name && entry.note.ordinal == ordinal
                    && (!hasResumed || entry.note.run == run)
            }
            guard entry != nil || hasResumed || ordinal > 1 else {
                throw StorageError.missing(
                    path: "\(folder)/\(StudyFolder.fileName(name)).db")
            }
            return entry?.path
        }
    }

    private func resume(
        _ path: String, _ definition: StudyDefinition, _ log: (String) -> Void
    ) throws -> (conductor: Conductor, journal: any Journal) {
        if let (damage, aside) = try StudyFile.salvage(at: path) {
            log("\(damage); the damaged file is now \(aside)")
        }
        let journal = try SQLiteJournal.open(at: path, durability: durability)
        (run, hasResumed) = (journal.note.run, true)
        do {
            // It was left before anything had happened.
            guard try !journal.events(from: 0).isEmpty else {
                return (try Conductor(definition, journal: journal), journal)
            }
            let conductor = try Conductor(
                resuming: journal, with: definition, extending: settings.extends)
            log("going on with \(path): \(conductor.state.reportCount) reports")
            return (conductor, journal)
        } catch {
            try? journal.close()
            throw error
        }
    }

    /// A script may run several experiments: the first gets the path that was given, the second
    /// `NAME-2.db`.
    private func numbered(_ path: String) -> String {
        guard ordinal > 1 else { return path }
        let dot = path.lastIndex(of: ".").flatMap { dot in
            path[dot...].contains("/") ? nil : dot
        }
        guard let dot else { return "\(path)-\(ordinal)" }
        return "\(path[..<dot])-\(ordinal)\(path[dot...])"
    }
}
