internal import LuaBridge
internal import Platform
internal import Running
internal import Synchronization

/// A request to end early, which any thread may make and the Lua thread heeds.
///
/// It reaches a script wherever it is: operations poll the token, the loop waits on the pool that
/// is woken, and Lua code is interrupted by a signal to its thread.
package final class Interruption: Sendable {
    private struct Hooks {
        var thread: LuaThread?
        var pool: WorkerPool?
        var token = CancellationToken()
    }
    private let hooks = Mutex(Hooks())
    private let requested = Atomic(false)
    private let overdue = Atomic(false)
    private let final = Atomic(false)

    /// No interruption yet.
    package init() {}

    /// Cancelled by a request; what begins after `takeBack` has another.
    var token: CancellationToken { hooks.withLock { $0.token } }

    /// Whether an interruption was asked for. O(1), from any thread.
    package var isRequested: Bool { requested.load(ordering: .acquiring) }

    /// The script was asked to end as it had run for too long.
    package var isOverdue: Bool { overdue.load(ordering: .acquiring) }

    /// A session at standard input is to end as well, and not only what runs in it.
    package var isFinal: Bool { final.load(ordering: .acquiring) }

    /// Asks the running script to end. Idempotent.
    ///
    /// - Parameter isOverdue: because it has run for too long.
    /// - Parameter isFinal: and nothing may run after it.
    package func request(isOverdue: Bool = false, isFinal: Bool = true) {
        if isOverdue { overdue.store(true, ordering: .releasing) }
        if isFinal || isOverdue { final.store(true, ordering: .releasing) }
        // Under the lock, as a thread that has ended must not be signalled.
        hooks.withLock { hooks in
            requested.store(true, ordering: .releasing)
            hooks.token.cancel()
            hooks.pool?.interrupt()
            if let thread = hooks.thread { LuaState.interrupt(on: thread) }
        }
    }

    /// Takes a request back whose script has ended, for the next line of a session.
    ///
    /// - Returns: false for a final one, which stays.
    func takeBack() -> Bool {
        guard !isFinal else { return false }
        hooks.withLock { hooks in
            hooks.token = CancellationToken()
            requested.store(false, ordering: .releasing)
        }
        return true
    }

    /// Makes sure, on the script's own thread, that the script cannot continue by catching an error:
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
        if isRequested { pool?.interrupt() }
    }
}
