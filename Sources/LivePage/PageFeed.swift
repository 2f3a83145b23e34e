internal import Synchronization

/// What pages are sent: the study, and what has come since.
///
/// It is a log of the last increments. Every reader is at a place of its own and asks for what is
/// behind it, when it can take more. So a reader that hangs holds nothing but its place; one that
/// comes back too late gets the complete study again. Publishing waits for no reader.
package final class PageFeed: Sendable {
    fileprivate struct State {
        /// The number of the newest version; 0 before the first.
        var version = 0
        /// Makes the complete study of the newest version.
        var complete: (@Sendable () -> String)?
        /// Complete studies that readers may be taking, the newest last, each with its version.
        var made: [(version: Int, message: PageMessage)] = []
        /// The increments that lead to the newest versions, the last leads to `version`.
        var increments: [PageMessage] = []
        var problem: String?
        /// What is said last.
        var farewell: PageMessage?
        var readers = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        /// Waiters that were woken before they waited.
        var woken: Set<Int> = []
    }

    private let state = Mutex(State())
    private let limit: Int
    /// So many complete studies are kept for readers that are slow; whoever takes an older one has
    /// to ask again. So 100 readers that hang keep no 100 studies.
    private static let completeLimit = 4

    /// - Parameter limit: how many increments are kept for readers that lag.
    package init(limit: Int = 64) { self.limit = limit }

    /// Publishes a further version of the study.
    ///
    /// - Parameters:
    ///   - increment: makes what leads to it from the version before; nil where nothing does. Not
    ///     called where no reader is there.
    ///   - complete: makes the complete document, which takes long and is needed only for pages that
    ///     are opened.
    package func publish(
        increment: () -> String?, complete: @escaping @Sendable () -> String
    ) {
        let isWanted = state.withLock { $0.readers > 0 && $0.problem == nil && $0.version > 0 }
        let increment = isWanted ? increment() : nil
        publish { state in
            state.complete = complete
            state.problem = nil
            guard let increment else {
                state.increments = []
                return
            }
            state.increments.append(PageMessage("more", increment))
            if state.increments.count > limit { state.increments.removeFirst() }
        }
    }

    /// Tells all pages of something that keeps the study from being shown.
    ///
    /// - Parameter problem: JSON, a text.
    package func publish(problem: String) {
        guard state.withLock({ $0.problem != problem }) else { return }
        publish { state in
            state.problem = problem
            state.increments = []
        }
    }

    /// Tells all pages that nothing follows. Their streams end with that.
    ///
    /// - Parameter text: JSON, a text.
    package func publish(end text: String) {
        change { $0.farewell = PageMessage("end", text) }
    }

    /// What is said behind all messages; nil while more may follow.
    package var farewell: PageMessage? { state.withLock(\.farewell) }

    private func publish(_ news: (inout State) -> Void) {
        change { state in
            news(&state)
            state.version += 1
        }
    }

    private func change(_ change: (inout State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// What a reader that has seen `version` is to be sent, and the version it then has seen; empty
    /// when there is nothing new.
    package func messages(after version: Int) -> (messages: [PageMessage], version: Int) {
        let (known, seen, complete) = state.withLock { $0.known(after: version) }
        if let known { return (known, seen) }
        // Without the lock: it takes a moment, and others are not to wait for it.
        let message = PageMessage("study", complete?() ?? "null")
        let old = state.withLock { state in
            state.made.append((seen, message))
            return state.made.count > Self.completeLimit ? state.made.removeFirst().message : nil
        }
        old?.drop()
        return ([message], seen)
    }

    /// Notes that a reader has come (1) or has gone (-1). Increments are made only while one is there.
    package func countReader(_ change: Int) { state.withLock { $0.readers += change } }

    /// How many readers there are.
    package var readers: Int { state.withLock(\.readers) }

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
                    if state.isNews(after: version) || state.woken.contains(number) {
                        return true
                    }
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
    /// Whether a reader that has seen `version` need not wait.
    fileprivate func isNews(after version: Int) -> Bool {
        self.version > version || farewell != nil
    }

    /// The messages behind `version` with the version they lead to; or, where the complete study is
    /// needed and not made yet, what makes it.
    fileprivate func known(
        after version: Int
    ) -> (messages: [PageMessage]?, version: Int, complete: (@Sendable () -> String)?) {
        let behind = self.version - version
        if behind <= 0 { return ([], self.version, nil) }
        if let problem { return ([PageMessage("problem", problem)], self.version, nil) }
        if version > 0, behind <= increments.count {
            return (Array(increments.suffix(behind)), self.version, nil)
        }
        if let made = made.last, made.version == self.version {
            return ([made.message], self.version, nil)
        }
        return (nil, self.version, complete)
    }
}
