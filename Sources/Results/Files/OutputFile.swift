internal import Platform

/// Writes a result to a file, complete or not at all: into a new file beside the target, which then
/// takes its name.
package enum OutputFile {
    /// Writes `text` as UTF-8.
    ///
    /// - Throws: `OutputError`; an old file of that name is then still there.
    package static func write(_ text: String, to path: String) throws {
        do { try AtomicFile.write(text, to: path) } catch let error as FileError {
            throw OutputError(path, error)
        }
    }

    /// Writes bytes.
    ///
    /// - Throws: as for text.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try bytes.withUnsafeBytes { try AtomicFile.write($0, to: path) }
        } catch let error as FileError {
            throw OutputError(path, error)
        }
    }

    /// Says before there is anything to write whether it could be written: the folder must exist.
    ///
    /// - Throws: `OutputError`, as `write` would.
    package static func check(_ path: String) throws {
        guard access(PathText.split(path).folder, W_OK) == 0 else {
            throw OutputError(path, .last)
        }
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

    init(_ path: String, _ error: FileError) {
        self.path = path
        reason = error.number.map { String(cString: strerror($0)) } ?? "\(error)"
    }

    package var description: String { "cannot write \(path): \(reason)" }
}
