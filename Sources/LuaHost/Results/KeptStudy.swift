package import Engine
package import PostgresStorage
package import Results
package import Storage

/// A study that is kept somewhere, read to be looked at: a file, or a study of a database.
package enum KeptStudy: Sendable {
    case file(StudyFile, path: String)
    case server(ServerStudy)

    /// Finds a study and reads it, also while a process writes it.
    ///
    /// - Parameters:
    ///   - name: `postgres://…`, else as for `StudyPath.find`.
    ///   - folder: where names are looked for.
    ///   - keepsEvents: else only what the events tell is kept.
    /// - Returns: the study, and which one the name means where it could be another.
    /// - Throws: `StorageError`, `StudyPath.NotFound`, `ServerError`, `Event.UnknownEvent`.
    package static func find(
        _ name: String, in folder: String, keepsEvents: Bool = false
    ) throws -> (study: KeptStudy, notice: String?) {
        if case .server = StudyLocation(toRead: name) {
            let study = try ServerStudy.read(name, keepsEvents: keepsEvents)
            return (.server(study), study.notice)
        }
        let (path, notice) = try StudyPath.find(name, in: folder)
        let file = try StudyFile.readStudy(at: path, keepsEvents: keepsEvents)
        return (.file(file, path: path), notice)
    }

    /// What a report keeps of a study that a run has kept at a place; nil where that is nothing.
    ///
    /// - Parameter place: a path, or `postgres://…`.
    /// - Throws: `StorageError`, `ServerError`.
    package static func artifact(_ key: Artifact.Key, at place: String) throws -> Artifact? {
        if case .server = StudyLocation(toRead: place) {
            return try ServerStudy.artifact(key, of: place)
        }
        return try StudyFile.artifact(key, at: place)
    }

    /// The reports of a study at a place that keep something.
    ///
    /// - Parameter place: a path, or `postgres://…`.
    /// - Throws: `StorageError`, `ServerError`.
    package static func artifactKeys(at place: String) throws -> [Artifact.Key] {
        if case .server = StudyLocation(toRead: place) {
            return try ServerStudy.artifactKeys(of: place)
        }
        return try StudyFile.artifactKeys(at: place)
    }

    /// Where it is: a path, or an address with the study's number.
    package var place: String {
        switch self {
        case .file(_, let path): path
        case .server(let study): study.address
        }
    }

    /// What it says about itself; nil when that is damaged.
    package var metadata: StudyMetadata? {
        switch self {
        case .file(let file, _): file.note
        case .server(let study): study.metadata
        }
    }

    /// The events, in order; empty where they were not kept.
    package var events: [Event] {
        switch self {
        case .file(let file, _): file.events
        case .server(let study): study.events
        }
    }

    /// How many events there are.
    package var eventCount: Int {
        switch self {
        case .file(let file, _): file.eventCount
        case .server(let study): study.eventCount
        }
    }

    /// What of it cannot be shown because it is damaged; nil when all can.
    package var damage: String? {
        switch self {
        case .file(let file, _): file.damage.map { "\($0)" }
        case .server: nil
        }
    }

    /// The study, to look at.
    ///
    /// - Throws: `EventError` when its events tell none.
    package var view: StudyView {
        get throws {
            switch self {
            case .file(let file, _): try StudyView(file)
            case .server(let study):
                StudyView(
                    try study.study, hasWriter: study.isHeld, isIntact: true,
                    created: study.metadata.created, receivedReports: study.arrivals)
            }
        }
    }
}
