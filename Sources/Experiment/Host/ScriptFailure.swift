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

    init(_ error: LuaError, script: String, isInterrupted: Bool) {
        // The system's "cannot open x" lacks what every other message starts with.
        let isPlaced = error.message.hasPrefix(script) || error.traceback != nil
        message = isPlaced ? error.message : "\(script): \(error.message)"
        traceback = error.traceback
        self.isInterrupted = isInterrupted
    }
}
