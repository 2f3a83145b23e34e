import NN
import Testing

/// From the same weights, in the same order, training goes the way scikit-learn's goes.
@Suite struct ReferenceTests {
    static let cases = ReferenceValues.recorded.cases

    @Test(arguments: cases.filter { !$0.fit && $0.dataset != "diabetes" })
    func classifierTrainsAsScikitLearn(_ reference: ReferenceValues.Case) throws {
        let data = try ReferenceValues.recorded.dataset(reference.dataset)
        let classifier = try MLPClassifier(MLPOptions(reference.options))
        try classifier.setWeights(reference.initial, for: data)
        for order in reference.orders! {
            try classifier.partialFit(data, order: order, sampleWeights: reference.weights)
        }
        expectClose(classifier.lossCurve, reference.losses)
        expectClose(try #require(classifier.weights), try #require(reference.final))
        #expect(
            abs(
                try classifier.score(data, sampleWeights: reference.weights)
                    - reference.score) <= 3 / Double(data.rows))
    }

    @Test(arguments: cases.filter { !$0.fit && $0.dataset == "diabetes" })
    func regressorTrainsAsScikitLearn(_ reference: ReferenceValues.Case) throws {
        let data = try ReferenceValues.recorded.dataset(reference.dataset)
        let regressor = try MLPRegressor(MLPOptions(reference.options))
        try regressor.setWeights(reference.initial, for: data)
        for order in reference.orders! {
            try regressor.partialFit(data, order: order, sampleWeights: reference.weights)
        }
        expectClose(regressor.lossCurve, reference.losses)
        expectClose(try #require(regressor.weights), try #require(reference.final))
        #expect(
            abs(
                try regressor.score(data, sampleWeights: reference.weights) - reference.score)
                < 1e-3)
    }

    /// Five iterations over all rows, from the same weights to the same loss.
    @Test(arguments: cases.filter { $0.options.solver == "lbfgs" })
    func quasiNewtonStepsAreThoseOfSciPy(_ reference: ReferenceValues.Case) throws {
        let data = try ReferenceValues.recorded.dataset(reference.dataset)
        let options = MLPOptions(reference.options)
        let losses: [Double]
        if data.outputs > 0 {
            let regressor = try MLPRegressor(options)
            try regressor.setWeights(reference.initial, for: data)
            try regressor.continueFitting(data, sampleWeights: reference.weights)
            losses = regressor.lossCurve
        } else {
            let classifier = try MLPClassifier(options)
            try classifier.setWeights(reference.initial, for: data)
            try classifier.continueFitting(data, sampleWeights: reference.weights)
            losses = classifier.lossCurve
        }
        #expect(losses.count == 5)
        expectClose(losses.suffix(1), reference.losses)
    }

    @Test(arguments: cases.filter { $0.fit && $0.options.solver != "lbfgs" })
    func fitStopsByTheSameRule(_ reference: ReferenceValues.Case) throws {
        let data = try ReferenceValues.recorded.dataset(reference.dataset)
        let classifier = try MLPClassifier(MLPOptions(reference.options))
        try classifier.setWeights(reference.initial, for: data)
        try classifier.continueFitting(data)
        #expect(classifier.lossCurve.count == reference.losses.count)
        expectClose(classifier.lossCurve, reference.losses, relative: 1e-3)
    }

    private func expectClose(
        _ values: [Double], _ expected: [Double], relative: Double = 1e-4,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.count == expected.count, sourceLocation: sourceLocation)
        for (epoch, (value, wanted)) in zip(values, expected).enumerated() {
            #expect(
                abs(value - wanted) <= relative * abs(wanted), "epoch \(epoch + 1)",
                sourceLocation: sourceLocation)
        }
    }

    private func expectClose(
        _ weights: NetworkWeights, _ expected: NetworkWeights,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let pairs = zip(weights.flat, expected.flat)
        let worst = pairs.map { abs($0 - $1) }.max() ?? .infinity
        #expect(weights.flat.count == expected.flat.count, sourceLocation: sourceLocation)
        #expect(worst < 1e-3, sourceLocation: sourceLocation)
    }
}
