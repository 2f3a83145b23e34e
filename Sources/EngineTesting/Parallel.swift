internal import Platform

/// Runs closures at the same time, each on a thread of its own, and waits for all.
///
/// - Returns: what they return, in the order of the closures.
/// - Throws: the error of the first closure that threw one.
func inParallel<Result: Sendable>(
    _ bodies: [@Sendable () throws -> Result]
) throws -> [Result] {
    let results = Monitor([Int: Swift.Result<Result, any Error>]())
    for (index, body) in bodies.enumerated() {
        SystemThread.start {
            let result = Swift.Result { try body() }
            results.change { $0[index] = result }
        }
    }
    let all = results.wait { $0.count == bodies.count ? $0 : nil } ?? [:]
    return try all.sorted { $0.key < $1.key }.map { try $0.value.get() }
}
