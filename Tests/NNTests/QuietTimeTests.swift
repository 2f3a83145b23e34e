import NN
import Testing

/// Made-up times of a machine that others use: what comes out has to be what the work takes alone.
@Suite struct QuietTimeTests {
    /// Eight pieces of some tens of microseconds.
    private let truth = (0..<8).map { 20_000 + 700 * $0 }
    private var total: Int { truth.reduce(0, +) }

    /// Runs the measurement on what `noise` adds, in nanoseconds, to a piece in a round.
    private func measured(
        _ noise: (_ piece: Int, _ round: Int) -> Int
    ) -> (nanoseconds: Double, rounds: Int) {
        var counts = [Int](repeating: 0, count: truth.count)
        let time = QuietTime.total(of: truth.count) { piece in
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

    /// The core is shared for thirty rounds: everything takes 20 to 45 % longer, never alike. The
    /// median of the first thirty would be a third too long.
    @Test func aBusyNeighbourIsWaitedFor() {
        let (time, rounds) = measured { piece, round in
            let share = round < 30 ? 0.2 + 0.25 * scatter(piece, round) : 0
            return Int(Double(truth[piece]) * share)
        }
        #expect(abs(time / Double(total) - 1) < 0.01)
        #expect((31...33).contains(rounds))
    }

    @Test func thereIsAnEnd() {
        // Every round is a millisecond faster than the one before.
        let (time, rounds) = measured { _, round in (QuietTime.mostRounds - 1 - round) * 1_000_000 }
        #expect(rounds == QuietTime.mostRounds)
        #expect(time == Double(total))
    }

    @Test func nothingTakesNoTime() {
        #expect(QuietTime.total(of: 0) { _ in .seconds(1) } == .zero)
        #expect(QuietTime.total(of: 3) { _ in .zero } == .zero)
    }

    @Test func anErrorEndsIt() {
        struct Stop: Error {}
        var calls = 0
        #expect(throws: Stop.self) {
            _ = try QuietTime.total(of: 2) { _ in
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
