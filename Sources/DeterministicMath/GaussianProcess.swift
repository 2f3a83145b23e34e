internal import CDeterministicMath

/// A Gaussian process over (configuration, level) that has seen some values.
///
/// Its prior mean is 0. The scale of its variance is the one most likely for the values.
///
/// Source: Rasmussen, Williams 2006, "Gaussian Processes for Machine Learning", ch. 2.
package struct GaussianProcess: Sendable {
    /// Points and where each was observed.
    package struct Inputs: Sendable {
        /// Shape [points][dimension].
        package var points: [[Double]]
        /// The level of each point, from 0.
        package var levels: [Int]
        /// For each coordinate whether it is a category, whose values are equal or not.
        package var isCategory: [Bool]

        /// Points at their levels.
        package init(points: [[Double]], levels: [Int], isCategory: [Bool]) {
            precondition(points.count == levels.count, "a level for each point")
            (self.points, self.levels, self.isCategory) = (points, levels, isCategory)
        }

        /// How many points there are.
        package var count: Int { points.count }
    }

    private let inputs: Inputs
    private let parameters: (inverseSquares: [Double], positions: [Double])
    /// The variance of an observation's noise as a share of `scale`, jitter included.
    private let noise: Double
    /// C⁻¹y, [points], with zeros up to a multiple of 4.
    private let weights: [Double]
    /// The inverse of the lower Cholesky factor, [points up to a multiple of 4][stride].
    private let inverse: [Double]
    private let stride: Int
    /// The variance of the function: yᵀC⁻¹y / n.
    package let scale: Double

    /// Added to the noise, so that the matrix can be factored.
    package static let jitter = 1e-8

    /// - Parameters:
    ///   - inputs: n ≥ 1 points.
    ///   - values: what was observed at each.
    ///   - means: what was expected at each before, in place of 0. Predictions are then of what is left;
    ///     its variance counts as at least a quarter of that of the values, since how sure that mean is
    ///     is not known.
    ///   - parameters: of the kernel; with noise of at least 1e-4 any matrix can be factored.
    /// - Complexity: O(n³ + n² · dimension).
    package init(
        inputs: Inputs, values: [Double], around means: [Double] = [], parameters: KernelParameters
    ) {
        precondition(inputs.count > 0 && values.count == inputs.count, "a value for each point")
        let noise = parameters.noise + Self.jitter
        let parameters = (parameters.inverseSquares, parameters.positions)
        let (inverse, stride) = Self.invertedFactor(of: inputs, parameters, noise: noise)
        var (values, least) = (values, 1e-9)
        if !means.isEmpty {
            let weights = Self.solve(inverse, values, stride: stride)
            least = max(least, Self.scale(weights, values) / 4)
            for index in values.indices { values[index] -= means[index] }
        }
        let weights = Self.solve(inverse, values, stride: stride)
        self.inputs = inputs
        self.parameters = parameters
        self.noise = noise
        self.weights = weights
        self.inverse = inverse
        self.stride = stride
        scale = max(Self.scale(weights, values), least)
    }

    /// The process that has seen more: at each of some further inputs the value that it expects
    /// there. So its means stay as they are, and its deviations become smaller around those inputs.
    ///
    /// Source: Ginsbourger, Le Riche, Carraro 2010, "Kriging is well-suited to parallelize
    /// optimization" (the "Kriging believer").
    /// - Complexity: O(n³ + n² · dimension), with n of all points.
    package func expecting(_ further: Inputs) -> GaussianProcess {
        GaussianProcess(self, expecting: further)
    }

    private init(_ process: GaussianProcess, expecting further: Inputs) {
        inputs = Inputs(
            points: process.inputs.points + further.points,
            levels: process.inputs.levels + further.levels, isCategory: further.isCategory)
        parameters = process.parameters
        noise = process.noise
        (inverse, stride) = Self.invertedFactor(of: inputs, parameters, noise: noise)
        // What is left to explain at them is 0.
        let known = process.weights.prefix(process.inputs.count)
        weights = known + Array(repeating: 0, count: inverse.count / stride - known.count)
        scale = process.scale
    }

    /// yᵀC⁻¹y / n.
    private static func scale(_ weights: [Double], _ values: [Double]) -> Double {
        values.indices.reduce(0) { $0 + weights[$1] * values[$1] } / Double(values.count)
    }

    /// The inverse of the Cholesky factor of the points' covariance, as a share of `scale`, and its
    /// stride.
    private static func invertedFactor(
        of inputs: Inputs, _ parameters: (inverseSquares: [Double], positions: [Double]),
        noise: Double
    ) -> (inverse: [Double], stride: Int) {
        let (count, stride) = (inputs.count, Columns.stride(of: inputs.count))
        var matrix = kernel(of: inputs, parameters.inverseSquares, parameters.positions)
        for index in 0..<count { matrix[index * stride + index] += noise }
        let status = dm_cholesky(count, stride, &matrix)
        precondition(status == 0, "a kernel with noise is positive definite")
        var inverse = [Double](repeating: 0, count: (count + 3) / 4 * 4 * stride)
        dm_invert_factor(count, stride, matrix, &inverse)
        return (inverse, stride)
    }

    /// The kernel of every two points, [points][stride]; below the diagonal anything.
    private static func kernel(
        of inputs: Inputs, _ inverseSquares: [Double], _ positions: [Double]
    ) -> [Double] {
        // The position of the level is one more coordinate.
        let points = zip(inputs.points, inputs.levels).map { $0 + [positions[$1]] }
        let columns = Columns(points, dimension: inputs.isCategory.count + 1)
        let weights = inverseSquares + [1]
        let isCategory = inputs.isCategory.map { $0 ? UInt8(1) : 0 } + [0]
        var matrix = [Double](repeating: 0, count: inputs.count * columns.stride)
        var squares = [Double](repeating: 0, count: columns.stride)
        let lanes = Int(DM_LANES)
        for (index, point) in points.enumerated() {
            // What is left of the diagonal is not read.
            let first = index / lanes * lanes
            columns.values.withUnsafeBufferPointer { values in
                dm_squared_distances(
                    columns.dimension, columns.stride, columns.stride - first,
                    values.baseAddress! + first, point, weights, isCategory, &squares)
            }
            matrix.withUnsafeMutableBufferPointer {
                dm_matern(
                    columns.stride - first, squares, 0,
                    $0.baseAddress! + index * columns.stride + first, nil)
            }
        }
        return matrix
    }

    /// inverseᵀ · (inverse · values), with zeros up to the rows of `inverse`.
    private static func solve(_ inverse: [Double], _ values: [Double], stride: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: inverse.count / stride)
        for row in values.indices {
            var sum = 0.0
            for column in 0...row { sum += inverse[row * stride + column] * values[column] }
            for column in 0...row { weights[column] += inverse[row * stride + column] * sum }
        }
        return weights
    }

    /// Means and standard deviations of the function at some points.
    package struct Prediction: Sendable {
        /// Shape [levels][stride].
        package var means: [Double]
        /// Shape [levels][stride].
        package var deviations: [Double]
    }

    /// What the function is at each of `columns`, at each of some levels.
    ///
    /// - Parameter counts: for each level how many columns, from the first on, are asked about; all
    ///   where it is empty. What stands beyond means nothing.
    /// - Complexity: O(levels · columns · (n² + n · dimension)).
    package func predict(
        _ columns: Columns, at levels: Range<Int>, counts: [Int] = []
    ) -> Prediction {
        var means = [Double](repeating: 0, count: levels.count * columns.stride)
        var explained = means
        let widths: [Int] = levels.map { level in
            counts.isEmpty
                ? columns.stride : Columns.stride(of: counts[level - levels.lowerBound])
        }
        let points: [Double] = inputs.points.flatMap { $0 }
        let isCategory: [UInt8] = inputs.isCategory.map { $0 ? 1 : 0 }
        let gaps: [Double] = squaredGaps(at: levels)
        var scratch = [Double](repeating: 0, count: 2 * Int(DM_LANES) * weights.count)
        dm_predict(
            inputs.count, isCategory.count, points, parameters.inverseSquares, isCategory, stride,
            inverse, weights, columns.stride, columns.values, levels.count, gaps, widths, &scratch,
            &means, &explained)
        for index in explained.indices {
            explained[index] = (max(1 - explained[index], 1e-6) * scale).squareRoot()
        }
        return Prediction(means: means, deviations: explained)
    }

    /// The squared distance of each point's level to each of some levels, [levels][points].
    private func squaredGaps(at levels: Range<Int>) -> [Double] {
        let positions = parameters.positions
        return levels.flatMap { level -> [Double] in
            inputs.levels.map { own -> Double in
                let gap = positions[level] - positions[own]
                return gap * gap
            }
        }
    }

    /// The means alone that `predict` gives, [levels][stride].
    ///
    /// - Complexity: O(levels · columns · n + columns · n · dimension).
    package func means(_ columns: Columns, at levels: Range<Int>) -> [Double] {
        let squares = distances(to: columns)
        var kernel = [Double](repeating: 0, count: weights.count * columns.stride)
        let zeros = [Double](repeating: 0, count: columns.stride)
        var means = [Double](repeating: 0, count: levels.count * columns.stride)
        for level in levels {
            fill(&kernel, squares, of: columns, at: level, width: columns.stride)
            means.withUnsafeMutableBufferPointer { means in
                dm_weighted_rows(
                    weights.count, columns.stride, kernel, weights, zeros,
                    means.baseAddress! + (level - levels.lowerBound) * columns.stride)
            }
        }
        return means
    }

    /// The squared distances of every point to every column but for their levels, [points][stride].
    private func distances(to columns: Columns) -> [Double] {
        let isCategory = inputs.isCategory.map { $0 ? UInt8(1) : 0 }
        var squares = [Double](repeating: 0, count: inputs.count * columns.stride)
        squares.withUnsafeMutableBufferPointer { squares in
            for (index, point) in inputs.points.enumerated() {
                dm_squared_distances(
                    columns.dimension, columns.stride, columns.stride, columns.values, point,
                    parameters.inverseSquares, isCategory,
                    squares.baseAddress! + index * columns.stride)
            }
        }
        return squares
    }

    /// The kernel between every point and the first `width` columns at `level`, [points][width].
    private func fill(
        _ kernel: inout [Double], _ squares: [Double], of columns: Columns, at level: Int,
        width: Int
    ) {
        let (positions, stride) = (parameters.positions, columns.stride)
        kernel.withUnsafeMutableBufferPointer { kernel in
            squares.withUnsafeBufferPointer { squares in
                for (index, own) in inputs.levels.enumerated() {
                    let gap = positions[level] - positions[own]
                    dm_matern(
                        width, squares.baseAddress! + index * stride, gap * gap,
                        kernel.baseAddress! + index * width, nil)
                }
            }
        }
    }
}
