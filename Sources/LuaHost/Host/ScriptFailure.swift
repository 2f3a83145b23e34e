internal import LuaBridge

/// Why a script ended before its end.
package struct ScriptFailure: Error, CustomStringConvertible {
    /// `file:line: what`.
    package let message: String
    /// "stack traceback: …"
    package let traceback: String?
    /// It was asked to end, and its studies hold what had been reported.
    package let isInterrupted: Bool
    /// It was ended as it had run for too long, which is an interrupt too.
    package let isOverdue: Bool

    package var description: String {
        [message, traceback].compactMap { $0 }.joined(separator: "\n")
    }

    /// Whether it looks like that of a script that met nil where a study that was run has a result.
    /// A function or a global that is nil is none: no result is either.
    package var lacksResults: Bool {
        let meetsNil = ["a nil value", "got nil", "with nil", "nil with"].contains {
            message.contains($0)
        }
        return meetsNil && !message.contains("call a nil") && !message.contains("(global '")
    }

    init(_ error: LuaError, interruption: Interruption, settings: RunSettings) {
        traceback = error.traceback
        isInterrupted = interruption.isRequested
        isOverdue = interruption.isOverdue
        let limit = settings.scriptTimeOut.map { " (--time-out: \($0) seconds in all)" } ?? ""
        message =
            isOverdue
            ? error.message.replacing("interrupted", with: "the time is up\(limit)") : error.message
    }
}
