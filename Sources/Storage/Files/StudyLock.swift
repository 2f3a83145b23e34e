internal import Foundation
internal import Platform

/// The right to write a study, which one journal at a time has, held by a lock on a file beside it.
///
/// The study's own file is never opened for this: closing it again would let go of the locks that
/// SQLite holds on it in the same process. The lock goes with the process, however it ends; the file
/// then stays behind and hinders nobody.
final class StudyLock: Sendable {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `StorageError`, which names the holder when there is one.
    init(forStudyAt study: String) throws {
        path = study + ".lock"
        var attempts = 5
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else {
                throw StorageError.unwritable(path: study, reason: StudyPlace.reason(errno))
            }
            // A file system without locks does not keep anybody from their study.
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                close(descriptor)
                attempts -= 1
                // Who only asks whether it is held holds it for a moment.
                if attempts > 0 {
                    usleep(5_000)
                    continue
                }
                throw StorageError.inUse(path: study, by: Self.holder(path))
            }
            // The holder before may have removed the file between its opening and its locking.
            guard Self.isSame(descriptor, path) else {
                close(descriptor)
                continue
            }
            self.descriptor = descriptor
            break
        }
        let since = Date.now.ISO8601Format()
        let text = "process \(getpid()) on \(Self.host) since \(since)\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit {
        unlink(path)
        // Said outright, because a child that is just being started may hold a copy.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether somebody holds the right to write the study.
    static func isHeld(forStudyAt study: String) -> Bool {
        let descriptor = open(study + ".lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        flock(descriptor, LOCK_UN)
        return false
    }

    /// Asked of the system alone: Foundation would ask the network as well.
    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    private static func holder(_ path: String) -> String {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = text.prefix { $0 != "\n" }
        return line.isEmpty ? "another process" : String(line)
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (here, there) = (stat(), stat())
        return fstat(descriptor, &here) == 0 && stat(path, &there) == 0
            && here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }
}
