internal import HeapModule
internal import LuaBridge

/// The threads that compute: operations go in by priority, and come back through one queue.
///
/// An operation that wants to be alone is taken when it is the first in the queue; from then on
/// nothing starts until the running ones have ended and it has run. It starts only while the Lua
/// thread waits in ``nextFinished(seconds:)``, since a script's own code would disturb it as well.
package final class WorkerPool: Sendable {
    private struct State {
        var waiting: Heap<Entry> = []
        var finished: [Operation] = []
        var running = 0
        var isAlone = false
        /// The Lua thread has nothing to do until an operation ends.
        var isLuaThreadWaiting = false
        /// The Lua thread computes, or wants to, in its own right.
        var isReserved = false
        var isWoken = false
        var isOpen = true
        var order = 0
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

    /// Starts `workers` threads; `close` ends them.
    package init(workers: Int) {
        self.workers = workers
        for _ in 0..<workers {
            LuaThread.start { [monitor] in Self.work(monitor) }
        }
    }

    /// Ends the threads once they have done what they are at; what waits is dropped.
    package func close() {
        monitor.change { state in
            state.isOpen = false
            state.waiting = []
        }
    }

    /// Puts an operation among those that wait, which `nextFinished` will hand back.
    package func submit(_ operation: Operation) {
        monitor.change { state in
            state.waiting.insert(Entry(operation: operation, order: state.order))
            state.order += 1
        }
    }

    /// An operation that has ended, in the order they end; nil when `seconds` have passed or `wake`
    /// was called. Only the Lua thread calls it.
    package func nextFinished(seconds: Double?) -> Operation? {
        if seconds != 0 { monitor.change { $0.isLuaThreadWaiting = true } }
        defer {
            if seconds != 0 { monitor.change { $0.isLuaThreadWaiting = false } }
        }
        return monitor.wait(seconds: seconds) { state -> Operation?? in
            if !state.finished.isEmpty, !state.isAlone { return state.finished.removeFirst() }
            guard state.isWoken else { return nil }
            state.isWoken = false
            return .some(nil)
        } ?? nil
    }

    /// Waits while an operation runs that wants no company, also not of a script's own code; returns
    /// early when `wake` is called.
    package func waitWhileAlone() {
        _ = monitor.wait { $0.isAlone && !$0.isWoken ? nil : true }
    }

    /// Ends a wait for `nextFinished` from any thread.
    func wake() { monitor.change { $0.isWoken = true } }

    /// Drops what has not started.
    func dropWaiting() { monitor.change { $0.waiting = [] } }

    /// Runs `body` on the calling thread, alone where it asks for that.
    package func runHere<Result>(_ company: Operation.Company, _ body: () throws -> Result) rethrows
        -> Result
    {
        guard company == .alone else { return try body() }
        monitor.change { $0.isReserved = true }
        _ = monitor.wait { $0.running == 0 ? true : nil }
        defer { monitor.change { $0.isReserved = false } }
        return try body()
    }

    private static func work(_ monitor: Monitor<State>) {
        while let operation = next(monitor) {
            operation.run()
            monitor.change { state in
                state.running -= 1
                if operation.company == .alone { state.isAlone = false }
                if state.isOpen { state.finished.append(operation) }
            }
        }
    }

    /// The next operation that may start, nil when the pool is closed.
    private static func next(_ monitor: Monitor<State>) -> Operation? {
        monitor.wait { state -> Operation?? in
            guard state.isOpen else { return .some(nil) }
            guard !state.isAlone, !state.isReserved, let first = state.waiting.min else {
                return nil
            }
            if first.operation.company == .alone {
                guard state.running == 0, state.isLuaThreadWaiting else { return nil }
                state.isAlone = true
            }
            state.waiting.removeMin()
            state.running += 1
            return first.operation
        } ?? nil
    }
}
