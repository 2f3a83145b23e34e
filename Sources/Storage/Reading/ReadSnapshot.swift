internal import Platform

/// A copy of a study and its log, for as long as it is read.
///
/// A program that was killed leaves the log behind. SQLite reads one only with an index beside it,
/// which it cannot make in a folder that cannot be written, and without the log the last reports
/// would be missing, or all. Nor can texts be read of a file whose header says another encoding.
final class ReadSnapshot {
    let path: String
    private let folder: String
    private static let endings = ["-wal", ""]

    /// - Parameter correctingEncoding: whether the copy says that its texts are UTF-8.
    /// - Throws: `StorageError` where there is no room for it.
    init(of study: String, correctingEncoding: Bool = false) throws {
        let cause =
            correctingEncoding ? "its header is damaged" : "its folder cannot be written"
        func failure(_ reason: String) -> StorageError {
            .unreadable(path: study, reason: "\(cause), and \(reason)")
        }
        do {
            folder = try Folders.makeTemporary()
        } catch {
            throw failure("no folder for temporary files can be written (TMPDIR)")
        }
        path = folder + "/study.db"
        do {
            let place = try OpenFolder(folder)
            for ending in Self.endings {
                let there = try FilePlace(study + ending)
                guard ending.isEmpty || there.status != nil else { continue }
                let source = try there.open(O_RDONLY)
                try source.copy(to: place.file("study.db" + ending, O_WRONLY | O_CREAT | O_EXCL))
            }
            if correctingEncoding {
                try StudyDescriptor(path, O_RDWR).write([0, 0, 0, 1], at: FileHeader.textEncoding)
            }
        } catch {
            // A class whose initialiser throws is not deinitialised.
            Self.remove(folder)
            throw failure("it cannot be copied to \(folder): \(error)")
        }
    }

    private static func remove(_ folder: String) {
        for ending in endings + ["-shm"] { unlink(folder + "/study.db" + ending) }
        rmdir(folder)
    }

    deinit { Self.remove(folder) }
}
