internal import Synchronization

/// How many streams of a server are open, whichever page they belong to.
final class ReaderCount: Sendable {
    private let count = Mutex(0)

    /// How many.
    var number: Int { count.withLock { $0 } }

    /// Notes that one has come (1) or has gone (-1).
    func change(by change: Int) { count.withLock { $0 += change } }
}
