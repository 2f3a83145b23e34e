internal import Engine
internal import Foundation
internal import Platform
internal import Running
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
    ) throws -> StudySession {
        // In the sandbox: below the working directory, and where the user has said.
        try Confinement.$current.withValue(
            Confinement.current(grantedAlso: settings.place.directory)
        ) { try opened(definition, script: script, log: log) }
    }

    private func opened(
        _ definition: StudyDefinition, script: String, log: (String) -> Void
    ) throws -> StudySession {
        ordinal += 1
        guard settings.place != .memory else {
            return try StudySession(new: definition, MemoryJournal())
        }
        if settings.resumes, let path = try pathToResume(definition.name) {
            return try resume(path, definition, log)
        }
        let journal = try create(definition.name, script: script)
        if journal.path != plainPath(definition.name) { log("kept in \(journal.path)") }
        return session(try StudySession(new: definition, journal), in: journal)
    }

    private func session(_ session: StudySession, in journal: SQLiteJournal) -> StudySession {
        var session = session
        session.place = journal.path
        session.close = journal.close
        return session
    }

    /// Where a study is kept that needs no number; nil where none is.
    private func plainPath(_ name: String) -> String? {
        switch settings.place {
        case .memory: nil
        case .file(let path): path
        case .folder(let folder): "\(folder)/\(StudyFolder.fileName(name)).db"
        }
    }

    private func create(_ name: String, script: String) throws -> SQLiteJournal {
        let created = Date.now.formatted(.iso8601)
        let note = StudyMetadata(
            name: name, created: created, program: settings.programVersion, script: script,
            run: run, ordinal: ordinal)
        switch settings.place {
        case .file(let path):
            return try create(at: numbered(path), note)
        case .folder(let folder):
            return try StudyFolder.create(
                in: folder, about: note, durability: durability)
        case .memory: preconditionFailure("a study in memory has no file")
        }
    }

    private func create(at path: String, _ note: StudyMetadata) throws -> SQLiteJournal {
        do {
            return try SQLiteJournal.create(at: path, about: note, durability: durability)
        } catch let exists as StorageError {
            guard case .exists = exists else { throw exists }
            // With what is no study one cannot go on.
            do { _ = try StudyFolder.note(path) } catch let error as StorageError {
                if case .notAStudy = error { throw error }
            }
            throw exists
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
            let study = StudyFolder.studies(named: name, in: folder).first { study in
                study.note.ordinal == ordinal && (!hasResumed || study.note.run == run)
            }
            guard study != nil || hasResumed || ordinal > 1 else {
                throw StorageError.missing(
                    path: "\(folder)/\(StudyFolder.fileName(name)).db")
            }
            return study?.path
        }
    }

    private func resume(
        _ path: String, _ definition: StudyDefinition, _ log: (String) -> Void
    ) throws -> StudySession {
        let journal = try SQLiteJournal.open(at: path, durability: durability) { damage, aside in
            log("\(damage); the damaged file is now \(aside)")
        }
        (run, hasResumed) = (journal.note.run, true)
        do {
            let beginning = try journal.beginning()
            // It was left before anything had happened.
            guard beginning.fold.total > 0 else {
                return session(try StudySession(new: definition, journal), in: journal)
            }
            let study = try StudySession(
                resuming: beginning, in: journal, with: definition, extending: settings.extends)
            let state = study.state
            log(text(of: state, at: path))
            for change in definition.changes(from: state.definition) {
                log("\(change.field): it was extended to \(change.before ?? "none") and stays so")
            }
            return session(study, in: journal)
        } catch {
            try? journal.close()
            throw error
        }
    }

    /// What is gone on with, or why nothing is.
    private func text(of state: StudyState, at path: String) -> String {
        guard let reason = state.endReason else {
            return "going on with \(path): \(state.reportCount) reports"
        }
        return "\(path) has ended: \(reason.sentence) (\(state.trials.count) trials, "
            + "\(state.reportCount) reports); nothing is run. \(Self.extension(after: reason))\(another)"
    }

    /// What would make a study go on that has ended.
    private static func `extension`(after reason: EndReason) -> String {
        switch reason {
        case .trialsDone, .trialFailed: "--resume --extend --trials N goes on with more trials, "
        case .spaceExhausted: "--resume --extend goes on with a wider space, "
        case .noGain: "--resume --extend goes on with a larger stop.no_gain, "
        case .timeOut, .interrupt, .stopped: ""
        }
    }

    /// How to begin another.
    private var another: String {
        if case .file = settings.place {
            "another --study PATH begins a new one"
        } else {
            "without --resume a new study begins"
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
