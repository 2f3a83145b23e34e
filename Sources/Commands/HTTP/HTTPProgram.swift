internal import Foundation
internal import Platform
internal import Synchronization

/// Where HTTP is to be had.
enum HTTPProgram {
    private static let own = Mutex<(any HTTPServices)?>(nil)
    private static let name = "mohpo-lua-http"

    /// Sets what this program has; called once, at its start.
    static func use(_ services: (any HTTPServices)?) { own.withLock { $0 = services } }

    /// What this program has. One without HTTP becomes the one that has it, with the same command line.
    ///
    /// - Throws: `NotFound`.
    static func services() throws -> any HTTPServices {
        if let services = own.withLock({ $0 }) { return services }
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
        let folder = program?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".")
        // Where the build puts it, and where `make install` does.
        let paths = [name, "../libexec/mohpo-lua/\(name)"].map {
            folder.appendingPathComponent($0).standardizedFileURL.path
        }
        for path in paths { execv(path, CommandLine.unsafeArgv) }
        throw NotFound(paths: paths, reason: String(cString: strerror(errno)))
    }

    /// The program that has HTTP cannot be started.
    struct NotFound: Error, CustomStringConvertible {
        let paths: [String]
        let reason: String

        var description: String {
            "cannot start \(name), which serves over HTTP and is part of mohpo-lua: expected it at "
                + "\(paths.joined(separator: " or ")): \(reason)"
        }
    }
}
