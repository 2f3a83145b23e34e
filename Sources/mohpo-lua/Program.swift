internal import ArgumentParser
internal import Dispatch
internal import LuaBridge
internal import Platform

/// Exit codes, as documented for users.
enum ExitStatus {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    static let interrupted: Int32 = 130
    static let terminated: Int32 = 143
}

@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mohpo-lua",
        abstract: "Multi-objective hyper-parameter experiments, written as Lua scripts.",
        discussion: """
            mohpo-lua SCRIPT [ARG…] runs a script; see the subcommands for the rest.
            """,
        version: version,
        subcommands: [
            RunCommand.self, CheckCommand.self, ReplCommand.self, DataCommand.self,
            ListCommand.self, ReportCommand.self, FrontCommand.self, ExplainCommand.self,
            ReplayCommand.self, ExportCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    static let version = "0.1.0"

    /// What `-v` prints.
    static let versions = "mohpo-lua \(version), \(LuaState.version)"

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

    /// The parser's own code for bad usage is 64; ours is 2.
    private static func end(with error: any Error) -> Never {
        let status = exitCode(for: error)
        guard status == .validationFailure else { exit(withError: error) }
        standardError(fullMessage(for: error))
        quit(ExitStatus.usage)
    }
}

/// Writes a line to standard error, in one piece.
func standardError(_ line: String) { Terminal.write(line + "\n") }

/// Ends the process at once, with its streams flushed. What cannot be written makes it a failure.
///
/// Exit handlers do not run: libraries tear down there what threads that still compute are using.
func quit(_ status: Int32) -> Never {
    guard fflush(nil) != 0, status == ExitStatus.done else { _exit(status) }
    standardError("mohpo-lua: cannot write standard output: \(String(cString: strerror(errno)))")
    _exit(ExitStatus.failed)
}

/// Ends the process while its other threads run, of which one may hold a stream's lock for ever.
func quitInTheMiddle(_ status: Int32) -> Never {
    let flushed = DispatchSemaphore(value: 0)
    LuaThread.start {
        fflush(nil)
        flushed.signal()
    }
    _ = flushed.wait(timeout: .now() + 1)
    _exit(status)
}
