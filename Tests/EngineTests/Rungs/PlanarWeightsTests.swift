import Engine
import EngineTesting
import Testing

@Suite("Weights of two objectives")
struct PlanarWeightsTests {
    /// Where all vectors, a few, or one of them is the best, by more or less than rounding.
    private static func points(_ random: inout TestRandom) -> [(Double, Double)] {
        let value = random.unit()
        let other = random.unit()
        return [
            (value, other), (value, value), (value, value.nextUp), (value.nextDown, value),
            (value, value * (1 + 1e-13)), (0, value), (value, 0), (0, 0), (1, 1), (1, 0),
            (value * 1e-300 * 1e-10, other * 1e-300 * 1e-10), (value * 1e-9, other),
            (value, other * 1e-9),
            (value * 1e299, other * 1e299), (1.5e308, -1.5e308), (-value, other), (-value, -other),
        ]
    }

    @Test("give what all vectors give, to the last bit", arguments: [1, 2, 3, 100, 1_000])
    func againstAll(count: Int) {
        let weights = Weights(count: count, objectives: ["x", "y"], seed: 7)
        var random = TestRandom("planar weights", count)
        for _ in 0..<100 {
            for (a, b) in Self.points(&random) {
                let sums = (0..<count).map { weights[0, $0] * a + weights[1, $0] * b }
                #expect(weights.bestSum([a, b]) == sums.max())
                for rho in [0, 0.05, 1, 40] {
                    let costs = (0..<count).map { vector in
                        let parts = (weights[0, vector] * a, weights[1, vector] * b)
                        return max(0, parts.0, parts.1) + rho * (parts.0 + parts.1)
                    }
                    #expect(weights.leastChebyshev([a, b], rho: rho) == costs.min())
                }
            }
        }
    }

    /// Where ρ · (a − b) = b, one of the two pieces is flat.
    @Test("give what all vectors give where many are equally good")
    func flat() {
        let weights = Weights(count: 100, objectives: ["x", "y"], seed: 7)
        for (a, b, rho) in [(0.75, 0.25, 0.5), (0.25, 0.75, 0.5), (0.5, 0.25, 1), (1, 1e-17, 0)] {
            let costs = (0..<100).map { vector in
                let parts = (weights[0, vector] * a, weights[1, vector] * b)
                return max(parts.0, parts.1) + rho * (parts.0 + parts.1)
            }
            #expect(weights.leastChebyshev([a, b], rho: rho) == costs.min())
        }
    }
}
