internal import ArgumentParser
internal import Logging
internal import LuaHost
internal import Platform
internal import Synchronization

struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Try Lua and the API line by line.",
        discussion: """
            The modules are there as ag, nn and data. A line that is an expression prints its values; \
            one that is not complete continues in the next. Locals end with their line. Tab completes \
            names, the arrows bring back lines, also those of earlier sessions. Ctrl-C \
            gives a line up, also one that runs; Ctrl-D ends the session. Studies are kept only with \
            --study PATH. After a script, or with options such as -e: mohpo-lua -i.
            """)

    @OptionGroup var options: RunOptions

    func validate() throws {
        try options.validateNewStudy()
        guard !options.resume || options.study != nil else {
            throw ValidationError("--resume: expected --study PATH, as a session keeps no others")
        }
    }

    func run() async throws {
        if Terminal.standardInputIsTerminal { print(ProgramVersion.all) }
        var command = ScriptCommand(script: nil)
        command.before = Array(CommandLine.arguments.prefix(1))
        command.initial = InterpreterOptions.initial
        var settings = options.settings
        if options.study == nil { settings.place = .memory }
        let output = RunOutput(logLevel: .notice, showsProgress: true)
        quit(
            ScriptProcess.run(
                command, settings: settings, output: output, isInteractive: true))
    }
}
