#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads a whole file into memory.
///
/// - Throws: ``DatasetError/unreadable(path:reason:)``, ``NNError/outOfMemory(what:bytes:)``.
func readFile(_ path: String) throws -> AlignedBuffer<UInt8> {
    let file = open(path, O_RDONLY | O_CLOEXEC)
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

private func unreadable(_ path: String) -> DatasetError {
    let reason =
        errno == 0 ? "the file changed while it was read" : String(cString: strerror(errno))
    return .unreadable(path: path, reason: reason.prefix(1).lowercased() + reason.dropFirst())
}
