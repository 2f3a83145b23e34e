import Dispatch
internal import Platform

/// Runs `body` in a task that a signal cancels, so that a fetch ended by Ctrl-C leaves nothing
/// behind.
///
/// - Parameters:
///   - signals: taken from their handlers while `body` runs, given back afterwards; those that are
///     ignored stay so.
///   - received: is told which signal came.
/// - Throws: what `body` throws, `CancellationError` after a signal.
package func cancelling<Result: Sendable>(
    on signals: [Int32] = [SIGINT, SIGTERM],
    received: @escaping @Sendable (Int32) -> Void = { _ in },
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await body() }
    let watches = signals.filter { !isIgnored($0) }.map { number in
        let previous = signal(number, SIG_IGN)
        let watch = DispatchSource.makeSignalSource(signal: number, queue: .global())
        watch.setEventHandler {
            received(number)
            task.cancel()
        }
        watch.activate()
        return (number, previous, watch)
    }
    defer {
        for (number, previous, watch) in watches {
            watch.cancel()
            signal(number, previous)
        }
    }
    return try await withTaskCancellationHandler {
        try await task.value
    } onCancel: {
        task.cancel()
    }
}
