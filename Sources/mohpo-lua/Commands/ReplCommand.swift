internal import ArgumentParser
internal import Experiment
internal import Logging
internal import Synchronization
internal import SystemC

struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Try Lua and the API line by line.",
        discussion: """
            The modules are there as ag, nn and data. A line that is an expression prints its values; \
            one that is not complete goes on in the next. Locals end with their line. Ctrl-D ends the \
            session, Ctrl-C too. It keeps no history itself: rlwrap mohpo-lua repl does.
            """)

    @OptionGroup var options: RunOptions

    func run() async throws {
        let output = RunOutput(logLevel: .notice, showsProgress: true)
        let status = ScriptProcess.start(
            settings: options.settings, output: output,
            onInterrupt: { if Self.isReading.load(ordering: .acquiring) { Self.leave() } },
            body: { try Repl.session(on: $0, Self.converse) })
        quit(status)
    }

    /// Whether the session waits for a line, which an interrupt cannot end.
    private static let isReading = Atomic(false)

    /// Flushes nothing: all was flushed before the read, which holds the stream's lock.
    private static func leave() {
        Terminal.write("\n")
        _exit(ExitStatus.interrupted)
    }

    private static func converse(with repl: Repl) {
        let isTerminal = isatty(STDIN_FILENO) != 0
        var prompt = "> "
        while let line = line(isTerminal ? prompt : "") {
            prompt = "> "
            switch repl.take(line) {
            case .done: break
            case .interrupted: return
            case .incomplete: prompt = ">> "
            case .failed(let text): standardError(text)
            }
            fflush(nil)
        }
        if isTerminal { print() }
    }

    private static func line(_ prompt: String) -> String? {
        print(prompt, terminator: "")
        fflush(nil)
        isReading.store(true, ordering: .releasing)
        defer { isReading.store(false, ordering: .releasing) }
        return readLine()
    }
}
