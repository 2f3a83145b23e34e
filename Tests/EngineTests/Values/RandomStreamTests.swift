import Engine
import Testing

@Suite("Random streams")
struct RandomStreamTests {
    /// Values of an independent implementation in Python:
    /// Tests/ReferenceValues/random_stream.py.
    @Test("are the same for ever")
    func golden() {
        var stream = RandomStream(seed: 1, purpose: "alpha", 2, 3)
        #expect(
            [stream.next(), stream.next()] == [
                15_831_880_462_908_501_084, 3_608_856_482_450_259_615,
            ])
        var other = RandomStream(seed: -1, purpose: "größe")
        #expect(other.next() == 4_188_211_058_163_350_088)
    }

    @Test("of different keys differ in their first value")
    func keys() {
        var first: Set<UInt64> = []
        for seed in -2...2 {
            for purpose in ["", "a", "b"] {
                for trial in 0..<5 {
                    for attempt in 0..<5 {
                        var stream = RandomStream(seed: seed, purpose: purpose, trial, attempt)
                        first.insert(stream.next())
                    }
                }
            }
        }
        #expect(first.count == 5 * 3 * 5 * 5)
    }

    @Test(
        "below a bound are uniform, the bound being no power of two", arguments: [1, 2, 3, 7, 10])
    func below(bound: UInt64) {
        var stream = RandomStream(seed: 3, purpose: "below")
        var counts = Array(repeating: 0, count: Int(bound))
        for _ in 0..<10_000 { counts[Int(stream.below(bound))] += 1 }
        let expected = 10_000 / Double(bound)
        // Five standard deviations of a binomial count.
        let slack = 5 * (expected * (1 - 1 / Double(bound))).squareRoot()
        for count in counts { #expect(abs(Double(count) - expected) <= slack) }
    }

    @Test("below the largest bound end")
    func largestBound() {
        var stream = RandomStream(seed: 3, purpose: "below")
        #expect((0..<100).allSatisfy { _ in stream.below(.max) < .max })
    }

    @Test("of units stay in 0 ..< 1 with mean one half")
    func unit() {
        var stream = RandomStream(seed: 4, purpose: "unit")
        let values = (0..<10_000).map { _ in stream.unit() }
        #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
        // Five standard deviations of the mean: 5 · sqrt(1/12/10000).
        #expect(abs(values.reduce(0, +) / 10_000 - 0.5) < 0.0145)
    }
}
