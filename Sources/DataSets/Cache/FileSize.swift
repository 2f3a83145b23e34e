internal import Platform

/// The size of a regular file (or of what a link leads to), or nil where there is none.
func byteCount(ofFileAt path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
}
