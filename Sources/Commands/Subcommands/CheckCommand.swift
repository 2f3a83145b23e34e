internal import ArgumentParser
internal import Logging
internal import LuaHost

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Load a script and validate its experiments; train nothing.",
        discussion: """
            Prints every experiment's space, objectives and rungs. The script runs as usual, but \
            experiment:run() trains nothing and gives an empty study, and a study writes no files.
            """)

    @OptionGroup var options: RunOptions

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String

    @Argument(parsing: .captureForPassthrough, help: "Arguments of the script.")
    var arguments: [String] = []

    func run() async throws {
        var settings = options.settings
        settings.isCheck = true
        let output = RunOutput(logLevel: .notice, showsProgress: false)
        let status = ScriptProcess.run(
            ScriptCommand(script: script, arguments: arguments), settings: settings, output: output
        ) { host, failure in
            for description in host.descriptions {
                try Terminal.printResult(description + "\n")
            }
            if failure == nil, host.descriptions.isEmpty {
                standardError("\(script): declares no experiment")
            }
            guard let failure, !host.studies.isEmpty, failure.lacksResults else { return false }
            // What follows a run wants results, of which a check has none.
            standardError(
                "mohpo-lua: checked up to here, where the script needs results: \(failure.message)")
            return true
        }
        quit(status)
    }
}
