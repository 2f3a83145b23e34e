import Platform

/// A temporary folder, gone with the value.
final class Scratch: Sendable {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = PathText.resolved(try Folders.makeTemporary(prefix: "\(base)/mohpo-platform-"))!
    }

    deinit { Self.remove(path) }

    func write(_ text: String, to name: String) throws {
        try Folders.makeAbove("\(path)/\(name)")
        try AtomicFile.write(text, to: "\(path)/\(name)")
    }

    func read(_ name: String) throws -> String {
        String(decoding: try readBytes(ofFileAt: "\(path)/\(name)"), as: UTF8.self)
    }

    func link(_ name: String, to target: String) {
        precondition(symlink(target, "\(path)/\(name)") == 0)
    }

    func isLink(_ name: String) -> Bool {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The names in the folder, as the system has them.
    var names: [String] { Self.names(path).sorted() }

    private static func names(_ path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private static func remove(_ path: String) {
        for name in names(path) {
            if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        }
        rmdir(path)
    }
}
