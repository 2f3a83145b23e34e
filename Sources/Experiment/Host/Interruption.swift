internal import LuaBridge
internal import NN
internal import Synchronization

/// A request to end early, which any thread may make and the Lua thread heeds.
///
/// It reaches a script wherever it is: operations poll the token, the loop waits on the pool that
/// is woken, and Lua code is interrupted by a signal to its thread.
package final class Interruption: Sendable {
    private struct Hooks {
        var thread: LuaThread?
        var pool: WorkerPool?
    }
    private let hooks = Mutex(Hooks())
    private let requested = Atomic(false)
    private let overdue = Atomic(false)
    let token = CancellationToken()

    package init() {}

    package var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// The script was asked to end as it had run for too long.
    package var isOverdue: Bool { overdue.load(ordering: .acquiring) }

    /// Asks the running script to end. Idempotent.
    ///
    /// - Parameter isOverdue: because it has run for too long.
    package func request(isOverdue: Bool = false) {
        if isOverdue { overdue.store(true, ordering: .releasing) }
        requested.store(true, ordering: .releasing)
        token.cancel()
        // Under the lock, as a thread that has ended must not be signalled.
        hooks.withLock { hooks in
            hooks.pool?.wake()
            if let thread = hooks.thread { LuaState.interrupt(on: thread) }
        }
    }

    /// Makes sure, on the script's own thread, that the script cannot go on by catching an error:
    /// the request may still be on its way here.
    func arrive() {
        if hooks.withLock({ $0.thread }) != nil { LuaState.interrupt(on: .current) }
    }

    /// The thread of the script, while one runs.
    func follow(_ thread: LuaThread?) {
        hooks.withLock { $0.thread = thread }
        if isRequested, let thread { LuaState.interrupt(on: thread) }
    }

    /// The pool that the script's loop waits on, while one does.
    func follow(_ pool: WorkerPool?) {
        hooks.withLock { $0.pool = pool }
        if isRequested { pool?.wake() }
    }
}
