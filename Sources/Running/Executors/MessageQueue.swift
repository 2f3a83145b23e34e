internal import Engine
internal import Platform

/// What reaches a study's loop from other threads, in the order it was posted: messages of trials, and
/// the answers to decisions that are worked out beside them.
///
/// ```swift
/// loop.queue.post(.reported(trial: 7, fields: fields))        // on any thread
/// ```
public final class MessageQueue: Sendable {
    enum Item: Sendable {
        case message(TrialMessage)
        /// What a free slot gets.
        case decided(SlotAnswer)
    }

    private struct State {
        var items: [Item] = []
        var isWoken = false
    }
    private let monitor = Monitor(State())
    private let alsoWake: @Sendable () -> Void

    /// An empty queue.
    ///
    /// - Parameter alsoWake: called after each message, for a loop that waits for something else.
    public init(alsoWake: @escaping @Sendable () -> Void = {}) { self.alsoWake = alsoWake }

    /// Puts a message behind the others. From any thread.
    public func post(_ message: TrialMessage) { post(.message(message)) }

    func post(_ item: Item) {
        monitor.change { $0.items.append(item) }
        alsoWake()
    }

    /// Ends a wait. From any thread.
    public func wake() {
        monitor.change { $0.isWoken = true }
        alsoWake()
    }

    /// Waits until there is a message or `wake` was called, for at most `seconds` (nil: as long as it
    /// takes).
    public func wait(seconds: Double?) {
        _ = monitor.wait(seconds: seconds) { state -> Void? in
            guard state.isWoken || !state.items.isEmpty else { return nil }
            state.isWoken = false
            return ()
        }
    }

    /// Takes all items, the oldest first.
    func takeAll() -> [Item] {
        guard monitor.read({ !$0.items.isEmpty }) else { return [] }
        return monitor.change { state in
            defer { state.items = [] }
            return state.items
        }
    }
}
