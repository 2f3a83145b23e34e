import Foundation
import NN
import Testing

/// The fast paths compute what the definition says, whatever the widths and however the rows are
/// stored.
@Suite struct KernelTests {
    /// How the features of a data set are kept.
    enum Storage: CaseIterable {
        case denseFloats
        case sparseFloats
        case denseBytes
        case sparseBytes
    }

    /// Widths around whole vectors, and past the longest sum of the thin kernels.
    static let shapes: [[Int]] = [
        [], [1], [16, 17], [33], [49, 2], [70], [600, 20], [5, 520, 3],
    ]

    @Test(arguments: Storage.allCases, shapes)
    func probabilitiesAreTheDefinitions(_ storage: Storage, _ hidden: [Int]) throws {
        for classes in [2, 3, 16, 17, 40] {
            let data = try Self.data(storage, classes: classes)
            let classifier = try MLPClassifier(Self.options(hidden, .tanh))
            try classifier.partialFit(data)
            let weights = try #require(classifier.weights)
            let probabilities = try classifier.predictProbabilities(data)
            var worst = 0.0
            for row in 0..<data.rows {
                let expected = definition(weights, data.features(at: row))
                for (p, q) in zip(probabilities[row], expected) {
                    worst = max(worst, abs(Double(p) - q))
                }
            }
            #expect(worst < 2e-5, "\(classes) classes")
        }
    }

    /// Along its own direction the loss climbs as steeply as the gradient is long.
    @Test(arguments: Storage.allCases, shapes)
    func theGradientIsAsLongAsTheSlope(_ storage: Storage, _ hidden: [Int]) throws {
        let data = try Self.data(storage, classes: 17)
        let classifier = try MLPClassifier(Self.options(hidden, .logistic))
        let (_, gradient) = try classifier.lossAndGradient(data)
        let start = try #require(classifier.weights)
        let length = gradient.flat.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let step = 0.02
        let losses = try [step, -step].map { step in
            try classifier.setWeights(
                moved(start, by: Float(step / length), along: gradient), for: data)
            return try classifier.lossAndGradient(data).loss
        }
        let slope = (losses[0] - losses[1]) / (2 * step)
        #expect(abs(slope - length) < 2e-3 * length)
    }

    private static func options(_ hidden: [Int], _ activation: Activation) -> MLPOptions {
        var options = MLPOptions()
        options.hiddenLayerSizes = hidden
        options.activation = activation
        options.seed = 5
        return options
    }

    /// 307 rows, so that neither batches nor chunks come out even.
    private static func data(_ storage: Storage, classes: Int) throws -> Dataset {
        let rows = 307
        let columns = 37
        let isSparse = storage == .sparseBytes || storage == .sparseFloats
        let pixels = (0..<rows * columns).map { index -> UInt8 in
            let value = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 7)
            return isSparse && value < 180 ? 0 : max(value, isSparse ? 0 : 1)
        }
        let labels = (0..<rows).map { UInt8($0 % classes) }
        if storage == .denseFloats || storage == .sparseFloats {
            return try Dataset(
                features: pixels.map { Float($0) / 255 }, columns: columns,
                labels: labels.map { .integer(Int($0)) })
        }
        func file(_ header: [UInt8], _ body: [UInt8]) throws -> URL {
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try Data(header + body).write(to: file)
            return file
        }
        let count: [UInt8] = [0, 0, UInt8(rows >> 8), UInt8(rows & 255)]
        let images = try file([0, 0, 8, 2] + count + [0, 0, 0, UInt8(columns)], pixels)
        let numbers = try file([0, 0, 8, 1] + count, labels)
        defer {
            try? FileManager.default.removeItem(at: images)
            try? FileManager.default.removeItem(at: numbers)
        }
        return try Dataset(idxImages: images.path(), labels: numbers.path())
    }

    /// The probabilities of one row, in double precision and term by term.
    private func definition(_ weights: NetworkWeights, _ features: [Float]) -> [Double] {
        var values = features.map { Double($0) }
        for layer in weights.coefs.indices {
            var sums = weights.intercepts[layer].map { Double($0) }
            for (value, row) in zip(values, weights.coefs[layer]) {
                for (column, weight) in row.enumerated() { sums[column] += value * Double(weight) }
            }
            values = layer < weights.coefs.count - 1 ? sums.map { Foundation.tanh($0) } : sums
        }
        if values.count == 1 {
            let p = 1 / (1 + exp(-values[0]))
            return [1 - p, p]
        }
        let powers = values.map { exp($0 - values.max()!) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    private func moved(
        _ start: NetworkWeights, by step: Float, along direction: NetworkWeights
    ) -> NetworkWeights {
        NetworkWeights(
            coefs: zip(start.coefs, direction.coefs).map { a, b in
                zip(a, b).map { a, b in zip(a, b).map { $0 + step * $1 } }
            },
            intercepts: zip(start.intercepts, direction.intercepts).map { a, b in
                zip(a, b).map { $0 + step * $1 }
            })
    }
}
