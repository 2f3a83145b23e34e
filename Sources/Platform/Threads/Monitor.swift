/// Which of the threads that wait at a ``Monitor``: where a change concerns some of them alone, the
/// others need not wake to see that it does not concern them.
package struct MonitorWaiters: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Those that do not say otherwise.
    package static let first = MonitorWaiters(rawValue: 1)
    /// Those that ask to be apart from them.
    package static let second = MonitorWaiters(rawValue: 2)
    /// All of them.
    package static let all: MonitorWaiters = [.first, .second]
}

/// State behind a lock that threads can wait on: a mutex and two conditions of the system's.
///
/// The standard library's `Mutex` has nothing to wait on.
///
/// ```swift
/// let monitor = Monitor([Int]())
/// monitor.change { $0.append(1) }                       // on one thread
/// let first = monitor.wait { $0.isEmpty ? nil : $0.removeFirst() }    // on another
/// ```
package final class Monitor<State: Sendable>: @unchecked Sendable {
    // Unchecked because of the pointers; `state` is touched only while the mutex is held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    /// One for each of ``MonitorWaiters``.
    private let conditions: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    /// A monitor of `state`, which nothing else may touch from now on.
    package init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        conditions = .allocate(capacity: 2)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        #if !canImport(Darwin)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        #endif
        for number in 0..<2 { pthread_cond_init(conditions + number, &attributes) }
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        for number in 0..<2 { pthread_cond_destroy(conditions + number) }
        pthread_mutex_destroy(mutex)
        conditions.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` on the state alone, and wakes those that wait, as it may have changed.
    ///
    /// - Parameter waiters: whom the change may concern.
    package func change<Result>(
        waking waiters: MonitorWaiters = .all, _ body: (inout State) throws -> Result
    ) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_mutex_unlock(mutex)
            wake(waiters)
        }
        return try body(&state)
    }

    /// To be called without the lock: a thread that wakes needs it first, and would wait for it at once.
    private func wake(_ waiters: MonitorWaiters) {
        if waiters.contains(.first) { pthread_cond_broadcast(conditions) }
        if waiters.contains(.second) { pthread_cond_broadcast(conditions + 1) }
    }

    /// Reads the state.
    package func read<Result>(_ body: (State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state)
    }

    /// Waits until `body` gives a result, for at most `seconds` (nil: as long as it takes).
    ///
    /// `body` runs while the state is locked: once at the start and once after each change.
    ///
    /// - Parameters:
    ///   - kind: which waiters the caller belongs to, one of the two.
    ///   - waiters: whom what `body` changes may concern.
    /// - Returns: nil when the time is up.
    package func wait<Result>(
        as kind: MonitorWaiters = .first, seconds: Double? = nil,
        waking waiters: MonitorWaiters = .all, until body: (inout State) -> Result?
    ) -> Result? {
        let condition = kind == .second ? conditions + 1 : conditions
        // No clock counts further than some centuries.
        let deadline = seconds.map { Self.now() + ($0 < 1e9 ? $0 : 1e9) }
        var changed: MonitorWaiters = []
        pthread_mutex_lock(mutex)
        defer {
            pthread_mutex_unlock(mutex)
            wake(changed)
        }
        while true {
            if let result = body(&state) {
                changed = waiters
                return result
            }
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            guard waitOnce(at: condition, until: deadline) else {
                changed = waiters
                return body(&state)
            }
        }
    }

    /// Waits for a change; false once `deadline` has passed.
    private func waitOnce(
        at condition: UnsafeMutablePointer<pthread_cond_t>, until deadline: Double
    ) -> Bool {
        let rest = deadline - Self.now()
        guard rest > 0 else { return false }
        #if canImport(Darwin)
            var time = Self.timespec(rest)
            pthread_cond_timedwait_relative_np(condition, mutex, &time)
        #else
            var time = Self.timespec(deadline)
            pthread_cond_timedwait(condition, mutex, &time)
        #endif
        return true
    }

    private static func timespec(_ seconds: Double) -> timespec {
        let whole = seconds.rounded(.down)
        return .init(tv_sec: Int(whole), tv_nsec: Int((seconds - whole) * 1e9))
    }

    /// Seconds on a clock that never steps.
    private static func now() -> Double {
        var time = Self.timespec(0)
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
