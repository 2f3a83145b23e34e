internal import Platform

/// Writes a result to a file, complete or not at all: into a new file beside the target, which then
/// takes its name.
package enum OutputFile {
    /// Writes `text` as UTF-8.
    ///
    /// - Throws: `OutputError`; an old file of that name is then still there.
    package static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).\(getpid()).part"
        // New, as a link of this name could lead anywhere.
        unlink(temporary)
        guard let file = fopen(temporary, "wbx") else { throw OutputError(path) }
        var text = text
        let isWritten = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) == $0.count }
        guard fclose(file) == 0, isWritten, rename(temporary, path) == 0 else {
            let error = OutputError(path)
            unlink(temporary)
            throw error
        }
    }

    /// Says before there is anything to write whether it could be written: the folder must exist.
    ///
    /// - Throws: `OutputError`, as `write` would.
    package static func check(_ path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(folder, W_OK) == 0 else { throw OutputError(path) }
    }
}

/// That a result cannot be written, and why: a folder is missing, the disk is full.
package struct OutputError: Error, Hashable, CustomStringConvertible {
    /// The path, as it was given; or "standard output".
    package let path: String
    /// The reason, as the system says it.
    package let reason: String

    /// Takes the reason from the system call that failed last.
    package init(_ path: String) {
        self.path = path
        reason = String(cString: strerror(errno))
    }

    package var description: String { "cannot write \(path): \(reason)" }
}
