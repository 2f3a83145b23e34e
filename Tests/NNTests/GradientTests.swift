import NN
import Testing

/// The gradient that back-propagation computes is the slope of the loss.
@Suite struct GradientTests {
    /// Central differences in single precision; the penalty is large enough to be seen.
    @Test(arguments: Activation.allCases, [[], [5], [18, 3]])
    func gradientOfManyClassesIsTheSlope(_ activation: Activation, _ hidden: [Int]) throws {
        let data = try Dataset(
            features: points, labels: (0..<points.count).map { .integer($0 % 4) })
        let classifier = try MLPClassifier(options(activation, hidden))
        let (_, gradient) = try classifier.lossAndGradient(data)
        try expectSlope(gradient, of: try #require(classifier.weights)) { weights in
            try classifier.setWeights(weights, for: data)
            return try classifier.lossAndGradient(data).loss
        }
    }

    @Test(arguments: Activation.allCases)
    func gradientOfTwoClassesIsTheSlope(_ activation: Activation) throws {
        let data = try Dataset(
            features: points, labels: (0..<points.count).map { .boolean($0 % 3 == 0) })
        let classifier = try MLPClassifier(options(activation, [6]))
        let (_, gradient) = try classifier.lossAndGradient(data)
        try expectSlope(gradient, of: try #require(classifier.weights)) { weights in
            try classifier.setWeights(weights, for: data)
            return try classifier.lossAndGradient(data).loss
        }
    }

    @Test(arguments: Activation.allCases)
    func gradientOfRegressionIsTheSlope(_ activation: Activation) throws {
        let data = try Dataset(
            features: points.flatMap(\.self), columns: 3,
            values: points.map { $0[0] - 2 * $0[1] * $0[2] })
        let regressor = try MLPRegressor(options(activation, [7, 4]))
        let (_, gradient) = try regressor.lossAndGradient(data)
        try expectSlope(gradient, of: try #require(regressor.weights)) { weights in
            try regressor.setWeights(weights, for: data)
            return try regressor.lossAndGradient(data).loss
        }
    }

    /// Twelve points without symmetry, so that no unit sits on the kink of its function.
    private let points: [[Float]] = (0..<12).map { row in
        (0..<3).map { column in
            let step: Int = (row * 7 + column * 5 + row * column) % 11
            return Float(step) / 5 - 1.03
        }
    }

    private func options(_ activation: Activation, _ hidden: [Int]) -> MLPOptions {
        var options = MLPOptions()
        options.activation = activation
        options.hiddenLayerSizes = hidden
        options.alpha = 0.5
        options.seed = 3
        return options
    }

    private func expectSlope(
        _ gradient: NetworkWeights, of weights: NetworkWeights,
        _ loss: (NetworkWeights) throws -> Double
    ) throws {
        let step: Float = 2e-3
        for layer in weights.coefs.indices {
            for row in weights.coefs[layer].indices {
                for column in weights.coefs[layer][row].indices {
                    var up = weights
                    var down = weights
                    up.coefs[layer][row][column] += step
                    down.coefs[layer][row][column] -= step
                    let slope = (try loss(up) - loss(down)) / Double(2 * step)
                    #expect(abs(slope - Double(gradient.coefs[layer][row][column])) < 3e-3)
                }
            }
            for column in weights.intercepts[layer].indices {
                var up = weights
                var down = weights
                up.intercepts[layer][column] += step
                down.intercepts[layer][column] -= step
                let slope = (try loss(up) - loss(down)) / Double(2 * step)
                #expect(abs(slope - Double(gradient.intercepts[layer][column])) < 3e-3)
            }
        }
    }
}
