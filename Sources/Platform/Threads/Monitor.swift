/// State behind a lock that threads can wait on: a mutex and a condition of the system's.
///
/// The standard library's `Mutex` has nothing to wait on.
///
/// ```swift
/// let monitor = Monitor([Int]())
/// monitor.change { $0.append(1) }                       // on one thread
/// let first = monitor.wait { $0.isEmpty ? nil : $0.removeFirst() }    // on another
/// ```
package final class Monitor<State: Sendable>: @unchecked Sendable {
    // Unchecked because of the three pointers; `state` is touched only while the mutex is held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    /// A monitor of `state`, which nothing else may touch from now on.
    package init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        #if !canImport(Darwin)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        #endif
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` on the state alone, and wakes all that wait, as it may have changed.
    package func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
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
    /// - Returns: nil when the time is up.
    package func wait<Result>(
        seconds: Double? = nil, until body: (inout State) -> Result?
    ) -> Result? {
        // No clock counts further than some centuries.
        let deadline = seconds.map { Self.now() + ($0 < 1e9 ? $0 : 1e9) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) {
                pthread_cond_broadcast(condition)
                return result
            }
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            guard waitOnce(until: deadline) else { return body(&state) }
        }
    }

    /// Waits for a change; false once `deadline` has passed.
    private func waitOnce(until deadline: Double) -> Bool {
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
