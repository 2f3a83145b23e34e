/// What a run reads the time from.
public protocol RunClock: AnyObject {
    /// Seconds since the run began.
    var seconds: Double { get }
}

/// The clock of a run that takes the time it takes.
public final class WallClock: RunClock {
    private let start = ContinuousClock.now

    /// A clock that begins at 0 now.
    public init() {}

    /// Seconds since it was made.
    public var seconds: Double {
        // Dividing durations costs ten times as much as reading the clock.
        let (seconds, attoseconds) = start.duration(to: .now).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
