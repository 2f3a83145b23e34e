internal import CLineEditor
internal import Platform

/// Lines from a terminal, with editing, history and completion; one a process, used on one thread.
final class LineEditor {
    private let history: HistoryFile?
    private let complete: (String) -> [String]
    private var last: String?

    /// Whether lines can be edited: both ends are a terminal that can move its cursor.
    static var isPossible: Bool {
        isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0
            && getenv("TERM").map { String(cString: $0) } ?? "dumb" != "dumb"
    }

    /// - Parameter complete: what the name that ends the given text could become.
    init(history: HistoryFile?, complete: @escaping (String) -> [String]) {
        self.history = history
        self.complete = complete
        cline_open(
            { context, text in
                let editor = Unmanaged<LineEditor>.fromOpaque(context!).takeUnretainedValue()
                for name in editor.complete(String(cString: text!)) { cline_offer(name) }
            }, Unmanaged.passUnretained(self).toOpaque())
        for line in history?.load() ?? [] { cline_remember(line) }
    }

    /// The next line; nil at the end of input.
    func line(_ prompt: String) -> String? {
        guard let bytes = cline_read(prompt) else { return nil }
        defer { free(bytes) }
        guard !Self.wasCancelled else { return "" }
        let line = String(cString: bytes)
        if !line.isEmpty, line != last {
            cline_remember(line)
            history?.append(line)
            last = line
        }
        return line
    }

    /// Gives the line up that is being read, on any thread.
    static func cancel() { cline_cancel() }

    /// Whether the last line was given up.
    static var wasCancelled: Bool { cline_was_cancelled() != 0 }

    /// For a session that ends while a line is being read.
    static func restoreTerminal() { cline_restore_terminal() }
}
