import Foundation
import NN
import Testing

/// What single precision costs beside double: the same networks, trained by scikit-learn in double
/// precision (`Tests/ReferenceValues/precision.py`).
@Suite struct PrecisionTests {
    struct Recorded: Decodable {
        struct Table: Decodable {
            var features: [[Float]]
            var classes: [Int]
        }
        struct Case: Decodable {
            var dataset: String
            var seed: UInt32
            var loss: Double
            /// The classes of the rows that are not trained on.
            var predicted: [Int]
        }
        var epochs: Int
        var width: Int
        var datasets: [String: Table]
        var cases: [Case]
    }

    private let recorded: Recorded

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceValues/precision.json")
        recorded = try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: file))
    }

    /// The weights that follow from a seed, as `weights` of `precision.py` has them.
    private func weights(_ seed: UInt32, widths: [Int]) -> NetworkWeights {
        var state = seed
        var result = NetworkWeights(coefs: [], intercepts: [])
        for (inputs, outputs) in zip(widths, widths.dropFirst()) {
            let bound = (6 / Double(inputs + outputs)).squareRoot()
            let rows = (0...inputs).map { _ in
                (0..<outputs).map { _ in
                    state = state &* 1_664_525 &+ 1_013_904_223
                    return Float(bound * (2 * Double(state >> 8) / 16_777_216 - 1))
                }
            }
            result.coefs.append(rows.dropLast())
            result.intercepts.append(rows[inputs])
        }
        return result
    }

    /// Trains as the case was; gives the last loss and the classes of the other rows.
    private func train(_ recorded: Recorded, _ reference: Recorded.Case) throws -> (
        loss: Double, classes: [ClassLabel]
    ) {
        let table = try #require(recorded.datasets[reference.dataset])
        let split = table.features.count * 3 / 4
        func rows(_ range: Range<Int>) throws -> Dataset {
            try Dataset(
                features: Array(table.features[range]),
                labels: table.classes[range].map { .integer($0) })
        }
        let data = try rows(0..<split)
        var options = MLPOptions()
        options.hiddenLayerSizes = [recorded.width]
        options.batchSize = 25
        options.shuffle = false
        let network = try MLPClassifier(options)
        let outputs = data.classes.count > 2 ? data.classes.count : 1
        try network.setWeights(
            weights(reference.seed, widths: [data.columns, recorded.width, outputs]), for: data)
        for _ in 0..<recorded.epochs { try network.partialFit(data) }
        return (
            try #require(network.lossCurve.last),
            try network.predict(rows(split..<table.features.count))
        )
    }

    /// Measured: none of the 1,230 classes differs, and the losses do by a millionth.
    @Test func singlePrecisionLearnsTheSame() throws {
        var (differing, all) = (0, 0)
        for reference in recorded.cases {
            let (loss, classes) = try train(recorded, reference)
            #expect(abs(loss / reference.loss - 1) < 1e-4, "\(reference.dataset) \(reference.seed)")
            differing += zip(classes, reference.predicted).count { $0 != .integer($1) }
            all += classes.count
        }
        #expect(recorded.cases.count == 15 && all > 1_000)
        #expect(differing <= all / 500, "\(differing) of \(all)")
    }
}
