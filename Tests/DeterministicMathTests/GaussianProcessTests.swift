import DeterministicMath
import Foundation
import Testing

/// Points in the unit cube at some levels, the last coordinate a category, and smooth values.
struct Sample {
    let inputs: GaussianProcess.Inputs
    let values: [Double]
    let levels = 3

    init(count: Int, dimension: Int = 3) {
        let uniforms = Golden.uniforms(count * (dimension + 1), seed: 7)
        var points: [[Double]] = []
        var levels: [Int] = []
        for index in 0..<count {
            var point = Array(uniforms[index * (dimension + 1)..<(index + 1) * (dimension + 1)])
            levels.append(Int(point.removeLast() * 3))
            point[dimension - 1] = (point[dimension - 1] * 3).rounded(.down)
            points.append(point)
        }
        inputs = .init(
            points: points, levels: levels,
            isCategory: (0..<dimension).map { $0 == dimension - 1 })
        values = zip(points, levels).map { point, level in
            point[0] * point[0] - point[1] + 0.3 * point[dimension - 1] - 0.5 * Double(level)
        }
    }

    var prior: KernelPrior { KernelPrior(dimension: inputs.isCategory.count, levels: levels) }

    /// The kernel by its formula.
    func kernel(_ a: ([Double], Int), _ b: ([Double], Int), _ parameters: KernelParameters)
        -> Double
    {
        var square = pow(parameters.positions[a.1] - parameters.positions[b.1], 2)
        for k in inputs.isCategory.indices {
            let difference = a.0[k] - b.0[k]
            let length = exp(parameters.logarithms[k])
            let own = inputs.isCategory[k] ? (difference == 0 ? 0 : 1) : difference * difference
            square += own / (length * length)
        }
        let r = (5 * square).squareRoot()
        return (1 + r + r * r / 3) * exp(-r)
    }
}

