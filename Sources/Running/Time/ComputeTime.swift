/// How long a trial has computed: its Lua code and its operations, not what it waited for.
///
/// Waiting for a thread, for a decision or for another trial's code costs a trial nothing, so a
/// limit on this time means the same however many trials run beside it.
package struct ComputeTime {
    private var spent = Duration.zero
    private var since: ContinuousClock.Instant?

    /// A trial that has not computed yet.
    package init() {}

    /// Its code runs.
    package mutating func start() {
        if since == nil { since = .now }
    }

    /// Its code has suspended itself.
    package mutating func stop() {
        if let since { spent += since.duration(to: .now) }
        since = nil
    }

    /// One of its operations took so long.
    package mutating func add(_ duration: Duration) { spent += duration }

    /// All of it until now.
    package var total: Duration { spent + (since?.duration(to: .now) ?? .zero) }
}
