/// The time that work takes on a machine to itself, measured on one that others use as well.
///
/// Whatever else happens only ever adds to a measured time: an interruption, a cache that another
/// program emptied, a core that is shared. So of each piece's times the fastest is the nearest to the
/// truth, but it is trusted only once a second one confirms it: on a core that is shared the times
/// scatter, on a quiet one they repeat to a fraction of a per cent. A median is no better than the
/// greater part of its samples, and a neighbour's busy moment often outlasts them.
package enum QuietTime {
    /// Rounds that are always made; the first fills the caches.
    package static let leastRounds = 5
    /// Where rounds end although the times never agreed.
    package static let mostRounds = 60
    /// After so many rounds without agreement it pauses: what keeps a core busy may be over then.
    package static let roundsBeforePause = 20

    /// The sum of every piece's fastest time.
    ///
    /// Goes round the pieces, so that what lasts does not fall on one of them alone, until the two
    /// fastest times of each piece lie within a hundredth of one another.
    ///
    /// - Parameters:
    ///   - pause: waits for a tenth of a second or so; called twice at most.
    ///   - measure: does a piece of work and tells how long it took.
    /// - Throws: what `measure` throws.
    package static func total(
        of pieces: Int, pause: () -> Void, measure: (_ piece: Int) throws -> Duration
    ) rethrows -> Duration {
        var times = [Pair](repeating: Pair(), count: pieces)
        for round in 1...mostRounds {
            for piece in 0..<pieces { times[piece].add(try measure(piece)) }
            if round >= leastRounds, times.allSatisfy(\.agrees) { break }
            if round % roundsBeforePause == 0, round < mostRounds { pause() }
        }
        return times.reduce(.zero) { $0 + $1.fastest }
    }

    private struct Pair {
        var fastest = Duration.seconds(Int64.max)
        var second = Duration.seconds(Int64.max)

        mutating func add(_ time: Duration) {
            (fastest, second) = time < fastest ? (time, fastest) : (fastest, min(time, second))
        }

        /// A clock's own scatter, some tens of nanoseconds, does not count against short pieces.
        var agrees: Bool { second - fastest <= max(fastest / 100, .nanoseconds(200)) }
    }
}
