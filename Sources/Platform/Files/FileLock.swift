/// A lock that one process at a time holds, by a file of its own.
///
/// It goes with the process, however that ends. The file is never a link, so that nothing else is
/// written, and it holds a line that says who has the lock.
///
/// ```swift
/// guard let lock = try FileLock("studies/x.db.lock", holder: "process 7") else { … }
/// ```
package final class FileLock: Sendable {
    private let place: FilePlace
    private let descriptor: Int32
    private let removesFile: Bool

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - holder: who has the lock, a line for those who do not get it; nil leaves the file empty.
    ///   - removesFile: the file goes with the lock. Without it the file stays behind.
    /// - Returns: nil when another holds it.
    /// - Throws: `FileError` when the file cannot be made, or is none.
    package init?(_ path: String, holder: String? = nil, removesFile: Bool = false) throws {
        let place = try FilePlace(path)
        var attempts = 5
        while true {
            let file = try Self.open(place, O_RDWR | O_CREAT)
            // A file system without locks does not keep anyone from their files.
            if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
                attempts -= 1
                guard attempts > 0 else { return nil }
                // A process that only asks whether it is held holds it for a moment.
                usleep(5_000)
                continue
            }
            // The holder before may have removed the file between its opening and its locking.
            guard Self.isSame(file, place) else { continue }
            descriptor = file.release()
            break
        }
        (self.place, self.removesFile) = (place, removesFile)
        guard let holder else { return }
        ftruncate(descriptor, 0)
        _ = (holder + "\n").withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit {
        if removesFile { unlinkat(place.folder.descriptor, place.name, 0) }
        // Explicit, because a child that is just being started may hold a copy of the descriptor.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether a process holds the lock.
    package static func isHeld(_ path: String) -> Bool {
        guard let place = try? FilePlace(path), let file = try? open(place, O_RDONLY) else {
            return false
        }
        guard flock(file.descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        flock(file.descriptor, LOCK_UN)
        return false
    }

    /// Who holds the lock; nil where the file does not say.
    package static func holder(_ path: String) -> String? {
        guard let place = try? FilePlace(path), let file = try? open(place, O_RDONLY),
            let bytes = try? file.bytes()
        else { return nil }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return line.isEmpty ? nil : line
    }

    /// Opens the lock's file: a regular one, and never what a link leads to.
    private static func open(_ place: FilePlace, _ flags: Int32) throws -> OpenFile {
        do {
            let file = try place.folder.file(place.name, flags)
            _ = try file.size()
            return file
        } catch FileError.link(let name) { throw FileError.linkAsFile(name: name) }
    }

    private static func isSame(_ file: borrowing OpenFile, _ place: FilePlace) -> Bool {
        guard let here = try? file.status(), let there = place.folder.status(of: place.name) else {
            return false
        }
        return here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }
}
