internal import Platform

/// A thread with a stack that is large enough for a Lua state.
///
/// Nested patterns, deep recursion of native calls and `table.sort` use C's stack; the 512 KiB that
/// secondary threads get on some systems overflow there.
public struct LuaThread: Sendable {
    private let thread: SystemThread

    /// The stack, in bytes: what a main thread has on common systems.
    public static let stackSize = 8 << 20

    /// Runs `body` on a new thread.
    @discardableResult
    public static func start(_ body: @escaping @Sendable () -> Void) -> LuaThread {
        LuaThread(thread: SystemThread.start(stackSize: stackSize, body))
    }

    /// The calling thread.
    public static var current: LuaThread { LuaThread(thread: .current) }

    /// Has a signal delivered on this thread, which must still be running.
    public func send(signal: Int32) { thread.send(signal: signal) }
}
