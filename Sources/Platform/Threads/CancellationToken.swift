internal import Synchronization

/// A flag by which one thread asks a long operation on another to end early.
///
/// The operation looks at it once for each batch of rows and then throws `CancellationError`; what
/// it did until then stays done, so the network is still usable.
public final class CancellationToken: Sendable {
    private let flag = Atomic<Bool>(false)

    /// A token that nothing has cancelled yet.
    public init() {}

    /// Whether ``cancel()`` has been called.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Asks for the end. May be called from any thread, any number of times.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once ``cancel()`` has been called.
    public func check() throws {
        if isCancelled { throw CancellationError() }
    }
}
