import Foundation
import NN
import Testing

@Suite struct ClassifierTests {
    /// Three clouds of points that lie well apart.
    private let clouds: Dataset

    init() throws {
        clouds = try Self.clouds(labels: [.string("a"), .string("b"), .string("c")], rows: 300)
    }

    private static func clouds(labels: [ClassLabel], rows: Int) throws -> Dataset {
        let features = (0..<rows).flatMap { row -> [Float] in
            let wobble = Float((row * 37) % 23) / 23 - 0.5
            let cloud = Float(row % labels.count)
            return [cloud * 2 + wobble, 1 - cloud + wobble / 2]
        }
        return try Dataset(
            features: features, columns: 2,
            labels: (0..<rows).map { labels[$0 % labels.count] })
    }

    private func options(_ change: (inout MLPOptions) -> Void = { _ in }) -> MLPOptions {
        var options = MLPOptions()
        options.hiddenLayerSizes = [16]
        options.learningRateInit = 0.02
        options.seed = 1
        change(&options)
        return options
    }

    @Test func learnsWhatCanBeLearnt() throws {
        let classifier = try MLPClassifier(options())
        try classifier.fit(clouds)
        #expect(try classifier.score(clouds) == 1)
        #expect(
            try classifier.predict(clouds.subset(0..<4)).map(\.description) == ["a", "b", "c", "a"])
        #expect(try classifier.loss(clouds) < 0.1)
        #expect(classifier.parameterCount == 2 * 16 + 16 + 16 * 3 + 3)
        #expect(classifier.shape?.description == "2-16-3 relu softmax")
    }

    @Test(arguments: [2, 3]) func probabilitiesSumToOneAndAgreeWithPredictions(
        _ count: Int
    ) throws {
        let labels = (0..<count).map { ClassLabel.integer($0) }
        let data = try Self.clouds(labels: labels, rows: 60)
        let classifier = try MLPClassifier(options())
        for _ in 0..<3 { try classifier.partialFit(data) }
        let probabilities = try classifier.predictProbabilities(data)
        let predictions = try classifier.predict(data)
        for (row, prediction) in zip(probabilities, predictions) {
            #expect(row.count == count)
            #expect(abs(row.reduce(0, +) - 1) < 1e-5)
            #expect(prediction == labels[row.firstIndex(of: row.max()!)!])
        }
        let right = predictions.indices.count { predictions[$0] == data.label(at: $0) }
        #expect(try classifier.score(data) == Double(right) / 60)
    }

    /// The mean of −ln p of the true class, from the probabilities themselves.
    @Test func lossIsTheMeanSurprise() throws {
        let classifier = try MLPClassifier(options())
        try classifier.partialFit(clouds)
        let probabilities = try classifier.predictProbabilities(clouds)
        var sum = 0.0
        for (row, probability) in probabilities.enumerated() {
            let label = try #require(clouds.label(at: row))
            sum += log(Double(probability[try #require(classifier.classes.firstIndex(of: label))]))
        }
        #expect(abs(try classifier.loss(clouds) + sum / 300) < 1e-5)
    }

    @Test func theSameSeedGivesTheSameBitsOnAnyThread() async throws {
        let run: @Sendable () throws -> (NetworkWeights?, [Double]) = { [clouds, options] in
            let classifier = try MLPClassifier(options { _ in })
            for _ in 0..<3 { try classifier.partialFit(clouds) }
            return (classifier.weights, classifier.lossCurve)
        }
        let here = try run()
        let there = try await Task.detached { try run() }.value
        #expect(here.0 == there.0)
        #expect(here.1 == there.1)
        let other = try MLPClassifier(options { $0.seed = 2 })
        try other.partialFit(clouds)
        #expect(other.lossCurve[0] != here.1[0])
    }

    @Test func aViewTrainsAsTheSameRowsOfTheirOwn() throws {
        let part = try clouds.subset(30..<130)
        let copy = try Dataset(
            features: (30..<130).map { clouds.features(at: $0) },
            labels: (30..<130).map { clouds.label(at: $0)! })
        let classifiers = try [part, copy].map { data in
            let classifier = try MLPClassifier(options())
            try classifier.partialFit(data)
            return classifier
        }
        #expect(classifiers[0].weights == classifiers[1].weights)
        #expect(classifiers[0].weights != nil)
    }

    @Test func aTestSetMayLackClassesOrHaveOthers() throws {
        let classifier = try MLPClassifier(options())
        try classifier.fit(clouds)
        let features = (0..<3).map { clouds.features(at: $0) }
        let lacking = try Dataset(features: [features[1]], labels: [.string("b")])
        #expect(try classifier.score(lacking) == 1)
        let other = try Dataset(
            features: features, labels: [.string("a"), .string("b"), .string("z")])
        #expect(try classifier.score(other) == 2.0 / 3)
        let numbers = try Dataset(features: features, labels: [1, 2, 3].map { .integer($0) })
        expectError(
            "the data set has classes the network was not trained on: 1, 2, 3; it knows a, b, c"
        ) { try classifier.score(numbers) }
        expectError(
            "the data set has classes the network was not trained on: z; it knows a, b, c"
        ) { try classifier.partialFit(other) }
    }

    @Test func earlyStoppingKeepsTheBestWeights() throws {
        let classifier = try MLPClassifier(
            options {
                $0.earlyStopping = true
                $0.nIterNoChange = 3
            })
        try classifier.fit(clouds)
        #expect(classifier.lossCurve.count < 200)
        #expect(try classifier.score(clouds) > 0.9)
        expectError("partial_fit does not go with early_stopping = true") {
            try classifier.partialFit(clouds)
        }
        expectError(
            "validation_fraction: expected a share that leaves rows to train on and at least two "
                + "to validate, got 0.1 of 6 rows"
        ) { try classifier.fit(clouds.subset(0..<6)) }
    }

    @Test func quasiNewtonLearnsInFewIterations() throws {
        let classifier = try MLPClassifier(
            options {
                $0.solver = .lbfgs
                $0.maxIter = 30
            })
        try classifier.fit(clouds)
        #expect(try classifier.score(clouds) == 1)
        #expect(classifier.lossCurve.count <= 30)
        #expect(zip(classifier.lossCurve, classifier.lossCurve.dropFirst()).allSatisfy { $0 >= $1 })
        expectError("partial_fit does not go with solver = \"lbfgs\"") {
            try classifier.partialFit(clouds)
        }
    }

    @Test func fitStartsAfresh() throws {
        let classifier = try MLPClassifier(options { $0.maxIter = 4 })
        try classifier.fit(clouds)
        let first = classifier.weights
        try classifier.fit(clouds)
        #expect(classifier.weights == first)
        #expect(classifier.lossCurve.count == 4)
    }

    @Test func cancellationEndsAnOperationAndLeavesTheNetworkUsable() throws {
        let classifier = try MLPClassifier(options())
        try classifier.partialFit(clouds)
        let token = CancellationToken()
        token.cancel()
        #expect(throws: CancellationError.self) {
            try classifier.partialFit(clouds, cancellation: token)
        }
        #expect(throws: CancellationError.self) { try classifier.fit(clouds, cancellation: token) }
        #expect(throws: CancellationError.self) {
            try classifier.score(clouds, cancellation: token)
        }
        #expect(throws: CancellationError.self) {
            try classifier.timePredict(clouds, cancellation: token)
        }
        try classifier.partialFit(clouds)
        #expect(try classifier.score(clouds) >= 0)
    }

    @Test func aLossThatIsNotANumberStopsNothing() throws {
        let classifier = try MLPClassifier(
            options {
                $0.solver = .sgd
                $0.activation = .identity
                $0.learningRateInit = 1e30
            })
        for _ in 0..<5 { try classifier.partialFit(clouds) }
        #expect(classifier.lossCurve.count == 5)
        #expect(classifier.lossCurve[4].isNaN)
        #expect(try classifier.loss(clouds).isNaN)
        #expect(try classifier.score(clouds).isNaN)
    }

    /// Whatever the most likely class would be.
    @Test(
        arguments: [Float.nan, .infinity, -.infinity, .signalingNaN],
        [["a", "b", "c"], ["a", "b"]])
    func metricsOfOutputsThatAreNotFiniteAreNaN(value: Float, classes: [String]) throws {
        let data = try Dataset(
            features: (0..<600).map { [Float($0 % 7) - 3, Float($0 % 5) - 2] },
            labels: (0..<600).map { .string(classes[$0 % classes.count]) })
        let classifier = try MLPClassifier(options())
        try classifier.partialFit(data)
        #expect(try classifier.score(data).isFinite)
        let sound = try #require(classifier.weights)
        for layer in sound.intercepts.indices {
            var broken = sound
            broken.intercepts[layer][broken.intercepts[layer].count - 1] = value
            try classifier.setWeights(broken, for: data)
            // A unit that is always off gives nothing on.
            guard layer == sound.intercepts.count - 1 || !(value < 0) else { continue }
            #expect(try classifier.score(data).isNaN, "layer \(layer)")
            #expect(try classifier.loss(data).isNaN, "layer \(layer)")
        }
        try classifier.setWeights(sound, for: data)
        #expect(try classifier.score(data).isFinite)
        #expect(try classifier.loss(data).isFinite)
    }

    /// One row is enough: the others' figures would hide it.
    @Test func oneRowWithoutAFiniteOutputMakesTheMetricsNaN() throws {
        var rows = [[Float]](repeating: [1, 1], count: 1000)
        rows[999] = [.greatestFiniteMagnitude, 1]
        let data = try Dataset(
            features: rows, labels: (0..<1000).map { .integer($0 % 3) })
        let classifier = try MLPClassifier(
            options {
                $0.activation = .identity
                $0.hiddenLayerSizes = []
            })
        let train = try data.subset(0..<999)
        try classifier.partialFit(train)
        let weights = NetworkWeights(
            coefs: [[[2, 0, 0], [0, 0, 0]]], intercepts: [[0, 0, 0]])
        try classifier.setWeights(weights, for: train)
        #expect(try classifier.score(train).isFinite)
        #expect(try classifier.loss(train).isFinite)
        #expect(try classifier.score(data).isNaN)
        #expect(try classifier.loss(data).isNaN)
    }

    @Test func usingItBeforeTrainingIsRefused() throws {
        let classifier = try MLPClassifier(options())
        let text = "the network has not been trained yet, call fit or partial_fit first"
        expectError("predict: \(text)") { try classifier.predict(clouds) }
        expectError("predict_proba: \(text)") { try classifier.predictProbabilities(clouds) }
        expectError("score: \(text)") { try classifier.score(clouds) }
        expectError("loss: \(text)") { try classifier.loss(clouds) }
        expectError("time_predict: \(text)") { try classifier.timePredict(clouds) }
        #expect(classifier.parameterCount == nil)
        #expect(classifier.lossCurve.isEmpty)
    }

    @Test func dataThatDoesNotFitIsRefused() throws {
        let classifier = try MLPClassifier(options())
        try classifier.partialFit(clouds)
        let wide = try Dataset(features: [[1, 2, 3]], labels: [.string("a")])
        let text = "the network was trained on 2 features, the data set has 3"
        expectError(text) { try classifier.predict(wide) }
        expectError(text) { try classifier.score(wide) }
        expectError(text) { try classifier.partialFit(wide) }
        let numbers = try Dataset(features: [1, 2], columns: 2, values: [3])
        expectError("expected a data set with classes, got one with numbers to predict") {
            try classifier.score(numbers)
        }
        let fresh = try MLPClassifier(options())
        expectError("expected at least two classes, got only a") { try fresh.partialFit(wide) }
        let large = try MLPClassifier(options { $0.batchSize = 301 })
        expectError("batch_size: expected at most the 300 rows of the data set, got 301") {
            try large.partialFit(clouds)
        }
    }

    /// Sizes that no machine has, up to those that no integer holds.
    @Test(arguments: [
        [1_000_000_000], [1_000_000_000, 1_000_000_000], [Int.max], [Int.max - 20], [1 << 31],
        [1 << 20, 1 << 20, 1 << 20],
    ])
    func networksLargerThanTheMachineAreRefused(_ sizes: [Int]) throws {
        let classifier = try MLPClassifier(options { $0.hiddenLayerSizes = sizes })
        let error = #expect(throws: OutOfMemory.self) { try classifier.partialFit(clouds) }
        let text = try #require(error).description
        #expect(text.hasPrefix("not enough memory for a network of 2-\(sizes[0])"))
    }

    @Test func predictionTimeIsPositiveAndScalesWithTheRows() throws {
        let classifier = try MLPClassifier(options())
        try classifier.partialFit(clouds)
        #expect(try classifier.timePredict(clouds) > 0)
    }

    @Test func rowsStayInOrderWithoutShuffle() throws {
        let orders: [[Int]?] = [nil, Array(0..<300)]
        let weights = try orders.map { order in
            let classifier = try MLPClassifier(options { $0.shuffle = false })
            try classifier.partialFit(clouds, order: order)
            return classifier.weights
        }
        #expect(weights[0] == weights[1])
    }
}
