import Foundation

/// A PostgreSQL server of a test's own, in a temporary folder, reached through a Unix socket alone.
///
/// It is stopped, and its folder removed, when the process ends, however it ends: a shell waits for that.
/// A superuser may not run a server, so as root it runs as the user `postgres`.
public final class TestServer: Sendable {
    /// A server for all tests that do not stop it.
    public static let shared = Result { try TestServer() }

    /// Why there is no server.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Where the server's programs are; nil where PostgreSQL is not installed.
    public static let programs: String? = {
        let files = FileManager.default
        let root = "/usr/lib/postgresql"
        let versions = (try? files.contentsOfDirectory(atPath: root)) ?? []
        let folders =
            versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
            + ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"]
        return folders.first { files.isExecutableFile(atPath: "\($0)/initdb") }
    }()

    /// Where its data, its socket and its log are.
    public let folder: String
    private let watch: FileHandle

    /// Makes a server and starts it.
    ///
    /// - Throws: `Failure`.
    public init() throws {
        guard let programs = Self.programs else {
            throw Failure(description: "PostgreSQL is not installed: make setup installs it")
        }
        // Short, as the path of a socket has 107 bytes at most.
        folder = "/tmp/mohpo-pg-\(UInt32.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        watch = try Self.watch(folder, programs)
        if getuid() == 0 { try Self.run("chown", "postgres", folder) }
        try Self.runAsServer(
            "\(programs)/initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8",
            "--locale=C", "-D", "\(folder)/data")
        try start()
    }

    /// Starts the server, and waits until it answers.
    public func start() throws {
        try Self.runAsServer(
            try Self.program("pg_ctl"), "-D", "\(folder)/data", "-l", "\(folder)/log", "-w", "-o",
            "-c listen_addresses= -k \(folder) -c fsync=off -c shared_buffers=16MB", "start")
    }

    /// Stops the server at once, as a crash would.
    public func stop() throws {
        try Self.runAsServer(
            try Self.program("pg_ctl"), "-D", "\(folder)/data", "-w", "-m", "immediate", "stop")
    }

    /// An empty database.
    ///
    /// - Returns: its address.
    public func makeDatabase() throws -> String {
        let name = "t\(UInt32.random(in: 0...(.max)))"
        _ = try query("CREATE DATABASE \(name)", in: address(of: "postgres"))
        return address(of: name)
    }

    /// The address of a database.
    ///
    /// - Parameter role: who connects.
    public func address(of database: String, role: String = "postgres") -> String {
        "postgres://\(role)@/\(database)?host=\(folder)"
    }

    /// What statements of one session give back: a line for each row, values with `|` between them.
    ///
    /// - Parameter address: of a database, `#…` is left out.
    public func query(_ statements: String..., in address: String) throws -> [String] {
        let database = String(address.prefix { $0 != "#" })
        let options = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"]
        return try Self.run(
            [try Self.program("psql")] + options + statements.flatMap { ["-c", $0] } + [database]
        ).split(separator: "\n").map(String.init)
    }

    private static func program(_ name: String) throws -> String {
        guard let programs else { throw Failure(description: "PostgreSQL is not installed") }
        return "\(programs)/\(name)"
    }

    // MARK: Programs

    /// Has a shell stop the server and remove the folder once this process has ended.
    private static func watch(_ folder: String, _ programs: String) throws -> FileHandle {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let words = Self.asServer([]).joined(separator: " ")
        process.arguments = [
            "-c",
            "trap '' INT TERM HUP; cat; cd /; \(words) \(programs)/pg_ctl -D \(folder)/data "
                + "-m immediate stop; rm -rf \(folder)",
        ]
        let pipe = Pipe()
        // No other program may keep it open.
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return pipe.fileHandleForWriting
    }

    private static func asServer(_ command: [String]) -> [String] {
        getuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + command
            : command
    }

    private static func runAsServer(_ command: String...) throws { try run(asServer(command)) }

    @discardableResult
    private static func run(_ command: String...) throws -> String { try run(command) }

    /// Closes what is open besides the standard streams, then becomes the program in its arguments.
    ///
    /// `Process` waits until nothing holds a socket of its own any more, which a server would do for as
    /// long as it runs.
    private static let closing = """
        for open in /proc/self/fd/*; do
          number=${open##*/}
          [ "$number" -le 2 ] || eval "exec $number>&-"
        done
        exec "$@"
        """

    /// Runs a program to its end.
    @discardableResult
    private static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", closing, "run"] + command
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = FileHandle.nullDevice
        // In a file: a server that continues would keep a pipe open.
        let path = "/tmp/mohpo-pg-output-\(UInt32.random(in: 0...(.max)))"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let output = FileHandle(forWritingAtPath: path)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command.joined(separator: " ")): \(text)")
        }
        return text
    }
}
