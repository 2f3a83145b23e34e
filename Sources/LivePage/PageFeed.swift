internal import Synchronization

/// What pages are sent: the study, and what has come since.
///
/// It is a log of the last increments. Every reader is at a place of its own and asks for what is
/// behind it, when it can take more. So a reader that hangs holds nothing but its place; one that
/// comes back too late gets the complete study again. Publishing waits for no reader.
package final class PageFeed: Sendable {
    /// One event of the stream, as `text/event-stream` writes it.
    package struct Message: Sendable, Equatable {
        /// `study`, `more` or `problem`.
        package let event: String
        /// JSON in one line.
        package let data: String

        /// An event.
        package init(event: String, data: String) { (self.event, self.data) = (event, data) }

        /// The event's lines and the empty one behind them.
        package var text: String { "event: \(event)\ndata: \(data)\n\n" }
    }

    fileprivate struct State {
        /// The number of the newest version; 0 before the first.
        var version = 0
        /// Makes the complete study of the newest version.
        var complete: (@Sendable () -> String)?
        /// The complete study of a version, made for the first reader who needed it.
        var made: (version: Int, data: String)?
        /// The increments that lead to the newest versions, the last leads to `version`.
        var increments: [String] = []
        var problem: String?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        /// Waiters that were woken before they waited.
        var woken: Set<Int> = []
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: how many increments are kept for readers that lag.
    package init(limit: Int = 64) { self.limit = limit }

    /// Publishes a further version of the study.
    ///
    /// - Parameters:
    ///   - increment: what leads to it from the version before; nil where nothing does.
    ///   - complete: makes the complete document, which takes long and is needed only for pages that
    ///     are opened.
    package func publish(increment: String?, complete: @escaping @Sendable () -> String) {
        let waiting = state.withLock { state in
            state.version += 1
            state.complete = complete
            let isNext = state.problem == nil && state.version > 1
            state.problem = nil
            if let increment, isNext {
                state.increments.append(increment)
                if state.increments.count > limit { state.increments.removeFirst() }
            } else {
                state.increments = []
            }
            return Self.takeWaiting(&state)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Tells all pages of something that keeps the study from being shown.
    ///
    /// - Parameter problem: JSON, a text.
    package func publish(problem: String) {
        let waiting = state.withLock { state in
            guard state.problem != problem else { return [CheckedContinuation<Void, Never>]() }
            state.problem = problem
            state.version += 1
            state.increments = []
            return Self.takeWaiting(&state)
        }
        for continuation in waiting { continuation.resume() }
    }

    private static func takeWaiting(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        defer { state.waiting = [:] }
        return Array(state.waiting.values)
    }

    /// What a reader that has seen `version` is to be sent, and the version it then has seen; empty
    /// when there is nothing new.
    package func messages(after version: Int) -> (messages: [Message], version: Int) {
        let (known, seen, complete) = state.withLock { $0.known(after: version) }
        if let known { return (known, seen) }
        // Without the lock: it takes a moment, and others are not to wait for it.
        let data = complete?() ?? "null"
        state.withLock { state in
            if state.version == seen { state.made = (seen, data) }
        }
        return ([Message(event: "study", data: data)], seen)
    }

    /// Waits until there is a version after `version`, or `seconds` have passed.
    package func wait(after version: Int, seconds: Double) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let alarm = Task {
            try await Task.sleep(for: .seconds(seconds))
            wake(number)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let isOver = state.withLock { state in
                    if state.version > version || state.woken.contains(number) { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake(number)
        }
        alarm.cancel()
        _ = state.withLock { $0.woken.remove(number) }
    }

    /// Ends a waiter's waiting, also where it has not begun.
    private func wake(_ number: Int) {
        let continuation = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: number)
            if continuation == nil { state.woken.insert(number) }
            return continuation
        }
        continuation?.resume()
    }
}

extension PageFeed.State {
    /// The messages behind `version` with the version they lead to; or, where the complete study is
    /// needed and not made yet, what makes it.
    fileprivate func known(
        after version: Int
    ) -> (messages: [PageFeed.Message]?, version: Int, complete: (@Sendable () -> String)?) {
        let behind = self.version - version
        if behind <= 0 { return ([], self.version, nil) }
        if let problem { return ([.init(event: "problem", data: problem)], self.version, nil) }
        if version > 0, behind <= increments.count {
            let messages = increments.suffix(behind).map {
                PageFeed.Message(event: "more", data: $0)
            }
            return (messages, self.version, nil)
        }
        if let made, made.version == self.version {
            return ([.init(event: "study", data: made.data)], self.version, nil)
        }
        return (nil, self.version, complete)
    }
}
