internal import Platform

/// A copy of a study and its log, for as long as it is read.
///
/// A program that was killed leaves the log behind. SQLite reads one only with an index beside it,
/// which it cannot make in a folder that cannot be written, and without the log the last reports
/// would be missing, or all.
final class ReadSnapshot {
    let path: String
    private let folder: String
    private static let endings = ["-wal", ""]

    /// - Throws: `StorageError` where there is no room for it.
    init(of study: String) throws {
        do {
            folder = try Folders.makeTemporary()
        } catch {
            throw Self.failure(study, "no folder for temporary files can be written (TMPDIR)")
        }
        path = folder + "/study.db"
        do {
            let place = try OpenFolder(folder)
            for ending in Self.endings {
                let source = try FilePlace(study + ending).open(O_RDONLY)
                try source.copy(to: place.file("study.db" + ending, O_WRONLY | O_CREAT | O_EXCL))
            }
        } catch {
            // A class whose initialiser throws is not deinitialised.
            Self.remove(folder)
            throw Self.failure(study, "it cannot be copied to \(folder): \(error)")
        }
    }

    private static func failure(_ study: String, _ reason: String) -> StorageError {
        .unreadable(path: study, reason: "its folder cannot be written, and \(reason)")
    }

    private static func remove(_ folder: String) {
        for ending in endings + ["-shm"] { unlink(folder + "/study.db" + ending) }
        rmdir(folder)
    }

    deinit { Self.remove(folder) }
}
