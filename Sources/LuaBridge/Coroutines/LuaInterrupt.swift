internal import CLua
internal import Platform

/// The signal that carries an interrupt to a state's thread.
let interruptSignal = SIGUSR1

extension LuaState {
    /// Allows `interrupt(on:)` for this state; one state of a process at a time.
    public func allowInterrupts() {
        isInterruptible = true
        clua_interrupt_on_signal(interruptSignal, host)
    }

    /// Makes every further step of the script that runs on `thread` raise "interrupted", also in
    /// its error handlers. Callable from any thread; costs nothing until it is called.
    ///
    /// - Precondition: the state that allowed interrupts runs on `thread`.
    public static func interrupt(on thread: LuaThread) { thread.send(signal: interruptSignal) }

    /// Takes back an interrupt that has ended what it was meant to end, so that the state can be used
    /// again.
    ///
    /// - Precondition: no Lua code is running.
    public func clearInterrupt() { clua_clear_interrupt(host) }

    /// Whether an interrupt has arrived.
    public static var wasInterrupted: Bool { clua_was_interrupted() != 0 }
}
