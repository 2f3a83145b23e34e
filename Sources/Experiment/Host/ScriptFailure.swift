internal import LuaBridge

/// Why a script ended before its end.
package struct ScriptFailure: Error, CustomStringConvertible {
    /// `file:line: what`.
    package let message: String
    /// "stack traceback: …"
    package let traceback: String?
    /// It was asked to end, and its studies hold what had been reported.
    package let isInterrupted: Bool

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

    init(_ error: LuaError, isInterrupted: Bool) {
        message = error.message
        traceback = error.traceback
        self.isInterrupted = isInterrupted
    }
}
