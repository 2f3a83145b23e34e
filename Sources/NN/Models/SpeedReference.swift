internal import Synchronization

/// The shortest time that work which is always the same ever took: where it takes longer, the core
/// is slower now than it can be, and so is everything else.
///
/// May be used from several threads.
package final class SpeedReference: Sendable {
    /// In nanoseconds.
    private let shortest = Atomic(Int.max)
    private let wasReached = Atomic(true)

    /// A speed reference that knows no time yet, so that the first is the shortest.
    package init() {}

    /// Whether the last measurement reached it, so that another may by waiting.
    package var isTrusted: Bool { wasReached.load(ordering: .relaxed) }

    /// Takes note of a time.
    ///
    /// - Returns: whether it is as short as any before, up to a sixteenth, as it varies by some
    ///   hundredths for reasons that do not touch other work.
    package func isReached(by time: Duration) -> Bool {
        let time = time.wholeNanoseconds
        let shortest = shortest.min(time, ordering: .relaxed).oldValue
        let isReached = time <= shortest || time - shortest <= shortest / 16
        if isReached { wasReached.store(true, ordering: .relaxed) }
        return isReached
    }

    /// Takes note of a time that patience could not better.
    ///
    /// The speed reference stays what it is, also where a core has become slower for good: if it came
    /// nearer, equal networks would seem to get slower in the course of a study.
    ///
    /// - Returns: by what to scale other times of that moment, from a half to 1.
    package func scale(forMiss time: Duration) -> Double {
        let time = time.wholeNanoseconds
        let shortest = shortest.load(ordering: .relaxed)
        guard time > shortest else { return 1 }
        wasReached.store(false, ordering: .relaxed)
        return max(0.5, Double(shortest) / Double(time))
    }
}

extension Duration {
    /// The whole nanoseconds, at most what an integer holds.
    fileprivate var wholeNanoseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 32 else { return .max }
        return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
    }
}
