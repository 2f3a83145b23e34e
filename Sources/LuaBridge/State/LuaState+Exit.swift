internal import CLua

/// Flushes all streams before the process ends, as also `os.exit` does. Where something could not be
/// written, by a script's `print` as well, a line on standard error says so.
///
/// - Returns: the status to end with: `status`, and 1 in place of 0 where something is lost.
package func endStreams(_ status: Int32) -> Int32 { clua_end_streams(status) }

extension LuaState {
    /// Has `body` run when a script calls `os.exit`, before the process ends there: no function
    /// returns and no handler of the process runs. Replaces what was given before.
    public func onExit(_ body: @escaping () -> Void) {
        atExit = body
        host.pointee.exiting = { context in
            Unmanaged<LuaState>.fromOpaque(context!).takeUnretainedValue().atExit?()
        }
    }
}
