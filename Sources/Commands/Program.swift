internal import ArgumentParser
internal import Platform

/// What a command line of `mohpo-lua` does.
package enum CommandLineProgram {
    /// Does it, and ends the process where it has failed.
    ///
    /// - Parameter http: what does that which needs HTTP; nil: another program.
    package static func run(http: (any HTTPServices)?) async {
        HTTPProgram.use(http)
        await Program.main()
    }
}

struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mohpo-lua",
        abstract: "Multi-objective hyper-parameter experiments, written as Lua scripts.",
        discussion: """
            mohpo-lua SCRIPT [ARG…] runs a script; see the subcommands for the rest.
            """,
        version: ProgramVersion.current,
        subcommands: [
            RunCommand.self, CheckCommand.self, ReplCommand.self, DataCommand.self,
            ListCommand.self, ReportCommand.self, FrontCommand.self, WatchCommand.self,
            TopCommand.self, ExplainCommand.self, ReplayCommand.self, ExportCommand.self,
            BenchCommand.self, ServeCommand.self, AskCommand.self, TellCommand.self,
            WorkerCommand.self, AgentsCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    static func main() async {
        StandardDescriptors.reserve()
        // A file that may not grow any further is an error like a full disk, and not the end. Not
        // SIG_IGN, which programs that a script starts would inherit.
        signal(SIGXFSZ) { _ in }
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            try checkHelp(arguments)
            var command = try parseAsRoot(InterpreterOptions.separated(arguments))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            quit(ExitStatus.done)
        } catch {
            end(with: error)
        }
    }

    /// The parser would give the help of all for a command that there is not.
    private static func checkHelp(_ arguments: [String]) throws {
        guard arguments.first == "help" else { return }
        var command: any ParsableCommand.Type = Self.self
        for name in arguments.dropFirst().prefix(while: { $0.first != "-" }) where name != "help" {
            let commands = command.configuration.subcommands
            if let next = commands.first(where: { $0.configuration.commandName == name }) {
                command = next
                continue
            }
            let names = names(of: commands)
            let near = nearestName(to: name, among: names).map { "; did you mean \($0)?" }
            let all = names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"
            throw ValidationError("help: \(name): there is no such command\(near ?? all)")
        }
    }

    private static func names(of commands: [any ParsableCommand.Type]) -> [String] {
        commands.compactMap { $0.configuration.commandName }
    }

    /// The command that a word was probably meant to be.
    static func command(meantBy word: String) -> String? {
        nearestName(to: word, among: names(of: configuration.subcommands))
    }

    /// Says what the parser throws for help, a version or bad usage, as the parser does.
    ///
    /// Its own code for bad usage is 64; ours is 2. Nor would it tell of a full disk.
    private static func end(with error: any Error) -> Never {
        let status = exitCode(for: error)
        let text = fullMessage(for: error)
        guard status.isSuccess else {
            if !text.isEmpty { standardError(text) }
            quit(status == .validationFailure ? ExitStatus.usage : status.rawValue)
        }
        do {
            if !text.isEmpty { try Terminal.printResult(text + "\n") }
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
        quit(ExitStatus.done)
    }
}
