import Foundation
import NN
import Testing

/// What `Tests/ReferenceValues/metrics.py` recorded. A null stands for NaN.
private struct RecordedMetrics: Decodable {
    struct Classification: Decodable, CustomTestStringConvertible {
        var name: String
        var classes: Int
        var truth: [Int32]
        var predicted: [Int32]
        var probabilities: [Float]
        var weights: [Float]?
        var expected: [String: Value]
        var testDescription: String { name }
    }

    struct Regression: Decodable, CustomTestStringConvertible {
        var name: String
        var outputs: Int
        var truth: [Float]
        var predicted: [Float]
        var weights: [Float]?
        var expected: [String: Value]
        var testDescription: String { name }
    }

    enum Value: Decodable {
        case number(Double)
        case matrix([[Double]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .number(.nan)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .matrix(try container.decode([[Double]].self))
            }
        }
    }

    var classification: [Classification]
    var regression: [Regression]

    static let all: RecordedMetrics = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceValues/metrics.json")
        do {
            return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
        } catch {
            fatalError("\(file.path()): \(error)")
        }
    }()
}

private func isClose(_ value: Double, _ expected: Double) -> Bool {
    value.isNaN == expected.isNaN
        && (value.isNaN || abs(value - expected) <= 1e-6 * max(1, abs(expected)))
}

/// Metrics are scikit-learn's, also where they are hardly defined.
@Suite struct MetricTests {
    @Test(arguments: RecordedMetrics.all.classification)
    fileprivate func ofClassesAreScikitLearns(_ reference: RecordedMetrics.Classification) throws {
        var predictions = ClassPredictions(
            labels: (0..<reference.classes).map { .integer($0) }, known: reference.classes)
        predictions.truth = reference.truth
        predictions.predicted = reference.predicted
        predictions.probabilities = reference.probabilities
        predictions.weights = reference.weights
        let defined = ClassificationMetric.allCases.filter {
            reference.classes == 2 || !$0.needsTwoClasses
        }
        #expect(Set(defined.map(\.rawValue)) == Set(reference.expected.keys))
        for metric in defined {
            switch (
                predictions.value(of: metric), try #require(reference.expected[metric.rawValue])
            )
            {
            case (.number(let value), .number(let expected)):
                #expect(isClose(value, expected), "\(metric): \(value), expected \(expected)")
            case (.matrix(let value), .matrix(let expected)): #expect(value == expected)
            default: Issue.record("\(metric) has another form")
            }
        }
    }

    @Test(arguments: RecordedMetrics.all.regression)
    fileprivate func ofNumbersAreScikitLearns(_ reference: RecordedMetrics.Regression) throws {
        var predictions = NumberPredictions(outputs: reference.outputs)
        predictions.truth = reference.truth
        predictions.predicted = reference.predicted
        predictions.weights = reference.weights
        for (name, expected) in reference.expected {
            let metric = try #require(RegressionMetric(rawValue: name))
            guard case .number(let expected) = expected else { continue }
            let value = predictions.value(of: metric)
            #expect(isClose(value, expected), "\(name): \(value), expected \(expected)")
        }
    }

    /// As scikit-learn's `brier_score_loss` with all three labels.
    @Test func theBrierScoreTakesAClassInThatTheNetworkDoesNotKnow() {
        var classes = ClassPredictions(labels: [0, 1, 2].map { .integer($0) }, known: 2)
        classes.truth = [0, 1, 2]
        classes.predicted = [0, 1, 1]
        classes.probabilities = [0.25, 0.75, 0.5]
        guard case .number(let value) = classes.value(of: .brier) else {
            Issue.record("a matrix")
            return
        }
        #expect(isClose(value, (0.125 + 0.125 + 1.5) / 3), "\(value)")
    }

