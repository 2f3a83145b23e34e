import Dispatch
internal import Platform

/// Runs `body` in a task that a signal cancels, so that a fetch ended by Ctrl-C leaves nothing
/// behind.
///
/// - Parameter signals: taken from their handlers while `body` runs, given back afterwards; those
///   that are ignored stay so.
/// - Throws: what `body` throws, `CancellationError` after a signal.
package func cancelling<Result: Sendable>(
    on signals: [Int32] = [SIGINT, SIGTERM], _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await body() }
    let watches = signals.filter { !isIgnored($0) }.map { number in
        let previous = signal(number, SIG_IGN)
        let watch = DispatchSource.makeSignalSource(signal: number, queue: .global())
        watch.setEventHandler { task.cancel() }
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
