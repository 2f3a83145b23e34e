internal import Platform

/// The size of a regular file (or of what a link leads to), or nil where there is none.
func byteCount(ofFileAt path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
}

/// Puts the file at `source` in the place of `target`, in one step that others see as a whole.
///
/// - Throws: `SystemError`. Both must be on one file system.
func replaceFile(at target: String, with source: String) throws {
    guard rename(source, target) == 0 else { throw SystemError(number: errno) }
}

/// Makes a folder and those above it, where they are not there yet.
///
/// - Throws: `SystemError`.
func makeDirectory(_ path: String) throws {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
        throw SystemError(number: errno)
    }
    try makeDirectory(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw SystemError(number: errno) }
}

/// Makes a folder of a name that is not taken, starting with `prefix`.
///
/// - Throws: `SystemError`.
func makeTemporaryDirectory(prefix: String) throws -> String {
    let name = (prefix + "XXXXXX").withCString { template -> String? in
        guard let copy = strdup(template) else { return nil }
        defer { free(copy) }
        return mkdtemp(copy).map { String(cString: $0) }
    }
    guard let name else { throw SystemError(number: errno) }
    return name
}

/// What the operating system gave as the reason.
struct SystemError: Error, CustomStringConvertible {
    let number: Int32
    var description: String { String(cString: strerror(number)).lowercased() }
}

/// A lock that one process at a time holds, let go when the value dies or its process ends in
/// any way.
///
/// The file stays behind, empty: removing it could take it away from under one who waits for it.
final class FileLock {
    private let descriptor: Int32

    /// - Returns: nil when somebody else holds it.
    /// - Throws: `SystemError` when the file cannot be made.
    init?(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError(number: errno) }
        // A file system without locks does not stop the fetch: files are put in place whole anyway.
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(descriptor)
            return nil
        }
    }

    deinit {
        // Said outright, because a child that is just being started may still hold a copy of the
        // descriptor, and the lock would live on in it.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
