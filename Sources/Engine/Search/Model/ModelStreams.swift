import DeterministicMath

/// The random numbers of one decision: a stream of its own for each purpose, so that the order in
/// which they are drawn does not matter.
package struct ModelStreams: Sendable {
    /// The seed of the study.
    package let seed: Int
    /// The number of started and continued events before the decision.
    package let decision: Int

    private func stream(_ purpose: String) -> RandomStream {
        RandomStream(seed: seed, purpose: "decision \(purpose)", decision)
    }

    /// Uniform in 0 ..< 1: whether a new trial is drawn at random.
    package var coin: Double {
        var stream = stream("coin")
        return stream.unit()
    }

    /// Positive vectors of length 1, [count][objectives].
    package func directions(_ count: Int, objectives: Int) -> [[Double]] {
        var stream = stream("directions")
        return (0..<count).map { _ in
            let sizes = (0..<objectives).map { _ in abs(stream.normal()) }
            let length = sizes.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return sizes.map { $0 / length }
        }
    }

    /// Half of the draws that predictions are averaged over, [draws / 2][objectives].
    package func normals(objectives: Int) -> [[Double]] {
        var stream = stream("normals")
        return (0..<GainTarget.draws / 2).map { _ in
            (0..<objectives).map { _ in stream.normal() }
        }
    }

    /// For the candidates that are drawn uniformly.
    package var uniform: RandomStream { stream("uniform") }
    /// For the mutants of generation `number`, from 0.
    package func mutation(_ number: Int) -> RandomStream {
        RandomStream(seed: seed, purpose: "decision mutation", decision, number)
    }
}

extension RandomStream {
    /// A standard normal number, the same on every processor; never 0 and always finite.
    package mutating func normal() -> Double { Elementary.normalQuantile(normalPlace()) }

    /// Where in the normal distribution the next `normal()` lies, above 0 and below 1.
    package mutating func normalPlace() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }
}
