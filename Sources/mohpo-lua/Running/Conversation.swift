internal import Experiment
internal import Synchronization
internal import SystemC

/// A session at standard input: a line is read, evaluated, and what it gives is printed.
///
/// On a terminal, lines are edited, remembered and completed.
enum Conversation {
    /// Whether a session waits for a line, which an interrupt cannot end.
    private static let isReading = Atomic(false)

    /// Ends the process where a session waits for a line; called when Ctrl-C is pressed.
    ///
    /// Flushes nothing: all was flushed before the read, which holds the stream's lock.
    static func interrupted() {
        guard isReading.load(ordering: .acquiring) else { return }
        LineEditor.restoreTerminal()
        Terminal.write("\n")
        _exit(ExitStatus.interrupted)
    }

    static func run(with repl: Repl) {
        let reader = reader(repl)
        var prompt = "> "
        while let line = line(prompt, reader) {
            prompt = "> "
            switch repl.take(line) {
            case .done: break
            case .interrupted: SignalRelay.arm()
            case .over: return
            case .incomplete: prompt = ">> "
            case .failed(let text): standardError(text)
            }
            fflush(nil)
        }
        if Terminal.standardInputIsTerminal { print() }
    }

    private static func reader(_ repl: Repl) -> (String) -> String? {
        if LineEditor.isPossible {
            let editor = LineEditor(history: .standard(), complete: repl.completions)
            return { editor.line($0) }
        }
        return { prompt in
            print(Terminal.standardInputIsTerminal ? prompt : "", terminator: "")
            fflush(nil)
            return readLine()
        }
    }

    private static func line(_ prompt: String, _ read: (String) -> String?) -> String? {
        fflush(nil)
        isReading.store(true, ordering: .releasing)
        defer { isReading.store(false, ordering: .releasing) }
        return read(prompt)
    }
}
