/// A file without a name: it is gone with the last reference to it, and with the process, however that
/// ends.
///
/// Any number of threads may read and write at once, each at its own place.
package final class UnlinkedFile: Sendable {
    private let file: OpenFile
    /// The folder that it was made in.
    package let folder: String

    /// Makes an empty file that only this user can read.
    ///
    /// - Throws: `FileError`.
    package init(in folder: String) throws {
        let path = "\(folder)/mohpo-lua-\(getpid())-\(UInt32.random(in: 0...(.max)))"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError.last }
        file = OpenFile(descriptor)
        self.folder = folder
        guard unlink(path) == 0 else { throw FileError.last }
    }

    /// Makes one below `TMPDIR`, or, where that is not set or cannot be written, in the first folder of
    /// the system's for temporary files that can. None of them is one in memory.
    ///
    /// - Throws: `FileError` of the first folder where none can be written.
    package static func temporary() throws -> UnlinkedFile {
        var failure: (any Error)?
        for folder in folders {
            do { return try UnlinkedFile(in: folder) } catch { failure = failure ?? error }
        }
        throw failure ?? FileError.system(ENOENT)
    }

    /// The folder that `temporary` tries first.
    package static var temporaryFolder: String { folders[0] }

    private static var folders: [String] {
        let named = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        return [named, "/tmp", "/var/tmp"].compactMap(\.self)
    }

    /// Writes all of the bytes.
    ///
    /// - Throws: `FileError`; part of them may be written.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        try transfer(bytes.count) { done in
            pwrite(
                file.descriptor, bytes.baseAddress! + done, bytes.count - done,
                off_t(offset + done))
        }
    }

    /// Fills the buffer.
    ///
    /// - Throws: `FileError`, `.system(EIO)` where the file ends before.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        try transfer(buffer.count) { done in
            pread(
                file.descriptor, buffer.baseAddress! + done, buffer.count - done,
                off_t(offset + done))
        }
    }

    /// Calls `move` with the bytes done so far until all are done.
    private func transfer(_ count: Int, _ move: (Int) -> Int) throws {
        var done = 0
        while done < count {
            let moved = move(done)
            if moved < 0 && errno == EINTR { continue }
            guard moved >= 0 else { throw FileError.last }
            guard moved > 0 else { throw FileError.system(EIO) }
            done += moved
        }
    }
}
