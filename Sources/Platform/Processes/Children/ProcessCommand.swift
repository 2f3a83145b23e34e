internal import CProcesses

/// A program to start, as a person would say it.
package struct ProcessCommand: Sendable {
    /// Where what it writes goes, or what it reads comes from.
    package enum Stream: Sendable {
        /// A pipe to this process.
        case pipe
        /// Nowhere.
        case null
        /// What this process has.
        case inherited
        /// An open file, which stays the caller's.
        case file(Int32)
    }

    /// The program and its arguments. A program without a slash is looked for in `PATH`.
    package var arguments: [String]
    /// Variables that differ from those of this process; nil takes one away.
    package var environment: [String: String?] = [:]
    /// The working directory; nil: that of this process.
    package var folder: String?
    /// Standard input.
    package var input = Stream.null
    /// Standard output.
    package var output = Stream.pipe
    /// Standard error.
    package var errors = Stream.inherited
    /// Seconds between the first signal of an end and SIGKILL.
    package var killAfter = 10.0

    /// A program with its arguments, at least one of them.
    package init(_ arguments: [String]) { self.arguments = arguments }

    /// Starts the program as the leader of a process group of its own, which ``Watchdog`` knows of.
    ///
    /// Ctrl-C at the terminal does not reach it.
    ///
    /// - Throws: `ProcessError`, `FileError` where the system gives no pipe.
    package func start() throws -> ChildProcess {
        let environment = variables
        var start = ProgramStart(
            paths: Self.paths(of: arguments[0], in: environment["PATH"] ?? Self.standardPath),
            arguments: arguments, environment: environment.map { "\($0)=\($1)" })
        start.folder = folder
        var input = try Ends(of: self.input, isInput: true)
        var output = try Ends(of: self.output, isInput: false)
        var errors = try Ends(of: self.errors, isInput: false, inherited: STDERR_FILENO)
        (start.input, start.output, start.errors) = (input.theirs, output.theirs, errors.theirs)
        let group = try Watchdog.shared.watching(killAfter: killAfter) { writer, ticks in
            start.watchdog = (writer, ticks)
            return try start.start()
        }
        return ChildProcess(
            group: ProcessGroup(group, killAfter: killAfter), input: input.takeOurs(),
            output: output.takeOurs(), errors: errors.takeOurs())
    }

    private static let standardPath = "/usr/local/bin:/usr/bin:/bin"

    /// The variables of this process with the changes.
    private var variables: [String: String] {
        var variables: [String: String] = [:]
        var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let text = entry?.pointee {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry = entry?.successor()
        }
        for (name, value) in environment { variables[name] = value }
        return variables
    }

    /// The files that a program's name may mean, in order.
    private static func paths(of program: String, in path: String) -> [String] {
        guard !PathText.contains(program, "/") else { return [program] }
        return path.split(separator: ":", omittingEmptySubsequences: false).map {
            $0.isEmpty ? program : "\($0)/\(program)"
        }
    }
}

/// The two ends of a stream: that of the program, and ours where there is a pipe.
private struct Ends: ~Copyable {
    let theirs: Int32
    private let closesTheirs: Bool
    private var ours: Int32

    init(of stream: ProcessCommand.Stream, isInput: Bool, inherited: Int32? = nil) throws {
        (theirs, ours, closesTheirs) = try Self.open(stream, isInput: isInput, inherited: inherited)
    }

    private static func open(
        _ stream: ProcessCommand.Stream, isInput: Bool, inherited: Int32?
    ) throws -> (theirs: Int32, ours: Int32, closesTheirs: Bool) {
        switch stream {
        case .pipe:
            var ends: [Int32] = [-1, -1]
            guard cp_pipe(&ends) == 0 else { throw FileError.last }
            let ours = isInput ? ends[1] : ends[0]
            _ = fcntl(ours, F_SETFL, O_NONBLOCK)
            return (isInput ? ends[0] : ends[1], ours, true)
        case .null:
            let null = Platform.open("/dev/null", O_RDWR | O_CLOEXEC)
            guard null >= 0 else { throw FileError.last }
            return (null, -1, true)
        case .inherited: return (inherited ?? (isInput ? STDIN_FILENO : STDOUT_FILENO), -1, false)
        case .file(let descriptor): return (descriptor, -1, false)
        }
    }

    deinit {
        if closesTheirs { close(theirs) }
        if ours >= 0 { close(ours) }
    }

    /// Our end of a pipe, which is the caller's from now on; nil where there is none.
    mutating func takeOurs() -> Int32? {
        guard ours >= 0 else { return nil }
        defer { ours = -1 }
        return ours
    }
}
