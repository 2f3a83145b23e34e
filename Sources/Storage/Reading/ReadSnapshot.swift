internal import Foundation

/// A copy of a study and its log, for as long as somebody reads it.
///
/// A program that was killed leaves the log behind. SQLite reads one only with an index beside it,
/// which it cannot make in a folder that cannot be written, and without the log the last reports
/// would be missing, or all.
final class ReadSnapshot {
    let path: String
    private let folder: URL

    /// - Throws: `StorageError` where there is no room for it.
    init(of study: String) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "mohpo-lua-\(UUID().uuidString)")
        path = folder.appending(path: "study.db").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for ending in ["-wal", ""] {
                try FileManager.default.copyItem(atPath: study + ending, toPath: path + ending)
            }
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw StorageError.unreadable(
                path: study, reason: "its folder cannot be written, and it cannot be copied")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
