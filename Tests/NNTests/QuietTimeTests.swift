import NN
import Testing

/// Made-up times of a machine that others use: what comes out has to be what the work takes alone.
@Suite struct QuietTimeTests {
    /// Eight pieces of some tens of microseconds.
    private let truth = (0..<8).map { 20_000 + 700 * $0 }
    private var total: Int { truth.reduce(0, +) }

    /// What came out, in nanoseconds, and after how many rounds and pauses.
    private struct Outcome: Equatable {
        var time: Double
        var rounds: Int
        var pauses: Int
    }

    /// Runs the measurement on what `noise` adds, in nanoseconds, to a piece in a round after so many
    /// pauses.
    private func measured(
        _ noise: (_ piece: Int, _ round: Int, _ pauses: Int) -> Int
    ) -> Outcome {
        var counts = [Int](repeating: 0, count: truth.count)
        var pauses = 0
        let time = QuietTime.total(
            of: truth.count, pause: { pauses += 1 },
            measure: { piece in
                defer { counts[piece] += 1 }
                return .nanoseconds(truth[piece] + noise(piece, counts[piece], pauses))
            })
        #expect(Set(counts).count == 1, "every piece is measured equally often")
        return Outcome(time: time / .nanoseconds(1), rounds: counts[0], pauses: pauses)
    }

    /// From 0 to 1, the same at every run.
    private func scatter(_ piece: Int, _ round: Int) -> Double {
        var generator = RandomGenerator(seed: UInt64(piece * 1000 + round))
        return generator.uniform()
    }

    @Test func aQuietMachineNeedsTheLeastRounds() {
        let outcome = measured { _, round, _ in round == 0 ? 15_000 : 0 }
        #expect(
            outcome
                == Outcome(time: Double(total), rounds: QuietTime.leastRounds, pauses: 0))
    }

    /// A scheduler's turn of three milliseconds falls on every fifth measurement.
    @Test func interruptionsAreLeftOut() {
        var calls = 0
        let outcome = measured { piece, round, _ in
            calls += 1
            return calls % 5 == 0 ? 3_000_000 : Int(50 * scatter(piece, round))
        }
        #expect(abs(outcome.time / Double(total) - 1) < 0.01)
        #expect(outcome.rounds < 2 * QuietTime.leastRounds)
    }

    /// The core is shared for fifteen rounds: everything takes 20 to 45 % longer, never alike. The
    /// median of those fifteen would be a third too long.
    @Test func aBusyNeighbourIsWaitedFor() {
        let outcome = measured { piece, round, _ in
            let share = round < 15 ? 0.2 + 0.25 * scatter(piece, round) : 0
            return Int(Double(truth[piece]) * share)
        }
        #expect(abs(outcome.time / Double(total) - 1) < 0.01)
        #expect((16...18).contains(outcome.rounds))
        #expect(outcome.pauses == 0)
    }

    /// One that is busy for as long as it is measured has gone after a pause.
    @Test func aPauseOutlastsANeighbour() {
        let outcome = measured { _, round, pauses in pauses == 0 ? 9000 - 400 * round : 0 }
        let rounds = QuietTime.roundsBeforePause + 2
        #expect(outcome == Outcome(time: Double(total), rounds: rounds, pauses: 1))
    }

    /// Every round is a millisecond faster than the one before.
    @Test func thereIsAnEnd() {
        let last = QuietTime.mostRounds - 1
        let outcome = measured { _, round, _ in (last - round) * 1_000_000 }
        #expect(outcome == Outcome(time: Double(total), rounds: last + 1, pauses: 2))
    }

    /// A clock tells times below a microsecond no better than to some tens of nanoseconds.
    @Test func theClocksScatterIsNoReasonToGoOn() {
        var rounds = 0
        func measure(_: Int) -> Duration {
            rounds += 1
            return .nanoseconds(300 + 40 * (rounds % 4))
        }
        #expect(QuietTime.total(of: 1, pause: {}, measure: measure) == .nanoseconds(300))
        #expect(rounds == QuietTime.leastRounds)
    }

    @Test func nothingTakesNoTime() {
        #expect(QuietTime.total(of: 0, pause: {}, measure: { _ in .seconds(1) }) == .zero)
        #expect(QuietTime.total(of: 3, pause: {}, measure: { _ in .zero }) == .zero)
    }

    @Test func anErrorEndsIt() {
        struct Stop: Error {}
        var calls = 0
        func measure(_: Int) throws -> Duration {
            calls += 1
            if calls == 3 { throw Stop() }
            return .seconds(1)
        }
        #expect(throws: Stop.self) {
            _ = try QuietTime.total(of: 2, pause: {}, measure: measure)
        }
        #expect(calls == 3)
    }
}
