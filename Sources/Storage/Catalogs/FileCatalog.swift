public import Engine
internal import Foundation

/// The studies of one run in files beside each other: the first experiment's has the path given, the
/// second's is `NAME-2.db`.
public struct FileCatalog: StudyCatalog {
    /// Where the first study is.
    public let path: String
    /// What writes are to outlast.
    public let durability: SQLiteJournal.Durability

    /// A catalog of a path, where there need not be a file.
    public init(_ path: String, durability: SQLiteJournal.Durability = .process) {
        (self.path, self.durability) = (path, durability)
    }

    /// Makes the file of the experiment's ordinal count.
    ///
    /// - Throws: `StorageError`: `exists` where a study is there, `notAStudy` where something else is.
    public func create(_ metadata: StudyMetadata) throws -> any Journal {
        let path = numbered(metadata.ordinal)
        do {
            return try SQLiteJournal.create(at: path, about: metadata, durability: durability)
        } catch let exists as StorageError {
            guard case .exists = exists else { throw exists }
            // What is no study cannot be resumed.
            do { _ = try StudyReader.metadata(at: path) } catch let error as StorageError {
                if case .notAStudy = error { throw error }
            }
            throw exists
        }
    }

    /// Opens a file.
    public func open(_ address: String) throws -> any Journal {
        try SQLiteJournal.open(at: address, durability: durability)
    }

    /// The study at the path, if there is one.
    public func list() -> [StudyEntry] { [try? StudyFile.entry(at: path)].compactMap { $0 } }

    /// The file at the path.
    public func plainLocation(of name: String) -> StudyLocation { .file(path) }

    /// The file of the experiment's ordinal count; nil where there is none.
    public func studyToResume(by experiment: StudyMetadata, ofRun run: String?) -> String? {
        let path = numbered(experiment.ordinal)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Opens a file; of a damaged one what is intact.
    public func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata) {
        let journal = try SQLiteJournal.open(at: address, durability: durability, report: report)
        return (journal, journal.note)
    }

    private func numbered(_ ordinal: Int) -> String {
        guard ordinal > 1 else { return path }
        let dot = path.lastIndex(of: ".").flatMap { dot in
            path[dot...].contains("/") ? nil : dot
        }
        guard let dot else { return "\(path)-\(ordinal)" }
        return "\(path[..<dot])-\(ordinal)\(path[dot...])"
    }
}
