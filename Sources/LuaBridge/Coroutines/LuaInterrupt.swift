internal import CLua

extension LuaState {
    /// From now on every step of the thread that is running raises "interrupted", also in the
    /// handlers of its own errors.
    ///
    /// Safe in a signal handler that runs on the state's thread, and nowhere else off it.
    public func interrupt() {
        clua_interrupt(current)
        clua_interrupt(main)
    }

    /// Takes `interrupt` back.
    public func clearInterrupt() {
        clua_clear_interrupt(current)
        clua_clear_interrupt(main)
    }
}
