package import Platform
internal import Synchronization

/// The requests of clients on their way to the loop's thread.
package final class AskInbox: Sendable {
    /// A request and the way of its answer, which any thread may call.
    struct Entry: Sendable {
        let content: AskRequest.Content
        let holder: AskRequest.Holder?
        let reply: @Sendable (AskAnswer) -> Void
    }

    private struct State {
        var entries: [Entry] = []
        var isClosed = false
    }
    private let state = Mutex(State())
    /// Tells of requests, and of the end.
    package let signal = ChangeSignal()
    private let wake: @Sendable () -> Void

    /// - Parameter wake: ends a wait of the loop's thread, from any thread.
    package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    func post(_ entry: Entry) {
        state.withLock { $0.entries.append(entry) }
        notify()
    }

    /// No client will come any more.
    package func close() {
        state.withLock { $0.isClosed = true }
        notify()
    }

    private func notify() {
        signal.notify()
        wake()
    }

    /// Whether no client will come any more.
    package var isClosed: Bool { state.withLock(\.isClosed) }

    var isEmpty: Bool { state.withLock(\.entries.isEmpty) }

    func next() -> Entry? {
        state.withLock { $0.entries.isEmpty ? nil : $0.entries.removeFirst() }
    }
}
