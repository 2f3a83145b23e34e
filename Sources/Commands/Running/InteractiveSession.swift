internal import LuaHost
internal import Platform
internal import Synchronization

/// A session at standard input: a line is read, evaluated, and what it gives is printed.
///
/// On a terminal, lines are edited, remembered and completed.
enum InteractiveSession {
    /// Whether a session waits for a line, which an interrupt cannot end.
    private static let isReading = Atomic(false)

    /// Where a session waits for a line, gives that line up; called when Ctrl-C is pressed. Where it
    /// cannot, or another signal came, ends the process.
    ///
    /// Flushes nothing: all was flushed before the read, which holds the stream's lock.
    ///
    /// - Returns: false where a line runs.
    static func interrupted(by signal: Int32) -> Bool {
        guard isReading.load(ordering: .acquiring) else { return false }
        if signal == SIGINT, LineEditor.isPossible {
            SignalRelay.arm()
            LineEditor.cancel()
            return true
        }
        LineEditor.restoreTerminal()
        Terminal.write("\n")
        _exit(signal == SIGTERM ? ExitStatus.terminated : ExitStatus.interrupted)
    }

    static func run(with repl: Repl) {
        let reader = reader(repl)
        var prompt = "> "
        while let line = line(prompt, reader) {
            prompt = "> "
            guard !isGivenUp else {
                repl.forget()
                continue
            }
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

    private static var isGivenUp: Bool { LineEditor.isPossible && LineEditor.wasCancelled }

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
