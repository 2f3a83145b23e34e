public import Engine
internal import Foundation
internal import Platform

/// The studies of a folder, each in a file of its own. Their addresses are paths.
public struct FolderCatalog: StudyCatalog {
    /// Where the files are.
    public let folder: String
    /// What writes are to outlast.
    public let durability: SQLiteJournal.Durability

    /// A catalog of a folder, which need not exist.
    public init(_ folder: String, durability: SQLiteJournal.Durability = .process) {
        (self.folder, self.durability) = (folder, durability)
    }

    /// Makes a new study: `NAME.db`, or `NAME-2.db` and so on where that is taken, also when another
    /// program makes one at the same time.
    ///
    /// - Throws: `StorageError`.
    public func create(_ metadata: StudyMetadata) throws -> any Journal {
        for number in 1... {
            let path = path(metadata.name, ending: number == 1 ? "" : "-\(number)")
            do {
                return try SQLiteJournal.create(at: path, about: metadata, durability: durability)
            } catch StorageError.exists { continue }
        }
        throw StorageError.unwritable(path: folder, reason: "no name is left")
    }

    /// Opens a file.
    public func open(_ address: String) throws -> any Journal {
        try SQLiteJournal.open(at: address, durability: durability)
    }

    /// The files that are studies, the newest first: see ``list(leftOut:)``.
    public func list() -> [StudyEntry] { list { _ in } }

    /// The file of the study's name.
    public func plainLocation(of name: String) -> StudyLocation { .file(path(name)) }

    /// The newest study of the experiment's name and ordinal count; nil where there is none.
    ///
    /// A file that is called as such a study would be and cannot be read is not passed by: opening it salvages it
    /// or says what is wrong.
    ///
    /// - Throws: `StorageError`, where that file is newer than the study.
    public func studyToResume(
        by experiment: StudyMetadata, ofRun run: String?
    ) throws -> String? {
        let study = studies(named: experiment.name).first { study in
            study.note.ordinal == experiment.ordinal && (run == nil || study.note.run == run)
        }
        guard let file = newestUnreadable(named: experiment.name) else { return study?.path }
        guard let study else { return file.path }
        guard file.number > number(of: study) else { return study.path }
        throw file.error
    }

    /// Opens a file; of a damaged one what is intact.
    public func openToResume(
        _ address: String, report: (String) -> Void
    ) throws -> (journal: any Journal, metadata: StudyMetadata) {
        let journal = try SQLiteJournal.open(at: address, durability: durability, report: report)
        return (journal, journal.note)
    }

    // MARK: What the files say

    /// The studies, the newest first; what is none is left out. Of those that were made in one second the
    /// one that came later in its run is newer, of several runs the one with the greater number.
    ///
    /// - Parameter leftOut: is told why each of the others is left out.
    public func list(leftOut: (any Error) -> Void) -> [StudyEntry] {
        files.sorted()
            .compactMap { path in
                do { return try StudyFile.entry(at: path) } catch {
                    leftOut(error)
                    return nil
                }
            }
            .sorted { isNewer(($0.address, $0.metadata), ($1.address, $1.metadata)) }
    }

    /// The studies of that name, the newest first: what the files say, and not how they are called. Of
    /// those that were made in one second as for `list`.
    public func studies(named name: String) -> [(path: String, note: StudyMetadata)] {
        let found = files.compactMap { path -> (path: String, note: StudyMetadata)? in
            guard let note = try? StudyReader.metadata(at: path), PathText.isSame(note.name, name)
            else { return nil }
            return (path, note)
        }
        return found.sorted(by: isNewer)
    }

    /// Where the first study of a name is.
    ///
    /// - Parameter ending: what stands behind the name where that is taken.
    public func path(_ name: String, ending: String = "") -> String {
        "\(folder)/\(PathText.fileName(name, otherwise: "study"))\(ending).db"
    }

    /// The paths of what may be studies.
    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".db") }.map { folder + "/" + $0 }
    }

    /// Whether a study was made after another, as far as one can tell of those of one second.
    private func isNewer(
        _ one: (path: String, note: StudyMetadata), _ other: (path: String, note: StudyMetadata)
    ) -> Bool {
        guard one.note.created == other.note.created else {
            return one.note.created > other.note.created
        }
        if one.note.run == other.note.run, one.note.ordinal != other.note.ordinal {
            return one.note.ordinal > other.note.ordinal
        }
        return number(of: one) > number(of: other)
    }

    /// The file with the greatest number that is called as a study of that name and is none that can be read.
    private func newestUnreadable(
        named name: String
    ) -> (path: String, number: Int, error: any Error)? {
        var newest: (path: String, number: Int, error: any Error)?
        for path in files {
            let number = number(of: path, named: name)
            guard number > newest?.number ?? 0, isRegularFile(path) else { continue }
            do { _ = try StudyReader.metadata(at: path) } catch { newest = (path, number, error) }
        }
        return newest
    }

    private func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private func number(of study: (path: String, note: StudyMetadata)) -> Int {
        number(of: study.path, named: study.note.name)
    }

    /// N of `NAME-N.db`, 1 of `NAME.db`; 0 of a file that `create` would call otherwise.
    private func number(of path: String, named name: String) -> Int {
        let name = PathText.fileName(name, otherwise: "study")
        let file = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        guard file.hasPrefix(name) else { return 0 }
        let end = file.dropFirst(name.count).dropLast(".db".count)
        return end.isEmpty ? 1 : end.hasPrefix("-") ? Int(end.dropFirst()) ?? 0 : 0
    }
}
