internal import Engine

/// A mean and where it lies with a confidence of 95 %.
package struct BootstrapInterval: Equatable, Sendable {
    /// The mean of the sample.
    package let mean: Double
    /// The 2.5 % and 97.5 % quantiles of the means of samples drawn from the sample.
    package let low: Double
    /// The upper end.
    package let high: Double

    private static let resamples = 2000

    /// The percentile bootstrap interval of a sample. The draws are the same at every call.
    ///
    /// - Parameter sample: at least one value.
    /// - Complexity: O(n) times 2,000.
    ///
    /// Source: Efron 1979, "Bootstrap methods: another look at the jackknife".
    package init(_ sample: [Double]) {
        precondition(!sample.isEmpty, "an empty sample has no mean")
        let count = Double(sample.count)
        mean = sample.reduce(0, +) / count
        var stream = RandomStream(seed: 0, purpose: "bootstrap", sample.count)
        var means = (0..<Self.resamples).map { _ in
            sample.indices.reduce(0) { sum, _ in
                sum + sample[Int(stream.below(UInt64(sample.count)))]
            } / count
        }
        means.sort()
        low = means[Self.resamples / 40]
        high = means[Self.resamples - 1 - Self.resamples / 40]
    }
}
