import NN
import Testing

/// Made-up times of a machine that others use: what comes out has to be what the work takes alone.
@Suite struct QuietTimeTests {
    /// Eight pieces of some tens of microseconds.
    private let truth = (0..<8).map { 20_000 + 700 * $0 }
    private var total: Int { truth.reduce(0, +) }

    /// Runs the measurement on what `noise` adds, in nanoseconds, to a piece in a round.
    private func measured(
        pause: () -> Void = { Issue.record("a pause without need") },
        _ noise: (_ piece: Int, _ round: Int) -> Int
    ) -> (nanoseconds: Double, rounds: Int) {
        var counts = [Int](repeating: 0, count: truth.count)
        let time = QuietTime.total(of: truth.count, pause: pause) { piece in
            defer { counts[piece] += 1 }
            return .nanoseconds(truth[piece] + noise(piece, counts[piece]))
        }
        #expect(Set(counts).count == 1, "every piece is measured equally often")
        return (time / .nanoseconds(1), counts[0])
    }

    /// From 0 to 1, the same at every run.
    private func scatter(_ piece: Int, _ round: Int) -> Double {
        var generator = SplitMix(state: UInt64(piece * 1000 + round))
        return Double(generator.next() >> 11) * 0x1p-53
    }

    @Test func aQuietMachineNeedsTheLeastRounds() {
        let (time, rounds) = measured { _, round in round == 0 ? 15_000 : 0 }
        #expect(time == Double(total))
        #expect(rounds == QuietTime.leastRounds)
    }

    /// A scheduler's turn of three milliseconds falls on every fifth measurement.
    @Test func interruptionsAreLeftOut() {
        var calls = 0
        let (time, rounds) = measured { piece, round in
            calls += 1
            return calls % 5 == 0 ? 3_000_000 : Int(50 * scatter(piece, round))
        }
        #expect(abs(time / Double(total) - 1) < 0.01)
        #expect(rounds < 2 * QuietTime.leastRounds)
    }

    /// The core is shared for fifteen rounds: everything takes 20 to 45 % longer, never alike. The
    /// median of those fifteen would be a third too long.
    @Test func aBusyNeighbourIsWaitedFor() {
        let (time, rounds) = measured { piece, round in
            let share = round < 15 ? 0.2 + 0.25 * scatter(piece, round) : 0
            return Int(Double(truth[piece]) * share)
        }
        #expect(abs(time / Double(total) - 1) < 0.01)
        #expect((16...18).contains(rounds))
    }

    /// One that is busy for as long as it is measured has gone after a pause.
    @Test func aPauseOutlastsANeighbour() {
        var pauses = 0
        let (time, rounds) = measured(pause: { pauses += 1 }) { _, round in
            pauses == 0 ? 9000 - 400 * round : 0
        }
        #expect(time == Double(total))
        #expect(pauses == 1)
        #expect(rounds == QuietTime.roundsBeforePause + 2)
    }

    @Test func thereIsAnEnd() {
        // Every round is a millisecond faster than the one before.
        var pauses = 0
        let (time, rounds) = measured(pause: { pauses += 1 }) { _, round in
            (QuietTime.mostRounds - 1 - round) * 1_000_000
        }
        #expect(rounds == QuietTime.mostRounds)
        #expect(pauses == 2)
        #expect(time == Double(total))
    }

    /// A clock tells times below a microsecond no better than to some tens of nanoseconds.
    @Test func theClocksScatterIsNoReasonToGoOn() {
        var rounds = 0
        let time = QuietTime.total(of: 1, pause: { Issue.record("a pause") }) { _ in
            rounds += 1
            return .nanoseconds(300 + 40 * (rounds % 4))
        }
        #expect(time == .nanoseconds(300))
        #expect(rounds == QuietTime.leastRounds)
    }

    @Test func nothingTakesNoTime() {
        #expect(QuietTime.total(of: 0, pause: {}) { _ in .seconds(1) } == .zero)
        #expect(QuietTime.total(of: 3, pause: {}) { _ in .zero } == .zero)
    }

    @Test func anErrorEndsIt() {
        struct Stop: Error {}
        var calls = 0
        #expect(throws: Stop.self) {
            _ = try QuietTime.total(of: 2, pause: {}) { _ in
                calls += 1
                if calls == 3 { throw Stop() }
                return .seconds(1)
            }
        }
        #expect(calls == 3)
    }
}

/// Draws that are the same at every run, for tests.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
