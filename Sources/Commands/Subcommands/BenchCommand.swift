internal import ArgumentParser
internal import Logging
internal import LuaHost
internal import Platform
internal import Settings

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Compare schedulers and searchers on a script of your own.",
        discussion: """
            Runs the script with every seed under every settings file and prints how much of the \
            hypervolume found by all runs each had found after how much resource. A settings file is a \
            Lua file that returns a table: its fields replace those of ag.experiment's. With fewer \
            than two of them the script as it is takes part as well. Nothing is kept, and what the \
            script prints is not shown.
            """)

    @Argument(help: "The Lua script.", completion: .file(extensions: ["lua"]))
    var script: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Lua files, each with settings to compare.", valueName: "file"),
        completion: .file(extensions: ["lua"]))
    var settings: [String] = []

    @Option(help: ArgumentHelp("How many seeds to run each with: 1, 2 … n.", valueName: "n"))
    var seeds = 5

    @Option(setting: "trials") var trials: SettingWord?
    @Option(setting: "workers") var workers: SettingWord?

    @Option(help: "How to print the comparison: table, json or csv.")
    var format: ResultFormat = .table

    @Flag(help: "Show no progress.")
    var quiet = false

    func validate() throws {
        guard seeds >= 1 else {
            throw ValidationError("--seeds: expected an integer of at least 1, got \(seeds)")
        }
        for word in words { try word.validate() }
        for path in settings where access(path, R_OK) != 0 {
            throw ValidationError(
                "--settings: \(path): \(String(cString: strerror(errno)).lowercased())")
        }
        let names = Benchmark.names(of: settings)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError(
                "--settings: expected files of different names, got two called \(twice)")
        }
    }

    /// The settings that were given.
    private var words: [SettingWord] { [trials, workers].compactMap(\.self) }

    func run() async throws {
        var base = RunSettings(words)
        base.isInterruptible = true
        let output = RunOutput(logLevel: quiet ? .error : .notice, showsProgress: !quiet)
        let benchmark = Benchmark(
            script: script, files: settings, seeds: seeds, settings: base, output: output)
        let format = format
        let status = ScriptProcess.run(output: output) { interruption in
            let silence = SilentOutput()
            let (comparisons, failure) = benchmark.run(interruption)
            silence.end()
            do { try format.print(comparisons) } catch {
                standardError("mohpo-lua: \(error)")
                return ExitStatus.failed
            }
            guard let failure else { return ExitStatus.done }
            if !failure.isInterrupted { standardError("mohpo-lua: \(failure)") }
            return failure.isInterrupted ? ExitStatus.interrupted : ExitStatus.failed
        }
        quit(status)
    }
}
