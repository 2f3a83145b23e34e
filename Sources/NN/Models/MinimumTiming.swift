/// The time that work takes on a machine to itself, measured on one that others use as well.
///
/// Whatever else happens only ever adds to a measured time: an interruption, a cache that another
/// program emptied, a core that is shared. So of each piece's times the fastest is the nearest to
/// the truth, but it is trusted only once a second one confirms it: on a core that is shared the
/// times scatter, on a quiet one they repeat to a fraction of a per cent. A median is no better than
/// the greater part of its samples, and a neighbour's busy moment often outlasts them.
///
/// A core may also be slower for as long as a measurement lasts, and then times may agree and be
/// wrong. That shows in a ``SpeedReference``, which is measured in every round as well. If that
/// stays slow, the times, by then scattered, are taken at their medians and made shorter in its
/// proportion.
package enum MinimumTiming {
    /// Rounds that are always made; the first fills the caches.
    package static let leastRounds = 5
    /// Where rounds end although the times never agreed.
    package static let mostRounds = 60
    /// After so many rounds without agreement it pauses: what keeps a core busy may be over then.
    package static let roundsBeforePause = 15

    /// The sum of every piece's time.
    ///
    /// Goes round the pieces, so that what lasts does not fall on one of them alone, until the two
    /// fastest times of each piece lie within a hundredth of one another, and the speed reference's
    /// two are as short as they were before. It ends in place of a pause where the speed reference
    /// is short and steady: work on weights that fill much of the second-level cache varies whatever
    /// else happens, so that of eight pieces one is nearly always apart.
    ///
    /// - Parameters:
    ///   - pause: waits for a tenth of a second or so; called three times at most.
    ///   - measureSpeedReference: does the speed reference's work and tells how long it took.
    ///   - measure: does a piece of work and tells how long it took.
    /// - Throws: what `measure` throws.
    package static func total(
        of pieces: Int, speedReference: SpeedReference, pause: () -> Void,
        measureSpeedReference: () -> Duration,
        measure: (_ piece: Int) throws -> Duration
    ) rethrows -> Duration {
        var times = [Times](repeating: Times(), count: pieces)
        var reference = Times()
        // Where patience did not help the last time, there is less of it.
        let mostRounds = speedReference.isTrusted ? mostRounds : roundsBeforePause
        for round in 1...mostRounds {
            for piece in 0..<pieces { times[piece].add(try measure(piece)) }
            reference.add(measureSpeedReference())
            let isQuiet = speedReference.isReached(by: reference.second)
            if round == mostRounds, !isQuiet {
                let scale = speedReference.scale(forMiss: reference.median)
                return times.reduce(.zero) { $0 + $1.median } * scale
            }
            if round >= leastRounds, isQuiet, times.allSatisfy(\.agree) { break }
            if round % roundsBeforePause == 0, round < mostRounds, speedReference.isTrusted {
                if isQuiet, reference.isSteady { break }
                pause()
            }
        }
        return times.reduce(.zero) { $0 + $1.fastest }
    }
}

/// How long the same work took, time after time.
private struct Times {
    private var all: [Duration] = []
    private(set) var fastest = Duration.seconds(Int64.max)
    private(set) var second = Duration.seconds(Int64.max)

    mutating func add(_ time: Duration) {
        (fastest, second) = time < fastest ? (time, fastest) : (fastest, min(time, second))
        all.append(time)
    }

    /// Whether the two fastest do. A clock's own scatter, some tens of nanoseconds, does not count
    /// against short pieces.
    var agree: Bool { second - fastest <= max(fastest / 100, .nanoseconds(200)) }

    /// Whether half of all took hardly longer than the fastest.
    var isSteady: Bool { median - fastest <= max(fastest / 16, .nanoseconds(200)) }

    var median: Duration { all.sorted()[all.count / 2] }
}
