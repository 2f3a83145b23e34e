internal import ArgumentParser
internal import Engine
internal import Logging
internal import LuaHost
internal import Platform

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Join a study in a database, and run trials of it.",
        discussion: """
            Waits for the study of the script's experiment, runs --slots trials of it at a time, and \
            decides about it when the process that did is gone. The script runs as it does there, and \
            writes no plots and tables.
            """)

    @OptionGroup var options: RunOptions

    @Option(help: "The least level of messages: debug, info, notice, warning or error.")
    var logLevel: MessageLevel = .notice

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String

    @Argument(parsing: .captureForPassthrough, help: "Arguments of the script.")
    var arguments: [String] = []

    func validate() throws {
        guard let study = options.study, case .server = StudyLocation(toWrite: study.text) else {
            throw ValidationError(
                "worker: expected --study postgres://HOST/DATABASE, got "
                    + (options.study?.text ?? "none"))
        }
    }

    func run() async throws {
        var settings = options.settings
        settings.joinsOnly = true
        let output = RunOutput(logLevel: logLevel.level, showsProgress: false)
        quit(
            ScriptProcess.run(
                ScriptCommand(script: script, arguments: arguments), settings: settings,
                output: output))
    }
}
