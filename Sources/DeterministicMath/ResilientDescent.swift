/// Minimises a function by the signs of its gradient: each coordinate has a step of its own, which
/// grows while the sign stays and shrinks when it changes.
///
/// Source: Igel, Hüsken 2000, "Improving the Rprop learning algorithm" (iRprop⁻).
package struct ResilientDescent {
    /// How often the function is evaluated.
    package var iterations = 20
    /// The first step of each coordinate.
    package var firstStep = 0.2
    /// The least and the greatest step.
    package var steps = 0.001...0.6

    /// The best point that was met; of equals the first, and the start where every value is NaN.
    package func minimise(
        from start: [Double], in box: [ClosedRange<Double>],
        _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> [Double] {
        var point = start
        var best = (value: Double.infinity, point: start)
        var step = start.map { _ in firstStep }
        var last = start.map { _ in 0.0 }
        for _ in 0..<iterations {
            var (value, gradient) = function(point)
            if value < best.value { best = (value, point) }
            for index in point.indices {
                let agreement = gradient[index] * last[index]
                let factor = agreement > 0 ? 1.2 : agreement < 0 ? 0.5 : 1
                step[index] = min(max(step[index] * factor, steps.lowerBound), steps.upperBound)
                if agreement < 0 { gradient[index] = 0 }
                let direction: Double = gradient[index] > 0 ? 1 : gradient[index] < 0 ? -1 : 0
                let moved = point[index] - direction * step[index]
                point[index] = min(max(moved, box[index].lowerBound), box[index].upperBound)
            }
            last = gradient
        }
        return best.point
    }
}

extension KernelPrior {
    /// The most probable parameters, searched from the prior's mean with 20 evaluations.
    ///
    /// - Complexity: O(n³ + n² · dimension) with n inputs, 20 times.
    package func mostProbable(
        _ inputs: GaussianProcess.Inputs, values: [Double]
    ) -> KernelParameters {
        let likelihood = MarginalLikelihood(inputs: inputs, values: values, prior: self)
        let logarithms = ResilientDescent().minimise(from: means, in: bounds) { likelihood($0) }
        return KernelParameters(logarithms: logarithms, dimension: dimension)
    }
}
