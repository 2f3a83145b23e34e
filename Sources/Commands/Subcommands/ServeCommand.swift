internal import ArgumentParser
internal import Logging
internal import LuaHost
internal import Platform

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open a script's experiment to programs that ask for trials and tell results.",
        discussion: """
            The script runs as usual, but the trials of the experiment that it runs are given to \
            clients in place of train. They send one JSON object a line and get one for each. Without \
            --stdio and --socket the clients are mohpo-lua ask and tell, which find the server by its \
            study.
            """)

    @OptionGroup var options: RunOptions

    @Flag(
        help: """
            Serve one client, on standard input and output; what the script prints goes to standard \
            error.
            """)
    var stdio = false

    @Option(
        help: ArgumentHelp(
            "Serve all clients that connect to a Unix socket of this path.", valueName: "path"))
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "Serve clients over HTTP at this port too; 0 for one that is free.", valueName: "n"))
    var port: UInt16?

    @Option(
        help: ArgumentHelp("With --port: the IP address to listen on.", valueName: "address"))
    var address = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "With --port: the file with the token that clients need, which is made unless it is "
                + "there. By default that of the script, with the ending .token.",
            valueName: "path"))
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "Seconds without a word after which a client has lost its trial.", valueName: "seconds")
    )
    var lease = 60.0

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String

    @Argument(parsing: .captureForPassthrough, help: "Arguments of the script.")
    var arguments: [String] = []

    func validate() throws {
        try options.validateNewStudy()
        let doors = [
            stdio ? "--stdio" : nil, socket.map { _ in "--socket" }, port.map { _ in "--port" },
        ]
        .compactMap(\.self)
        guard doors.count < 2 else {
            throw ValidationError(
                "serve: expected one of --stdio, --socket and --port, got "
                    + doors.joined(separator: " and "))
        }
        guard port != nil || tokenFile == nil else {
            throw ValidationError("--token-file: expected --port beside it")
        }
        guard lease > 0, lease <= 1e9 else {
            throw ValidationError("--lease: expected seconds above 0, got \(lease)")
        }
        if let socket, socket.utf8.count > SocketListener.longestPath {
            throw ValidationError(
                "--socket: expected a path of at most \(SocketListener.longestPath) bytes, got "
                    + "\(socket.utf8.count)")
        }
    }

    func run() async throws {
        var settings = options.settings
        do { settings.serving = Serving(try door(), lease: lease) } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
        let output = RunOutput(logLevel: .notice, showsProgress: !stdio)
        quit(
            ScriptProcess.run(
                ScriptCommand(script: script, arguments: arguments), settings: settings,
                output: output))
    }

    /// `circle.token` for `circle.lua`.
    private var scriptToken: String {
        let ending = ".lua"
        return (script.hasSuffix(ending) ? String(script.dropLast(ending.count)) : script)
            + ".token"
    }

    /// Where clients come from. With `--stdio`, standard output belongs to the client: what the
    /// script prints goes to standard error.
    private func door() throws -> Serving.Door {
        if let port {
            return .other(
                try HTTPProgram.services().door(
                    address: address, port: port, tokenFile: tokenFile ?? scriptToken))
        }
        guard stdio else { return .socket(socket) }
        let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if null >= 0 { dup2(null, STDIN_FILENO) }
        close(null)
        return .lines(input: input, output: output)
    }
}
