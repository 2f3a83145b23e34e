import NN
import Testing

/// Made-up times of a machine that others use: what comes out has to be what the work takes alone.
@Suite struct MinimumTimingTests {
    /// Eight pieces of some tens of microseconds.
    private let truth = (0..<8).map { 20_000 + 700 * $0 }
    private var total: Int { truth.reduce(0, +) }

    /// What came out, in nanoseconds, and after how many rounds and pauses.
    private struct Outcome: Equatable {
        var time: Double
        var rounds: Int
        var pauses: Int
    }

    /// What the speed reference's work takes.
    private let referenceTruth = 15_000

    /// One that has been measured on a quiet machine.
    private func knownSpeedReference() -> SpeedReference {
        let speedReference = SpeedReference()
        _ = speedReference.isReached(by: .nanoseconds(referenceTruth))
        return speedReference
    }

    /// Runs the measurement on what `noise` adds, in nanoseconds, to a piece in a round after so many
    /// pauses; the piece after the last is the speed reference.
    private func measured(
        _ speedReference: SpeedReference = SpeedReference(),
        _ noise: (_ piece: Int, _ round: Int, _ pauses: Int) -> Int
    ) -> Outcome {
        var counts = [Int](repeating: 0, count: truth.count + 1)
        var pauses = 0
        func measure(_ piece: Int) -> Duration {
            defer { counts[piece] += 1 }
            return .nanoseconds(
                (truth + [referenceTruth])[piece] + noise(piece, counts[piece], pauses))
        }
        let time = MinimumTiming.total(
            of: truth.count, speedReference: speedReference, pause: { pauses += 1 },
            measureSpeedReference: { measure(truth.count) }, measure: measure)
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
                == Outcome(time: Double(total), rounds: MinimumTiming.leastRounds, pauses: 0))
    }

    /// Weights that fill the second-level cache: each piece varies by up to 6 %, so that of eight
    /// pieces there is always one whose two fastest times lie apart.
    @Test func piecesThatVaryNeedNoPause() {
        let outcome = measured { piece, round, _ in
            piece == truth.count ? 0 : Int(0.06 * Double(truth[piece]) * scatter(piece, round))
        }
        #expect(outcome.time / Double(total) < 1.02)
        #expect(outcome.pauses == 0)
    }

    /// Where times scatter widely a pause is made, also at the first measurement, which has no speed
    /// reference to go by.
    @Test func timesThatScatterAreNotTrusted() {
        let outcome = measured { piece, round, pauses in
            pauses == 0
                ? Int(Double((truth + [referenceTruth])[piece]) * 0.45 * scatter(piece, round)) : 0
        }
        #expect(abs(outcome.time / Double(total) - 1) < 0.001)
        #expect(outcome.pauses == 1)
    }

    /// One round that no other comes near to, while the speed reference is steady.
    @Test func noPauseIsMadeOnAQuietCore() {
        let outcome = measured { piece, round, _ in
            piece == truth.count || round == 3 ? 0 : truth[piece] / 10
        }
        #expect(
            outcome
                == Outcome(time: Double(total), rounds: MinimumTiming.roundsBeforePause, pauses: 0))
    }

    /// A scheduler's turn of three milliseconds falls on every fifth measurement.
    @Test func interruptionsAreLeftOut() {
        var calls = 0
        let outcome = measured { piece, round, _ in
            calls += 1
            return calls % 5 == 0 ? 3_000_000 : Int(50 * scatter(piece, round))
        }
        #expect(abs(outcome.time / Double(total) - 1) < 0.01)
        #expect(outcome.rounds < 2 * MinimumTiming.leastRounds)
    }

    /// The core is shared for twelve rounds: everything takes 20 to 45 % longer, never alike. The
    /// median of those twelve would be a third too long.
    @Test func aBusyNeighbourIsWaitedFor() {
        let outcome = measured { piece, round, _ in
            let share = round < 12 ? 0.2 + 0.25 * scatter(piece, round) : 0
            return Int(20_000 * share)
        }
        #expect(abs(outcome.time / Double(total) - 1) < 0.01)
        #expect((13...14).contains(outcome.rounds))
        #expect(outcome.pauses == 0)
    }

    /// One that is busy for as long as it is measured has gone after a pause.
    @Test func aPauseOutlastsANeighbour() {
        let outcome = measured { _, round, pauses in pauses == 0 ? 9000 - 400 * round : 0 }
        let rounds = MinimumTiming.roundsBeforePause + 2
        #expect(outcome == Outcome(time: Double(total), rounds: rounds, pauses: 1))
    }

    /// Everything takes an eighth longer, always alike, until it has paused: no time of its own tells.
    @Test func aSlowCoreIsWaitedFor() {
        func slow(_ piece: Int) -> Int { (truth + [referenceTruth])[piece] / 8 }
        let outcome = measured(knownSpeedReference()) { piece, _, pauses in
            pauses < 2 ? slow(piece) : 0
        }
        let rounds = 2 * MinimumTiming.roundsBeforePause + 2
        #expect(outcome == Outcome(time: Double(total), rounds: rounds, pauses: 2))
        let unknown = measured { piece, _, _ in slow(piece) }
        #expect(abs(unknown.time / Double(total) - 1.125) < 0.001)
        #expect(unknown.rounds == MinimumTiming.leastRounds)
    }

    /// Everything takes 20 to 45 % longer and continues to. The second time nothing is
    /// hoped from pauses.
    @Test func aCoreThatStaysSlowIsCorrectedFor() {
        let speedReference = knownSpeedReference()
        for (pauses, rounds) in [
            (3, MinimumTiming.mostRounds), (0, MinimumTiming.roundsBeforePause),
        ] {
            let outcome = measured(speedReference) { piece, round, _ in
                Int(
                    Double((truth + [referenceTruth])[piece]) * (0.2 + 0.25 * scatter(piece, round))
                )
            }
            #expect(abs(outcome.time / Double(total) - 1) < 0.03)
            #expect(outcome.rounds == rounds)
            #expect(outcome.pauses == pauses)
        }
        #expect(measured(speedReference) { _, _, _ in 0 }.time == Double(total))
        #expect(speedReference.isTrusted)
    }

    /// On a processor that became slower for good, the last trials of a study are measured as the first.
    @Test func nothingDrifts() {
        let speedReference = knownSpeedReference()
        let slow = Duration.nanoseconds(referenceTruth * 3 / 2)
        for _ in 0..<200 {
            #expect(!speedReference.isReached(by: slow))
            #expect(speedReference.scale(forMiss: slow) == 2.0 / 3)
        }
        #expect(
            speedReference.scale(forMiss: slow * 100) == 0.5, "whatever a strange clock may say")
    }

    /// Every round is a millisecond faster than the one before.
    @Test func thereIsAnEnd() {
        let last = MinimumTiming.mostRounds - 1
        let outcome = measured { _, round, _ in (last - round) * 1_000_000 }
        #expect(outcome == Outcome(time: Double(total), rounds: last + 1, pauses: 3))
    }

    /// A clock tells times below a microsecond no better than to some tens of nanoseconds.
    @Test func theClocksScatterIsNoReasonToGoOn() {
        var rounds = 0
        func measure(_: Int) -> Duration {
            rounds += 1
            return .nanoseconds(300 + 40 * (rounds % 4))
        }
        #expect(time(of: 1, measure) == .nanoseconds(300))
        #expect(rounds == MinimumTiming.leastRounds)
    }

    private func time(of pieces: Int, _ measure: (Int) throws -> Duration) rethrows -> Duration {
        try MinimumTiming.total(
            of: pieces, speedReference: SpeedReference(), pause: {},
            measureSpeedReference: { .seconds(1) },
            measure: measure)
    }

    @Test func nothingTakesNoTime() {
        #expect(time(of: 0) { _ in .seconds(1) } == .zero)
        #expect(time(of: 3) { _ in .zero } == .zero)
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
            _ = try time(of: 2, measure)
        }
        #expect(calls == 3)
    }
}
