internal import CDeterministicMath

/// How likely a kernel's parameters are, given some values and a prior: −ln of the posterior, and
/// its gradient by the logarithms of the parameters. The scale is the best for each.
///
/// Source: Rasmussen, Williams 2006, "Gaussian Processes for Machine Learning", eq. 5.8 and 5.9.
package struct MarginalLikelihood {
    private let prior: KernelPrior
    private let values: [Double]
    private let count: Int
    private let stride: Int
    /// How many pairs (i, j) with j < i there are, rounded up to a multiple of the lanes.
    private let pairs: Int
    /// The squared differences of each pair, [dimension][pairs]; 0 past the last pair.
    private let differences: [Double]
    /// 1 where the gap above a level lies between the levels of a pair, [gaps][pairs].
    private let spans: [Double]

    /// - Parameters:
    ///   - inputs: the points, n of them.
    ///   - values: n observations, one for each point.
    ///   - prior: of the kernel's parameters.
    package init(inputs: GaussianProcess.Inputs, values: [Double], prior: KernelPrior) {
        (self.prior, self.values, count) = (prior, values, inputs.count)
        stride = Columns.stride(of: count)
        pairs = Columns.stride(of: count * (count - 1) / 2)
        let gaps = prior.means.count - 1 - prior.dimension
        var differences = [Double](repeating: 0, count: prior.dimension * pairs)
        var spans = [Double](repeating: 0, count: gaps * pairs)
        var pair = 0
        for i in 0..<count {
            for j in 0..<i {
                for k in 0..<prior.dimension {
                    let difference = inputs.points[i][k] - inputs.points[j][k]
                    differences[k * pairs + pair] =
                        inputs.isCategory[k] ? (difference == 0 ? 0 : 1) : difference * difference
                }
                let levels = (inputs.levels[i], inputs.levels[j])
                for gap in min(levels.0, levels.1)..<max(levels.0, levels.1) {
                    spans[gap * pairs + pair] = 1
                }
                pair += 1
            }
        }
        (self.differences, self.spans) = (differences, spans)
    }

    /// The value at `logarithms` and its gradient; infinity and zeros where the matrix cannot be
    /// factored.
    ///
    /// - Complexity: O(n³ + n² · dimension).
    package func callAsFunction(_ logarithms: [Double]) -> (value: Double, gradient: [Double]) {
        let parameters = KernelParameters(logarithms: logarithms, dimension: prior.dimension)
        let kernel = PairKernel(parameters, differences: differences, spans: spans, pairs: pairs)
        guard let fit = Fit(kernel.values, noise: parameters.noise, values: values) else {
            return (.infinity, logarithms.map { _ in 0 })
        }
        var sensitivity = fit.sensitivities(pairs: pairs)
        dm_multiply(pairs, sensitivity, kernel.slopes, &sensitivity)
        var gradient = zip(parameters.inverseSquares, 0...).map { weight, k in
            weight * dot(sensitivity, differences, row: k)
        }
        dm_multiply(pairs, sensitivity, kernel.gaps, &sensitivity)
        gradient += zip(parameters.gaps, 0...).map { gap, k in
            -gap * dot(sensitivity, spans, row: k)
        }
        gradient.append(0.5 * parameters.noise * fit.trace)
        var value = fit.value
        for index in gradient.indices {
            let distance = logarithms[index] - prior.means[index]
            value += 0.5 * distance * distance
            gradient[index] += distance
        }
        return (value, gradient)
    }

    private func dot(_ a: [Double], _ rows: [Double], row: Int) -> Double {
        rows.withUnsafeBufferPointer { dm_dot(pairs, a, $0.baseAddress! + row * pairs) }
    }
}

/// The kernel of each pair.
private struct PairKernel {
    /// The kernel's values and the slopes that `dm_matern` gives, [pairs].
    var values: [Double]
    var slopes: [Double]
    /// The distance of the levels of each pair, [pairs].
    var gaps: [Double]

    init(_ parameters: KernelParameters, differences: [Double], spans: [Double], pairs: Int) {
        let zeros = [Double](repeating: 0, count: pairs)
        (values, slopes, gaps) = (zeros, zeros, zeros)
        var squares = zeros
        dm_weighted_rows(parameters.gaps.count, pairs, spans, parameters.gaps, zeros, &gaps)
        dm_multiply(pairs, gaps, gaps, &squares)
        dm_weighted_rows(
            parameters.dimension, pairs, differences, parameters.inverseSquares, squares, &squares)
        dm_matern(pairs, squares, 0, &values, &slopes)
    }
}

/// The kernel matrix, inverted.
private struct Fit {
    /// −ln of the likelihood, but for a constant.
    var value: Double
    /// C⁻¹, [count][stride].
    private let inverse: [Double]
    /// C⁻¹y.
    private let weights: [Double]
    private let scale: Double
    private let stride: Int

    init?(_ kernel: [Double], noise: Double, values: [Double]) {
        let count = values.count
        let stride = Columns.stride(of: count)
        self.stride = stride
        var matrix = [Double](repeating: 0, count: count * stride)
        var pair = 0
        for i in 0..<count {
            for j in 0..<i {
                matrix[j * stride + i] = kernel[pair]
                pair += 1
            }
            matrix[i * stride + i] = 1 + noise
        }
        guard dm_cholesky(count, stride, &matrix) == 0 else { return nil }
        var lower = matrix
        dm_invert_factor(count, stride, matrix, &lower)
        var inverse = lower
        dm_gram(count, stride, lower, &inverse)
        self.inverse = inverse
        let weights = (0..<count).map { i in
            (0..<count).reduce(0) { $0 + inverse[i * stride + $1] * values[$1] }
        }
        let fit = (0..<count).reduce(0) { $0 + weights[$1] * values[$1] }
        self.weights = weights
        scale = max(fit / Double(count), 1e-12)
        value = Double(count) / 2 * Elementary.log(scale)
        for i in 0..<count { value += Elementary.log(matrix[i * stride + i]) }
    }

    /// C⁻¹ − ααᵀ / s² of each pair; 0 past the last.
    func sensitivities(pairs: Int) -> [Double] {
        var result = [Double](repeating: 0, count: pairs)
        var pair = 0
        for i in weights.indices {
            for j in 0..<i {
                result[pair] = inverse[i * stride + j] - weights[i] * weights[j] / scale
                pair += 1
            }
        }
        return result
    }

    /// The sum of the same on the diagonal.
    var trace: Double {
        weights.indices.reduce(0) {
            $0 + (inverse[$1 * stride + $1] - weights[$1] * weights[$1] / scale)
        }
    }
}
