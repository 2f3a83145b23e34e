internal import CLua

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
