internal import Foundation
internal import Platform

/// The right to write a study, which one journal at a time has, held by a lock on a file beside it.
///
/// The study's own file is never opened for this: closing it again would let go of the locks that
/// SQLite holds on it in the same process. The lock goes with the process, however it ends; the file
/// then stays behind and hinders no one.
struct StudyLock: Sendable {
    private let lock: FileLock

    /// - Throws: `StorageError`, which names the holder when there is one.
    init(forStudyAt study: String) throws {
        let path = study + ".lock"
        let holder =
            "process \(getpid()) on \(Self.host) since \(Date.now.formatted(.iso8601))"
        do {
            guard let lock = try FileLock(path, holder: holder, removesFile: true) else {
                throw StorageError.inUse(
                    path: study, by: FileLock.holder(path) ?? "another process")
            }
            self.lock = lock
        } catch let error as FileError {
            throw StorageError.unwritable(path: study, reason: "\(error)")
        }
    }

    /// Whether a process holds the right to write the study.
    static func isHeld(forStudyAt study: String) -> Bool { FileLock.isHeld(study + ".lock") }

    /// Asked of the system alone: Foundation would ask the network as well.
    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
