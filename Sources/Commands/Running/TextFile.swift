internal import Platform

/// The lines of a file, without their ends; none where it cannot be read or, as a pipe, only once.
func lines(ofFileAt path: String) -> [String] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        let file = fopen(path, "r")
    else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var buffer: UnsafeMutablePointer<CChar>?
    var size = 0
    defer { free(buffer) }
    while getline(&buffer, &size, file) >= 0, let line = buffer {
        lines.append(String(String(cString: line).prefix { $0 != "\n" }))
    }
    return lines
}
