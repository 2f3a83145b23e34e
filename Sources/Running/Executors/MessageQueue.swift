internal import Platform

/// The messages of trials on their way to a study's loop, in the order they were posted.
///
/// ```swift
/// loop.queue.post(.reported(trial: 7, fields: fields))        // on any thread
/// ```
package final class MessageQueue: Sendable {
    private struct State {
        var messages: [TrialMessage] = []
        var isWoken = false
    }
    private let monitor = Monitor(State())
    private let alsoWake: @Sendable () -> Void

    /// An empty queue.
    ///
    /// - Parameter alsoWake: called after each message, for a loop that waits for something else.
    package init(alsoWake: @escaping @Sendable () -> Void = {}) { self.alsoWake = alsoWake }

    /// Puts a message behind the others. From any thread.
    package func post(_ message: TrialMessage) {
        monitor.change { $0.messages.append(message) }
        alsoWake()
    }

    /// Ends a wait. From any thread.
    package func wake() {
        monitor.change { $0.isWoken = true }
        alsoWake()
    }

    /// Waits until there is a message or `wake` was called, for at most `seconds` (nil: as long as it
    /// takes).
    package func wait(seconds: Double?) {
        _ = monitor.wait(seconds: seconds) { state -> Void? in
            guard state.isWoken || !state.messages.isEmpty else { return nil }
            state.isWoken = false
            return ()
        }
    }

    /// Takes all messages, the oldest first.
    func takeAll() -> [TrialMessage] {
        guard monitor.read({ !$0.messages.isEmpty }) else { return [] }
        return monitor.change { state in
            defer { state.messages = [] }
            return state.messages
        }
    }
}
