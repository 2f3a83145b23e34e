/// Carries parts of some work from one thread to another, a few at a time.
///
/// ```swift
/// let queue = BoundedQueue<[Row]>(limit: 16)
/// while let rows = next(), queue.send(rows) {}     // the producer; false: the consumer has ended it
/// queue.end()
/// while let rows = queue.receive() { use(rows) }   // the consumer
/// ```
package final class BoundedQueue<Part>: Sendable {
    /// Unchecked because a part belongs to one thread at a time: `send` takes it from the sender and
    /// `receive` gives it to one receiver.
    private struct State: @unchecked Sendable {
        var parts: [Part] = []
        var hasEnded = false
    }
    private let monitor = Monitor(State())
    private let limit: Int

    /// - Parameter limit: `send` waits while so many parts have not been received.
    package init(limit: Int = 16) { self.limit = limit }

    /// Hands a part over, as soon as there is room.
    ///
    /// - Returns: false when the queue has ended; the part is then dropped.
    package func send(_ part: sending Part) -> Bool {
        // The closure may run more than once and takes the part in its last run only.
        var box: Part? = part
        return monitor.wait { state -> Bool? in
            if state.hasEnded { return false }
            guard state.parts.count < limit else { return nil }
            state.parts.append(box.take()!)
            return true
        } ?? false
    }

    /// Waits for the next part; nil when there will be none.
    package func receive() -> Part? {
        let state = monitor.wait { state -> State? in
            if state.parts.isEmpty { return state.hasEnded ? State() : nil }
            return State(parts: [state.parts.removeFirst()])
        }
        return state?.parts.first
    }

    /// Ends the queue: `send` fails from now on, `receive` gives what was sent before.
    package func end() { monitor.change { $0.hasEnded = true } }
}
