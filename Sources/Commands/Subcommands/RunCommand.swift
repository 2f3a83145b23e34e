internal import ArgumentParser
internal import Logging
internal import LuaHost
internal import Platform
internal import Results
internal import Running

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a script (the default).")

    @OptionGroup var options: RunOptions

    @Option(help: "Print each study and its front when the script is done: table, json or csv.")
    var format: ResultFormat?

    @Flag(help: "No progress line, and no messages but errors.")
    var quiet = false

    @Flag(help: "Serve the page of each study beside the run, and print its address.")
    var watch = false

    @Option(help: "The least level of messages: debug, info, notice, warning or error.")
    var logLevel: MessageLevel = .notice

    @OptionGroup(title: "As in lua") var interpreter: InterpreterOptions

    func validate() throws { try options.validateNewStudy() }

    func run() async throws {
        if interpreter.showsVersion {
            print(ProgramVersion.all)
            guard interpreter.hasWork else { return }
        }
        if let script = interpreter.script, let meant = Self.command(meantBy: script) {
            standardError(
                "mohpo-lua: \(script): cannot open \(script); did you mean the command \(meant)?")
            quit(ExitStatus.failed)
        }
        var settings = options.settings
        settings.keepsStudies = format != nil
        settings.isControlled = watch
        settings.commandToResume = commandToResume
        settings.ignoresEnvironment = interpreter.ignoresEnvironment
        let output = RunOutput(
            logLevel: quiet ? .error : logLevel.level, showsProgress: !quiet, page: page())
        if let script = interpreter.script, interpreter.runsScriptAlone,
            let notice = MisplacedOptions.notice(
                interpreter.arguments, behind: script, of: Self.self)
        {
            output.log(.notice, notice)
        }
        let status = ScriptProcess.run(
            interpreter.command, settings: settings, output: output,
            isInteractive: interpreter.isInteractive
        ) { host, failure in
            if failure?.isInterrupted == true {
                try (format ?? .table).print(host.studies.suffix(1))
            } else if let format {
                try format.print(host.studies)
            }
            return false
        }
        quit(status)
    }

    /// What serves the page; nil where none is asked for.
    private func page() -> PageBeside? {
        guard watch else { return nil }
        do {
            let page = try PageBeside()
            standardError("mohpo-lua: the page is at \(page.address)")
            return page
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
    }

    /// The command as it was typed, with `--resume`.
    private var commandToResume: String? {
        guard interpreter.script != nil, interpreter.script != "-" else { return nil }
        var words = CommandLine.arguments
        if !options.resume {
            let isNamed = words.count > 1 && words[1] == Self.configuration.commandName
            words.insert("--resume", at: min(isNamed ? 2 : 1, words.count))
        }
        return words.map(ShellWord.quoted).joined(separator: " ")
    }

    /// The command that a bare word, of which there is no file, was probably meant to be.
    private static func command(meantBy script: String) -> String? {
        guard !script.contains(where: { "./-".contains($0) }), access(script, F_OK) != 0 else {
            return nil
        }
        return Program.command(meantBy: script)
    }
}

/// The levels of messages that `--log-level` knows.
enum MessageLevel: String, ExpressibleByArgument, CaseIterable {
    case debug, info, notice, warning, error

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .notice }
}