@Suite struct GaussianProcessTests {
    /// Solves `matrix` · x = `right` by elimination.
    private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (a, b) = (matrix, right)
        for k in b.indices {
            for i in b.indices where i > k {
                let factor = a[i][k] / a[k][k]
                for j in b.indices { a[i][j] -= factor * a[k][j] }
                b[i] -= factor * b[k]
            }
        }
        for k in b.indices.reversed() {
            for j in b.indices where j > k { b[k] -= a[k][j] * b[j] }
            b[k] /= a[k][k]
        }
        return b
    }

    /// Around a mean it is the process of what is left, of which it is never too sure.
    @Test(arguments: [0.5, 1])
    func aroundAMeanPredictsWhatIsLeft(share: Double) {
        let sample = Sample(count: 20)
        let parameters = sample.prior.meanParameters
        let means = sample.values.map { share * $0 }
        let process = GaussianProcess(
            inputs: sample.inputs, values: sample.values, around: means, parameters: parameters)
        let plain = GaussianProcess(
            inputs: sample.inputs, values: sample.values, parameters: parameters)
        let left = GaussianProcess(
            inputs: sample.inputs, values: zip(sample.values, means).map { $0 - $1 },
            parameters: parameters)
        let columns = Columns(Sample(count: 9).inputs.points, dimension: 3)
        #expect(
            process.predict(columns, at: 0..<3).means == left.predict(columns, at: 0..<3).means)
        #expect(abs(process.scale / plain.scale - 0.25) < 1e-9)
    }

    @Test func meansAloneAreThoseOfPredictions() {
        let sample = Sample(count: 30)
        let process = GaussianProcess(
            inputs: sample.inputs, values: sample.values,
            parameters: sample.prior.meanParameters)
        let columns = Columns(Sample(count: 11).inputs.points, dimension: 3)
        #expect(process.means(columns, at: 1..<3) == process.predict(columns, at: 1..<3).means)
    }

    /// Seeing what it expects changes no mean, and makes it surer, as of any value.
    @Test(arguments: [1, 3, 8])
    func whatIsExpectedChangesNoMean(further count: Int) {
        let sample = Sample(count: 22)
        let parameters = sample.prior.meanParameters
        let process = GaussianProcess(
            inputs: sample.inputs, values: sample.values, parameters: parameters)
        let further = GaussianProcess.Inputs(
            points: (0..<count).map { [0.1 * Double($0), 0.5, Double($0 % 3)] },
            levels: (0..<count).map { $0 % 3 }, isCategory: sample.inputs.isCategory)
        let expecting = process.expecting(further)
        let columns = Columns(
            further.points + Sample(count: 9).inputs.points, dimension: 3)
        let (before, after) = (
            process.predict(columns, at: 0..<3), expecting.predict(columns, at: 0..<3)
        )
        #expect(after.means == before.means)
        for (place, level) in further.levels.enumerated() {
            let column = level * columns.stride + place
            #expect(after.deviations[column] < 0.6 * before.deviations[column])
        }
        let told = GaussianProcess(
            inputs: .init(
                points: sample.inputs.points + further.points,
                levels: sample.inputs.levels + further.levels,
                isCategory: further.isCategory),
            values: sample.values
                + further.levels.enumerated().map { before.means[$1 * columns.stride + $0] },
            parameters: parameters
        ).predict(columns, at: 0..<3)
        // Of more values the scale is another one: all deviations in proportion.
        let ratio = told.deviations[0] / after.deviations[0]
        for column in 0..<columns.count {
            #expect(abs(told.means[column] - after.means[column]) < 1e-9)
            #expect(abs(told.deviations[column] / after.deviations[column] / ratio - 1) < 1e-9)
        }
    }

    @Test(arguments: [1, 5, 30])
    func predictsAsTheFormulaSays(count: Int) {
        let sample = Sample(count: count)
        let parameters = sample.prior.meanParameters
        let known = Array(zip(sample.inputs.points, sample.inputs.levels))
        let matrix = known.indices.map { i in
            known.indices.map { j in
                sample.kernel(known[i], known[j], parameters)
                    + (i == j ? parameters.noise + 1e-8 : 0)
            }
        }
        let alpha = solve(matrix, sample.values)
        let scale = zip(alpha, sample.values).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
        let process = GaussianProcess(
            inputs: sample.inputs, values: sample.values, parameters: parameters)
        #expect(abs(process.scale - scale) < 1e-9)
        let asked = [[0.2, 0.9, 1.0], [0.5, 0.5, 2.0], sample.inputs.points[0]]
        let columns = Columns(asked, dimension: 3)
        let prediction = process.predict(columns, at: 1..<3)
        for (place, point) in asked.enumerated() {
            for level in 1..<3 {
                let k = known.map { sample.kernel($0, (point, level), parameters) }
                let mean = zip(k, alpha).reduce(0) { $0 + $1.0 * $1.1 }
                let variance = 1 - zip(k, solve(matrix, k)).reduce(0) { $0 + $1.0 * $1.1 }
                let index = (level - 1) * columns.stride + place
                #expect(abs(prediction.means[index] - mean) < 1e-9)
                let deviation = (max(variance, 1e-6) * scale).squareRoot()
                #expect(abs(prediction.deviations[index] - deviation) < 1e-7)
            }
        }
    }

    @Test func gradientIsThatOfTheValue() {
        let sample = Sample(count: 20)
        let likelihood = MarginalLikelihood(
            inputs: sample.inputs, values: sample.values, prior: sample.prior)
        let point = sample.prior.means.enumerated().map { $1 + 0.1 * Double($0) - 0.2 }
        let gradient = likelihood(point).gradient
        for index in point.indices {
            var (up, down) = (point, point)
            up[index] += 1e-5
            down[index] -= 1e-5
            let slope = (likelihood(up).value - likelihood(down).value) / 2e-5
            #expect(abs(slope - gradient[index]) < 1e-5 * max(1, abs(slope)), "\(index)")
        }
    }

    @Test func fitFindsMoreProbableParameters() {
        let sample = Sample(count: 40)
        let likelihood = MarginalLikelihood(
            inputs: sample.inputs, values: sample.values, prior: sample.prior)
        let fitted = sample.prior.mostProbable(sample.inputs, values: sample.values)
        let (before, after) = (
            likelihood(sample.prior.means), likelihood(fitted.logarithms)
        )
        #expect(after.value < before.value - 1)
        for (value, bounds) in zip(fitted.logarithms, sample.prior.bounds) {
            #expect(bounds.contains(value))
        }
    }

    @Test func repeatedPointsCanBeFactored() {
        let inputs = GaussianProcess.Inputs(
            points: Array(repeating: [0.5], count: 64), levels: Array(repeating: 0, count: 64),
            isCategory: [false])
        let parameters = KernelParameters(logarithms: [0, log(1e-4)], dimension: 1)
        let values = (0..<64).map { Double($0 % 2) }
        let process = GaussianProcess(inputs: inputs, values: values, parameters: parameters)
        let prediction = process.predict(Columns([[0.5]], dimension: 1), at: 0..<1)
        #expect(abs(prediction.means[0] - 0.5) < 1e-3)
    }

    @Test func worksWithoutCoordinates() {
        let inputs = GaussianProcess.Inputs(points: [[], []], levels: [0, 1], isCategory: [])
        let prior = KernelPrior(dimension: 0, levels: 2)
        let parameters = prior.mostProbable(inputs, values: [1, -1])
        let process = GaussianProcess(inputs: inputs, values: [1, -1], parameters: parameters)
        let prediction = process.predict(Columns([[]], dimension: 0), at: 0..<2)
        #expect(prediction.means[0] > prediction.means[8])
    }

    /// The bits themselves, the same on every processor.
    @Test func resultsAreGolden() {
        let sample = Sample(count: 50, dimension: 7)
        let fitted = sample.prior.mostProbable(sample.inputs, values: sample.values)
        #expect(Golden.hash(fitted.logarithms) == 18_143_901_908_374_727_754)
        let process = GaussianProcess(
            inputs: sample.inputs, values: sample.values, parameters: fitted)
        let asked = Columns(Sample(count: 21, dimension: 7).inputs.points, dimension: 7)
        let prediction = process.predict(asked, at: 0..<3)
        #expect(Golden.hash(prediction.means) == 311_955_117_310_390_093)
        #expect(Golden.hash(prediction.deviations) == 10_955_497_504_283_653_852)
    }
}