    @Test func everyMetricOfOutputsThatAreNotFiniteIsNaN() {
        var classes = ClassPredictions(labels: [.integer(0), .integer(1)], known: 2)
        classes.truth = [0, 1]
        classes.predicted = [0, 1]
        classes.probabilities = [0.1, .nan]
        classes.areFinite = false
        for metric in ClassificationMetric.allCases {
            guard case .number(let value) = classes.value(of: metric) else {
                Issue.record("\(metric) is a matrix")
                continue
            }
            #expect(value.isNaN, "\(metric)")
        }
        var numbers = NumberPredictions(outputs: 1)
        numbers.truth = [1, 2]
        for bad in [Float.nan, .infinity, -.infinity] {
            numbers.predicted = [1, bad]
            for metric in RegressionMetric.allCases { #expect(numbers.value(of: metric).isNaN) }
        }
    }

    /// Rows of a class the network does not know count as wrong, and have a row of the confusion
    /// matrix, in the classes' order.
    @Test func unknownClassesCountAsWrong() throws {
        let train = try Dataset(
            features: [[0], [1], [2], [3]], labels: ["b", "b", "d", "d"].map { .string($0) })
        var options = MLPOptions()
        options.hiddenLayerSizes = []
        options.seed = 1
        let classifier = try MLPClassifier(options)
        try classifier.partialFit(train)
        try classifier.setWeights(
            NetworkWeights(coefs: [[[10]]], intercepts: [[-15]]), for: train)
        let test = try Dataset(
            features: [[0], [3], [0], [3]], labels: ["b", "d", "c", "a"].map { .string($0) })
        let values = try classifier.metrics(
            test, [.accuracy, .confusion, .recallMacro, .f1, .logLoss])
        #expect(values[0] == .number(0.5))
        #expect(
            values[1] == .matrix([[0, 0, 0, 1], [0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]))
        #expect(values[2] == .number(0.5))
        #expect(values[3] == .number(2.0 / 3))
        guard case .number(let loss) = values[4] else { return }
        let expected = try classifier.loss(test)
        #expect(abs(loss - expected) < 1e-6)
        #expect(try classifier.score(test) == 0.5)
        #expect(try classifier.score(test, sampleWeights: [3, 1, 0, 0]) == 1)
    }

    /// The metrics of a network agree with those of its own predictions.
    @Test(arguments: [2, 3, 20])
    func ofANetworkFollowFromItsPredictions(classes: Int) throws {
        let data = try Dataset(
            features: (0..<700).map { [Float($0 * 7 % 31), Float($0 * 5 % 17)] },
            labels: (0..<700).map { .integer($0 * 7 % 31 % classes) })
        var options = MLPOptions()
        options.seed = 3
        let classifier = try MLPClassifier(options)
        for _ in 0..<3 { try classifier.partialFit(data) }
        let values = try classifier.metrics(data, [.accuracy, .logLoss, .confusion])
        #expect(values[0] == .number(try classifier.score(data)))
        let predicted = try classifier.predict(data)
        let known = classifier.classes
        var confusion = [[Double]](
            repeating: [Double](repeating: 0, count: classes), count: classes)
        for row in 0..<data.rows {
            let truth = try #require(known.firstIndex(of: data.label(at: row)!))
            confusion[truth][try #require(known.firstIndex(of: predicted[row]))] += 1
        }
        #expect(values[2] == .matrix(confusion))
        guard case .number(let loss) = values[1] else { return }
        let mean = try classifier.loss(data)
        #expect(abs(loss - mean) < 1e-5)
    }
}

@Suite struct WeightTests {
    private let data = try! Dataset(
        features: (0..<90).map { [Float($0 % 9), Float($0 % 5)] },
        labels: (0..<90).map { .string($0 % 9 == 0 ? "rare" : $0 % 2 == 0 ? "even" : "odd") })

    private func classifier(_ change: (inout MLPOptions) -> Void = { _ in }) throws
        -> MLPClassifier
    {
        var options = MLPOptions()
        options.hiddenLayerSizes = [5]
        options.seed = 4
        change(&options)
        return try MLPClassifier(options)
    }

    /// rows / (classes · rows of the class): 90 / (3 · 10), 90 / (3 · 40).
    @Test(arguments: [Solver.adam, .sgd, .lbfgs])
    func balancedIsTheWeightByClass(solver: Solver) throws {
        let classes = (0..<90).map { data.label(at: $0)! }
        let weights = classes.map { $0 == .string("rare") ? 3.0 : 0.75 }
        let table = ClassWeight.table([
            .string("rare"): 3, .string("even"): 0.75, .string("odd"): 0.75,
        ])
        var results: [NetworkWeights] = []
        for (sample, byClass) in [
            (weights, nil), (nil, ClassWeight.balanced), (nil, table), (nil, nil),
        ] as [([Double]?, ClassWeight?)] {
            let network = try classifier {
                $0.solver = solver
                $0.maxIter = 5
            }
            try network.fit(data, sampleWeights: sample, classWeight: byClass)
            results.append(try #require(network.weights))
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
        #expect(results[0] != results[3])
        let option = try classifier {
            $0.solver = solver
            $0.maxIter = 5
            $0.classWeight = .balanced
        }
        try option.fit(data)
        #expect(option.weights == results[0])
    }

    /// A row of weight 2 is two rows, and one of weight 0 none.
    @Test func weightsAreRepetitions() throws {
        let weights = (0..<90).map { Double($0 % 3) }
        let rows = (0..<90).flatMap { [Int](repeating: $0, count: $0 % 3) }
        let repeated = try data.subset(rows: rows)
        let network = try classifier()
        try network.partialFit(data)
        let weighted = try network.lossAndGradient(data, sampleWeights: weights)
        let plain = try network.lossAndGradient(repeated)
        #expect(abs(weighted.loss - plain.loss) < 1e-6)
        for (a, b) in zip(weighted.gradient.flat, plain.gradient.flat) {
            #expect(abs(a - b) < 1e-5)
        }
        #expect(
            abs(try network.loss(data, sampleWeights: weights) - network.loss(repeated)) < 1e-6)
        #expect(
            abs(try network.score(data, sampleWeights: weights) - network.score(repeated)) < 1e-9)
    }

    /// Weights follow their rows into batches in random order and into validation rows.
    @Test func rowsWithoutWeightTeachNothing() throws {
        var weights = [Double](repeating: 1, count: 90)
        for row in 0..<90 where data.label(at: row) == .string("rare") { weights[row] = 0 }
        for change in [
            { (_: inout MLPOptions) in }, { $0.earlyStopping = true }, { $0.batchSize = 1 },
        ] as [(inout MLPOptions) -> Void] {
            let network = try classifier {
                $0.maxIter = 60
                $0.learningRateInit = 0.02
                change(&$0)
            }
            try network.fit(data, sampleWeights: weights)
            let predicted = try network.predict(data)
            #expect(!predicted.contains(.string("rare")))
        }
    }

    @Test func unsuitableWeightsAreRefused() throws {
        let network = try classifier()
        expectError("sample_weight: expected 90 numbers, one for each row, got 2") {
            try network.fit(data, sampleWeights: [1, 2])
        }
        for (bad, text) in [(-1.0, "-1.0"), (.nan, "nan"), (.infinity, "inf")] {
            expectError(
                "sample_weight: expected finite numbers of at least 0, got \(text) for row 2"
            ) {
                try network.fit(data, sampleWeights: [1, bad] + [Double](repeating: 1, count: 88))
            }
        }
        expectError("sample_weight: expected at least one number above 0, got none") {
            try network.fit(data, sampleWeights: [Double](repeating: 0, count: 90))
        }
        expectError("class_weight: expected classes of the data set, even, odd, rare, got raer") {
            try network.fit(data, classWeight: .table([.string("raer"): 2]))
        }
    }
}

@Suite struct FoldTests {
    private func data(_ labels: [Int]) throws -> Dataset {
        try Dataset(
            features: labels.indices.map { [Float($0)] }, labels: labels.map { .integer($0) })
    }

    private func rows(_ data: Dataset) -> [Int] {
        (0..<data.rows).map { Int(data.features(at: $0)[0]) }
    }

    @Test(arguments: [(10, 3), (10, 10), (7, 2), (100, 7)], [false, true])
    func everyRowIsTestedOnce(_ sizes: (rows: Int, count: Int), stratify: Bool) throws {
        let all = try data((0..<sizes.rows).map { _ in 0 })
        let folds = try all.folds(sizes.count, seed: 5, stratify: stratify)
        #expect(folds.count == sizes.count)
        #expect(folds.flatMap { rows($0.test) }.sorted() == Array(0..<sizes.rows))
        for fold in folds {
            #expect((rows(fold.train) + rows(fold.test)).sorted() == Array(0..<sizes.rows))
            #expect(rows(fold.test) == rows(fold.test).sorted())
            let share = Double(sizes.rows) / Double(sizes.count)
            #expect(abs(Double(fold.test.rows) - share) < 1)
        }
        let again = try all.folds(sizes.count, seed: 5, stratify: stratify)
        #expect(again.map { rows($0.test) } == folds.map { rows($0.test) })
    }

    @Test func stratifiedFoldsHaveEveryClassEvenly() throws {
        let labels = (0..<103).map { $0 % 10 == 0 ? 2 : $0 % 3 == 0 ? 1 : 0 }
        let all = try data(labels)
        for fold in try all.folds(4, seed: 1, stratify: true) {
            for label in 0..<3 {
                let share = Double(labels.count { $0 == label }) / 4
                let count = rows(fold.test).count { labels[$0] == label }
                #expect(abs(Double(count) - share) < 1)
            }
        }
    }

    @Test func impossibleFoldsAreRefused() throws {
        let all = try data([0, 0, 1])
        for count in [Int.min, -1, 0, 1, 4, .max] {
            expectError("k: expected an integer from 2 to the 3 rows, got \(count)") {
                try all.folds(count, seed: 0)
            }
        }
        expectError("k: expected at most 2, the rows of the largest class, got 3") {
            try all.folds(3, seed: 0, stratify: true)
        }
    }

    @Test func rowsByPosition() throws {
        let all = try data([5, 6, 7, 8])
        #expect(rows(try all.subset(rows: [3, 0, 0])) == [3, 0, 0])
        #expect(rows(try all.subset(1..<4).subset(rows: [2, 0])) == [3, 1])
        #expect(try all.subset(rows: [3]).label(at: 0) == .integer(8))
        expectError("subset[2]: expected a row from 1 to 4, got 5") {
            try all.subset(rows: [0, 4])
        }
        expectError("subset: expected at least one row, got none") { try all.subset(rows: []) }
    }

    @Test func concatenation() throws {
        let a = try data([5, 6, 7])
        let b = try Dataset(features: [[9]], labels: [.integer(1)])
        let both = try Dataset.concatenated([a, b])
        #expect(rows(both) == [0, 1, 2, 9])
        #expect(both.classes == [1, 5, 6, 7].map { .integer($0) })
        #expect((0..<4).map { both.label(at: $0) } == [5, 6, 7, 1].map { .integer($0) })
        let parts = try Dataset.concatenated([a.subset(2..<3), a.subset(0..<2)])
        #expect(rows(parts) == [2, 0, 1])
        #expect(parts.id != a.id)
        let numbers = try Dataset(features: [1, 2], columns: 1, values: [3, 4])
        #expect(try Dataset.concatenated([numbers, numbers]).values(at: 3) == [4])
        expectError(
            "concat: data set 2: expected classes, as the first has, got 1 numbers to predict"
        ) {
            try Dataset.concatenated([a, numbers])
        }
        let wide = try Dataset(features: [[1, 2]], labels: [.integer(1)])
        expectError("concat: data set 3: expected 1 features, as the first has, got 2") {
            try Dataset.concatenated([a, b, wide])
        }
        let texts = try Dataset(features: [[1]], labels: [.string("5")])
        expectError(
            "concat: data set 2: expected labels that are numbers, as the first has, got texts"
        ) {
            try Dataset.concatenated([a, texts])
        }
        let mixed = try Dataset(features: [[1], [2]], labels: [.string("x"), .real(0.5)])
        #expect(try Dataset.concatenated([mixed, a, mixed]).classes.count == 5)
    }
}
