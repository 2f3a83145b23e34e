import Foundation
import NN
import Testing

/// What `Tests/ReferenceValues/networks.py` recorded.
struct ReferenceValues: Decodable {
    struct Table: Decodable {
        var features: [[Float]]
        var targets: [Double]
    }

    struct Options: Decodable {
        var hiddenLayerSizes: [Int]
        var activation: String?
        var solver: String?
        var alpha: Double?
        var batchSize: Int?
        var learningRateInit: Double?
        var learningRate: String?
        var powerT: Double?
        var momentum: Double?
        var nesterovsMomentum: Bool?
        var beta1: Double?
        var beta2: Double?
        var epsilon: Double?
        var maxIter: Int?
        var tol: Double?
        var nIterNoChange: Int?
    }

    struct Case: Decodable, CustomTestStringConvertible {
        var name: String
        var dataset: String
        var options: Options
        /// Whether `fit` was called; else `partial_fit` once for each order.
        var fit: Bool
        var orders: [[Int]]?
        /// The rows' weights, in the data set's order.
        var weights: [Double]?
        var initial: NetworkWeights
        var losses: [Double]
        var score: Double
        var final: NetworkWeights?

        var testDescription: String { name }
    }

    var datasets: [String: Table]
    var cases: [Case]

    static let recorded: ReferenceValues = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../ReferenceValues/networks.json")
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(Self.self, from: Data(contentsOf: file))
        } catch {
            fatalError("\(file.path()): \(error)")
        }
    }()

    func dataset(_ name: String) throws -> Dataset {
        let table = datasets[name]!
        let features = table.features.flatMap(\.self)
        let columns = table.features[0].count
        return name == "diabetes"
            ? try Dataset(
                features: features, columns: columns, values: table.targets.map { Float($0) })
            : try Dataset(
                features: features, columns: columns, labels: table.targets.map { .real($0) })
    }
}

extension MLPOptions {
    /// scikit-learn's options in ours; rows stay in their order.
    init(_ options: ReferenceValues.Options) {
        self.init()
        shuffle = false
        hiddenLayerSizes = options.hiddenLayerSizes
        activation = options.activation.map { Activation(rawValue: $0)! } ?? activation
        solver = options.solver.map { Solver(rawValue: $0)! } ?? solver
        alpha = options.alpha ?? alpha
        batchSize = options.batchSize
        learningRateInit = options.learningRateInit ?? learningRateInit
        learningRate =
            options.learningRate.map { LearningRateSchedule(rawValue: $0)! } ?? learningRate
        powerT = options.powerT ?? powerT
        momentum = options.momentum ?? momentum
        nesterovsMomentum = options.nesterovsMomentum ?? nesterovsMomentum
        beta1 = options.beta1 ?? beta1
        beta2 = options.beta2 ?? beta2
        epsilon = options.epsilon ?? epsilon
        maxIter = options.maxIter ?? maxIter
        tol = options.tol ?? tol
        nIterNoChange = options.nIterNoChange ?? nIterNoChange
    }
}

extension NetworkWeights {
    /// All numbers in one array.
    var flat: [Float] {
        coefs.flatMap { $0.flatMap(\.self) } + intercepts.flatMap(\.self)
    }
}
