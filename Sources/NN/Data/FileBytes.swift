internal import Platform

/// Reads a whole file into memory.
///
/// - Throws: ``DatasetError/unreadable(path:reason:)``, ``OutOfMemory``.
func readFile(_ path: String) throws -> AlignedBuffer<UInt8> {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)  // a pipe would wait for its writer
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw DatasetError.unreadable(path: path, reason: "expected a file, got something else")
    }
    let buffer = try AlignedBuffer<UInt8>(count: Int(status.st_size), purpose: path)
    var offset = 0
    while offset < buffer.count {
        let got = read(file, buffer.pointer + offset, buffer.count - offset)
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else { throw unreadable(path) }
        offset += got
    }
    return buffer
}

/// Writes a file beside its place and then moves it there, so that nobody sees half of it.
///
/// - Throws: ``DatasetError/unreadable(path:reason:)``.
func writeFile(_ bytes: [UInt8], to path: String) throws {
    let temporary = "\(path).\(getpid()).part"
    // New, as a link of this name could lead anywhere.
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw unreadable(path) }
    var isWritten = bytes.withUnsafeBytes { all in
        var offset = 0
        while offset < all.count {
            let count = write(file, all.baseAddress! + offset, all.count - offset)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }
    let error = errno
    isWritten = close(file) == 0 && isWritten
    guard isWritten, rename(temporary, path) == 0 else {
        let failure = isWritten || errno != error ? errno : error
        unlink(temporary)
        errno = failure
        throw unreadable(path)
    }
}

private func unreadable(_ path: String) -> DatasetError {
    let reason =
        errno == 0 ? "the file changed while it was read" : String(cString: strerror(errno))
    return .unreadable(path: path, reason: reason.prefix(1).lowercased() + reason.dropFirst())
}
