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

    init(_ error: LuaError, isInterrupted: Bool) {
        message = error.message
        traceback = error.traceback
        self.isInterrupted = isInterrupted
    }
}
