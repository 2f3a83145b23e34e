/// Why a file or a folder cannot be used, as the end of a sentence that begins with its path.
package enum FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the system says, an `errno`.
    case system(Int32)
    /// The path leads out of the folder that files are confined to.
    case outside
    /// The path leads through a link, which may lead out of that folder.
    case link(name: String)
    /// What must never be a link, as a lock's file, is one.
    case linkAsFile(name: String)
    /// A pipe, a device or a folder stands where a file is expected.
    case notAFile

    /// The error of the call that has just failed.
    package static var last: FileError { .system(errno) }

    /// The system's error number; nil for the other cases.
    package var number: Int32? {
        guard case .system(let number) = self else { return nil }
        return number
    }

    package var description: String {
        switch self {
        case .system(let number): String(cString: strerror(number)).lowercased()
        case .outside: Self.outsideText
        case .link(let name): "the link \(name) may lead \(Self.outsideText)"
        case .linkAsFile(let name): "expected a file, \(name) is a link"
        case .notAFile: "expected a file, got something else"
        }
    }

    private static let outsideText =
        "outside of the working directory, which the sandbox does not allow"
}
