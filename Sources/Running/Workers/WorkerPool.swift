internal import HeapModule
internal import Platform

/// The threads that compute: operations go in by priority, and come back through one queue.
///
/// An operation that wants to be alone is taken when it is the first in the queue; from then on
/// nothing starts until the running ones have ended and it has run. The script's thread computes as well:
/// such an operation starts only while that waits.
package final class WorkerPool: Sendable {
    private struct State {
        var waiting: Heap<Entry> = []
        var finished: [Operation] = []
        var running = 0
        var isAlone = false
        /// The script's thread waits, and continues only once no operation wants to be alone.
        var isScriptWaiting = false
        /// The script's thread computes, or wants to, in its own right.
        var isReserved = false
        var isWoken = false
        /// The script's thread is to stop waiting for whatever it waits for.
        var isInterrupted = false
        var isOpen = true
        var order = 0

        /// The first in the queue wants to be alone, and no other operation runs.
        var isAloneDue: Bool { running == 0 && waiting.min?.operation.exclusivity == .alone }
    }

    private struct Entry: Comparable {
        let operation: Operation
        let order: Int
        static func < (a: Entry, b: Entry) -> Bool {
            (a.operation.priority, a.order) < (b.operation.priority, b.order)
        }
        static func == (a: Entry, b: Entry) -> Bool { a.order == b.order }
    }

    /// How many threads there are.
    package let workers: Int
    private let monitor = Monitor(State())

    /// Starts `workers` threads, which `close` ends.
    package init(workers: Int) {
        self.workers = workers
        for _ in 0..<workers {
            SystemThread.start { [monitor] in Self.work(monitor) }
        }
    }

    /// Ends the threads; what still runs should have been told to end. When it returns, nothing runs
    /// any more that could disturb what comes next.
    package func close() {
        monitor.change { state in
            state.isOpen = false
            // What operations hold may hold what wakes the pool.
            (state.waiting, state.finished) = ([], [])
        }
        _ = monitor.wait(as: .script, waking: []) { $0.running == 0 ? true : nil }
    }

    /// Puts an operation among those that wait, which `nextFinished` will hand back.
    package func submit(_ operation: Operation) {
        monitor.change(waking: .workers) { state in
            state.waiting.insert(Entry(operation: operation, order: state.order))
            state.order += 1
        }
    }

    /// An operation that has ended, in the order they end; nil when `seconds` have passed, or `wake` or
    /// `interrupt` was called.
    package func nextFinished(seconds: Double?) -> Operation? {
        scriptWaits(seconds: seconds) { state -> Operation?? in
            if !state.finished.isEmpty, !state.isAlone { return state.finished.removeFirst() }
            guard state.isWoken || state.isInterrupted else { return nil }
            (state.isWoken, state.isInterrupted) = (false, false)
            return .some(nil)
        } ?? nil
    }

    /// Waits while an operation runs, or is due, that wants no company, also not of a script's own
    /// code; returns early when `interrupt` is called.
    package func waitWhileAlone() {
        guard monitor.read({ $0.isAlone || $0.isAloneDue }) else { return }
        _ = scriptWaits { ($0.isAlone || $0.isAloneDue) && !$0.isInterrupted ? nil : true }
    }

    /// Waits as the script's thread, which leaves the machine to others meanwhile.
    private func scriptWaits<Result>(
        seconds: Double? = nil, until body: (inout State) -> Result?
    ) -> Result? {
        if seconds != 0 { beginScriptWait() }
        let result = monitor.wait(as: .script, seconds: seconds, waking: []) { state -> Result? in
            let result = body(&state)
            if result != nil { state.isScriptWaiting = false }
            return result
        }
        if result == nil, seconds != 0 { monitor.change(waking: []) { $0.isScriptWaiting = false } }
        return result
    }

    /// Only an operation that wants to be alone waits for that; to wake the workers each time would cost
    /// more than what the script waits for.
    private func beginScriptWait() {
        let isAwaited = monitor.change(waking: []) { state in
            state.isScriptWaiting = true
            return state.isAloneDue
        }
        if isAwaited { monitor.change(waking: .workers) { _ in } }
    }

    /// Ends a wait of the script's thread for operations, from any thread.
    package func wake() { monitor.change(waking: .script) { $0.isWoken = true } }

    /// Ends whatever wait of the script's thread, from any thread.
    package func interrupt() { monitor.change(waking: .script) { $0.isInterrupted = true } }

    /// Drops what has not started; what has ends by the tokens of its trials.
    package func dropWaiting() { monitor.change { $0.waiting = [] } }

    /// Runs `body` on the calling thread, alone where it asks for that.
    package func runHere<Result>(_ exclusivity: Operation.Exclusivity, _ body: () throws -> Result)
        rethrows
        -> Result
    {
        guard exclusivity == .alone else { return try body() }
        monitor.change(waking: []) { $0.isReserved = true }
        _ = monitor.wait(as: .script, waking: []) { $0.running == 0 ? true : nil }
        defer { monitor.change(waking: .workers) { $0.isReserved = false } }
        return try body()
    }

    private static func work(_ monitor: Monitor<State>) {
        while let operation = next(monitor) {
            operation.run()
            monitor.change { state in
                state.running -= 1
                if operation.exclusivity == .alone { state.isAlone = false }
                if state.isOpen { state.finished.append(operation) }
            }
        }
    }

    /// The next operation that may start, nil when the pool is closed.
    private static func next(_ monitor: Monitor<State>) -> Operation? {
        monitor.wait(as: .workers, waking: []) { state -> Operation?? in
            guard state.isOpen else { return .some(nil) }
            guard !state.isAlone, !state.isReserved, let first = state.waiting.min else {
                return nil
            }
            if first.operation.exclusivity == .alone {
                guard state.isAloneDue, state.isScriptWaiting else { return nil }
                state.isAlone = true
            }
            state.waiting.removeMin()
            state.running += 1
            return first.operation
        } ?? nil
    }
}

/// The threads that wait at a pool, which are woken apart.
extension MonitorWaiters {
    fileprivate static let workers = MonitorWaiters.first
    fileprivate static let script = MonitorWaiters.second
}
