internal import Foundation

/// Carries parts of some work from one thread to another, a few at a time.
final class BoundedQueue<Part>: @unchecked Sendable {
    // Unchecked because the state is touched only while the condition's lock is held, and a part
    // belongs to one thread at a time.
    private let condition = NSCondition()
    private var parts: [Part] = []
    private var hasEnded = false
    private let limit: Int

    /// - Parameter limit: who sends waits while so many parts have not been received.
    init(limit: Int = 16) { self.limit = limit }

    /// Hands a part on; false when nobody will receive it.
    func send(_ part: sending Part) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while parts.count >= limit, !hasEnded { condition.wait() }
        guard !hasEnded else { return false }
        parts.append(part)
        condition.signal()
        return true
    }

    /// The next part; nil when there will be none.
    func receive() -> Part? {
        condition.lock()
        defer { condition.unlock() }
        while parts.isEmpty, !hasEnded { condition.wait() }
        guard !parts.isEmpty else { return nil }
        let part = parts.removeFirst()
        condition.signal()
        return part
    }

    /// Nothing more will be sent, or be received.
    func end() {
        condition.lock()
        hasEnded = true
        condition.broadcast()
        condition.unlock()
    }
}
