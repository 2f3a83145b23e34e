import Platform
import Synchronization

/// Runs `body` on a thread of its own and waits for its result.
///
/// The result goes through a lock. A continuation that is resumed before its task waits does order the
/// two, but Swift's runtime does not tell the thread sanitizer so.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    let outcome = Outcome<Result>()
    await withCheckedContinuation { continuation in
        SystemThread.start {
            let result = body()
            outcome.value.withLock { $0 = result }
            continuation.resume()
        }
    }
    return outcome.value.withLock { $0! }
}

private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
