import NN
import Testing

@Suite struct RegressorTests {
    private let line: Dataset
    private var options = MLPOptions()

    init() throws {
        let xs = (0..<200).map { Float($0) / 100 - 1 }
        line = try Dataset(
            features: xs, columns: 1, values: xs.flatMap { [2 * $0 + 0.5, -$0] }, outputs: 2)
        options.hiddenLayerSizes = [20]
        options.learningRateInit = 0.01
        options.seed = 4
    }

    @Test func learnsALine() throws {
        var options = options
        options.batchSize = 20
        let regressor = try MLPRegressor(options)
        try regressor.fit(line)
        #expect(try regressor.score(line) > 0.99)
        let predicted = try regressor.predict(line.subset(100..<101))
        #expect(abs(predicted[0][0] - 0.5) < 0.1)
        #expect(abs(predicted[0][1]) < 0.1)
        #expect(regressor.shape?.description == "1-20-2 relu identity")
        #expect(try regressor.timePredict(line) > 0)
    }

    /// Predictions (1, 2, 3) of truths (1, 2, 5): mean 8/3, R² = 1 − 4 / (26/3), loss = 4/3/2.
    @Test func scoreAndLossByHand() throws {
        var options = options
        options.hiddenLayerSizes = []
        let data = try Dataset(features: [1, 2, 3], columns: 1, values: [1, 2, 5])
        let regressor = try MLPRegressor(options)
        try regressor.setWeights(NetworkWeights(coefs: [[[1]]], intercepts: [[0]]), for: data)
        #expect(try regressor.predict(data) == [[1], [2], [3]])
        #expect(abs(try regressor.score(data) - (1 - 4 / (26.0 / 3))) < 1e-12)
        #expect(abs(try regressor.loss(data) - 2.0 / 3) < 1e-12)
        let constant = try Dataset(features: [2, 2], columns: 1, values: [2, 2])
        #expect(try regressor.score(constant) == 1)
    }

    @Test func dataThatDoesNotFitIsRefused() throws {
        let regressor = try MLPRegressor(options)
        let classes = try Dataset(features: [[1], [2]], labels: [.integer(0), .integer(1)])
        expectError(
            "expected a data set with numbers to predict (regression = true), got one with classes"
        ) {
            try regressor.fit(classes)
        }
        try regressor.partialFit(line)
        let other = try Dataset(features: [1], columns: 1, values: [1])
        expectError("expected 2 numbers to predict for each row, got 1") {
            try regressor.score(other)
        }
    }
}
