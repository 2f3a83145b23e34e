internal import Synchronization

/// The process group of a program that this process has started, from its start until no process of it
/// is left.
///
/// Any thread may use it. A group lives no longer than the program that leads it: what that leaves behind
/// is ended as the group would be.
package final class ProcessGroup: Sendable {
    /// The identifier of the program and of its group.
    package let identifier: pid_t
    /// Seconds between the first signal of an end and SIGKILL.
    package let killAfter: Double

    private struct State {
        var end: ProcessEnd?
        var isGone = false
        var isEnding = false
        var isSuspended = false
        var whenEnded: [@Sendable (ProcessEnd) -> Void] = []
        var whenGone: [@Sendable () -> Void] = []
    }
    private let state = Mutex(State())

    init(_ identifier: pid_t, killAfter: Double) {
        (self.identifier, self.killAfter) = (identifier, killAfter)
        Poller.shared.perform { [self] in
            ProcessEnd.await(identifier) { [self] in leaderEnded($0) }
        }
    }

    /// How the program has ended; nil while it runs.
    package var end: ProcessEnd? { state.withLock(\.end) }

    /// No process of the group is left.
    package var isGone: Bool { state.withLock(\.isGone) }

    /// The group was stopped by ``suspend()`` and not continued.
    package var isSuspended: Bool { state.withLock(\.isSuspended) }

    /// Calls `body` once the program has ended, on the poller's thread or at once.
    package func whenEnded(_ body: @escaping @Sendable (ProcessEnd) -> Void) {
        let end = state.withLock { state in
            if state.end == nil { state.whenEnded.append(body) }
            return state.end
        }
        if let end { body(end) }
    }

    /// Calls `body` once no process of the group is left, on the poller's thread or at once.
    package func whenGone(_ body: @escaping @Sendable () -> Void) {
        let isGone = state.withLock { state in
            if !state.isGone { state.whenGone.append(body) }
            return state.isGone
        }
        if isGone { body() }
    }

    // MARK: - Signals

    /// Sends a signal to the whole group; false when it is gone.
    @discardableResult
    package func send(_ signal: Int32) -> Bool {
        state.withLock { Self.send(signal, to: identifier, $0) }
    }

    /// Stops the group until ``resume()``. A group that is to end is not stopped.
    package func suspend() {
        state.withLock { state in
            guard !state.isEnding else { return }
            state.isSuspended = Self.send(SIGSTOP, to: identifier, state)
        }
    }

    /// Lets a suspended group continue.
    package func resume() {
        state.withLock { state in
            state.isSuspended = false
            Self.send(SIGCONT, to: identifier, state)
        }
    }

    /// Ends the group: `signal` and SIGCONT, then SIGKILL after ``killAfter``. Returns at once.
    ///
    /// - Parameter grace: seconds in which it may end by itself before the first signal, of those of
    ///   `killAfter`.
    package func end(with signal: Int32 = SIGTERM, grace: Double = 0) {
        let isFirst = state.withLock { state in
            defer { state.isEnding = true }
            guard !state.isEnding, !state.isGone else { return false }
            if state.isSuspended { Self.send(SIGCONT, to: identifier, state) }
            state.isSuspended = false
            if grace <= 0 {
                Self.send(signal, to: identifier, state)
                // A stopped process takes no other signal than this.
                Self.send(SIGCONT, to: identifier, state)
            }
            return true
        }
        guard isFirst else { return }
        Poller.shared.perform { [self] in
            if grace > 0 {
                Poller.shared.after(grace) { [self] in
                    send(signal)
                    send(SIGCONT)
                }
            }
            Poller.shared.after(killAfter) { [self] in send(SIGKILL) }
        }
    }

    /// Under the lock, so that no signal reaches another group that has got the number.
    @discardableResult
    private static func send(_ signal: Int32, to group: pid_t, _ state: borrowing State) -> Bool {
        !state.isGone && kill(-group, signal) == 0
    }

    // MARK: - The end, on the poller's thread

    private func leaderEnded(_ end: ProcessEnd) {
        let bodies = state.withLock { state in
            state.end = end
            defer { state.whenEnded = [] }
            return state.whenEnded
        }
        for body in bodies { body(end) }
        if !look() {
            self.end()
            lookAgain(until: .now + .seconds(killAfter + Self.patience))
        }
    }

    /// Seconds after SIGKILL for which a group is waited for: what is left then are dead processes that
    /// their parent does not take leave of.
    private static let patience = 2.0

    private func lookAgain(until deadline: ContinuousClock.Instant) {
        Poller.shared.after(0.02) { [self] in
            if !look(isLast: .now >= deadline) { lookAgain(until: deadline) }
        }
    }

    /// Whether no process of the group is left.
    ///
    /// - Parameter isLast: the group is given up, whatever is left.
    private func look(isLast: Bool = false) -> Bool {
        // Where this process adopts orphans, as the first of a container does, they are its children.
        while waitpid(-identifier, nil, WNOHANG) > 0 {}
        let bodies = state.withLock { state -> [@Sendable () -> Void]? in
            guard isLast || (kill(-identifier, 0) != 0 && errno == ESRCH) else { return nil }
            state.isGone = true
            defer { state.whenGone = [] }
            return state.whenGone
        }
        guard let bodies else { return false }
        Watchdog.shared.forget(identifier)
        for body in bodies { body() }
        return true
    }
}
