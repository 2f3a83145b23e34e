/// Independent normal priors of standard deviation 1 on the logarithms of a kernel's parameters,
/// and the box that they are searched in.
package struct KernelPrior: Sendable {
    /// The prior's mean, in the order of `KernelParameters.logarithms`.
    package let means: [Double]
    /// The least and the greatest logarithm of each parameter.
    package let bounds: [ClosedRange<Double>]
    /// How many coordinates there are.
    package let dimension: Int

    /// Lengths about ½ √(d/2), gaps about 0.3, noise about 0.01.
    ///
    /// - Parameters:
    ///   - dimension: d; without coordinates it counts as 1.
    ///   - levels: how many levels there are.
    package init(dimension: Int, levels: Int) {
        let log = Elementary.log
        let length = log(0.5) + 0.5 * log(Double(max(1, dimension)) / 2)
        let (gaps, lengths) = (levels - 1, dimension)
        means =
            Array(repeating: length, count: lengths) + Array(repeating: log(0.3), count: gaps)
            + [log(0.01)]
        bounds =
            Array(repeating: log(0.05)...log(20), count: lengths)
            + Array(repeating: log(0.01)...log(4), count: gaps) + [log(1e-4)...0]
        self.dimension = dimension
    }

    /// The parameters at the prior's mean.
    package var meanParameters: KernelParameters {
        KernelParameters(logarithms: means, dimension: dimension)
    }
}
