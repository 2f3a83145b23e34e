public import Platform
internal import Synchronization

/// A multi-layer perceptron that learns numbers; scikit-learn's `MLPRegressor` in single precision.
///
/// It has ``MLPClassifier``'s options, threads and guarantees; the weights minimise half the squared
/// error + alpha/2 · Σw² / rows.
public final class MLPRegressor: Sendable {
    /// The hyper-parameters.
    public let options: MLPOptions
    private let model: Mutex<Model?>

    /// - Throws: ``NNError/invalidOption(name:expected:got:)``.
    public init(_ options: MLPOptions = MLPOptions()) throws {
        try options.validate()
        self.options = options
        model = Mutex(nil)
    }

    /// Takes over a network that was read.
    init(_ model: sending Model) {
        options = model.options
        self.model = Mutex(model)
    }

    /// Trains from fresh weights until the loss, or the validation score, stops improving, at most
    /// `max_iter` epochs.
    ///
    /// - Parameter sampleWeights: one for each row, finite and at least 0, not all 0; by default all
    ///   1.
    /// - Throws: ``NNError``, `CancellationError`.
    public func fit(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws {
        let weights = try data.rowWeights(sample: sampleWeights)
        try model.withLock { model in
            model = nil
            try Self.prepare(&model, for: data, options: options)
                .fit(data, weights: weights, classMap: .same, cancellation: cancellation)
        }
    }

    /// Trains on every row once more, from the weights there are or, the first time, fresh ones.
    ///
    /// - Throws: ``NNError``, `CancellationError` between two batches.
    public func partialFit(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws {
        try partialFit(
            data, order: nil, sampleWeights: sampleWeights, cancellation: cancellation)
    }

    /// ``partialFit(_:sampleWeights:cancellation:)`` with the order of rows given, for comparisons with other
    /// implementations.
    package func partialFit(
        _ data: Dataset, order: [Int]?, sampleWeights: [Double]? = nil,
        cancellation: CancellationToken? = nil
    ) throws {
        try options.checkPartialFit()
        let weights = try data.rowWeights(sample: sampleWeights)
        _ = try model.withLock { model in
            try Self.prepare(&model, for: data, options: options)
                .epoch(
                    data, order: order, weights: weights, classMap: .same,
                    cancellation: cancellation)
        }
    }

    /// The predicted numbers: shape [rows][outputs].
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func predict(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> [[Float]] {
        try withModel("predict", on: data) { try $0.outputs(data, cancellation: cancellation) }
    }

    /// The coefficient of determination R², averaged over the outputs: 1 at best, 0 for a constant
    /// guess of the mean.
    ///
    /// Edge cases: NaN if a prediction is not finite or there is only one row; an output whose true
    /// value never changes counts 1 if it is met exactly, else 0.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func score(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws -> Double {
        try metrics(
            data, [.determination], sampleWeights: sampleWeights, cancellation: cancellation)[0]
    }

    /// What the metrics come out as, in their order; NaN if a prediction is not finite.
    ///
    /// - Throws: ``NNError``, also for ``RegressionMetric/largestError`` of several outputs;
    ///   `CancellationError`.
    public func metrics(
        _ data: Dataset, _ metrics: [RegressionMetric], sampleWeights: [Double]? = nil,
        cancellation: CancellationToken? = nil
    ) throws -> [Double] {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try withModel("score", on: data) { model in
            try model.checkOutputs(data)
            if data.outputs > 1, metrics.contains(.largestError) {
                throw NNError.unsupported(
                    "max_error is for one number to predict, the data set has \(data.outputs)")
            }
            let predictions = try model.numberPredictions(
                data, weights: weights, cancellation: cancellation)
            return metrics.map { predictions.value(of: $0) }
        }
    }

    /// The mean over rows and outputs of half the squared error, without the penalty.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func loss(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws -> Double {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try withModel("loss", on: data) {
            try $0.checkOutputs(data)
            return try $0.loss(
                data, weights: weights, classMap: .same, cancellation: cancellation)
        }
    }

    /// The seconds it takes to predict all rows, as ``MLPClassifier/timePredict(_:cancellation:)``.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func timePredict(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> Double {
        try withModel("time_predict", on: data) {
            try $0.timePrediction(data, cancellation: cancellation)
        }
    }

    /// The number of weights and biases; nil before the first training.
    public var parameterCount: Int? { shape?.parameterCount }

    /// The loss of every epoch so far, the penalty included.
    public var lossCurve: [Double] { model.withLock { $0?.lossCurve ?? [] } }

    /// The network's layers; nil before the first training.
    public var shape: NetworkShape? { model.withLock { $0?.network.shape } }

    /// Whether an operation runs, which any other would have to wait for.
    package var isBusy: Bool { model.withLockIfAvailable { _ in true } == nil }

    /// The weights and biases; nil before the first training.
    package var weights: NetworkWeights? {
        try? withModel("weights") { $0.network.unpacked }
    }

    /// Builds the network for `data`, if that has not happened, and sets its weights.
    package func setWeights(_ weights: NetworkWeights, for data: Dataset) throws {
        try model.withLock {
            try Self.prepare(&$0, for: data, options: options).network.pack(weights)
        }
    }

    /// ``fit(_:sampleWeights:cancellation:)`` from the weights there are, for comparisons with other
    /// implementations.
    package func continueFitting(_ data: Dataset, sampleWeights: [Double]? = nil) throws {
        let weights = try data.rowWeights(sample: sampleWeights)
        try model.withLock { model in
            try Self.prepare(&model, for: data, options: options)
                .fit(data, weights: weights, classMap: .same, cancellation: nil)
        }
    }

    /// The loss of all rows as one batch, the penalty included, and its gradient.
    package func lossAndGradient(
        _ data: Dataset, sampleWeights: [Double]? = nil
    ) throws -> (loss: Double, gradient: NetworkWeights) {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try model.withLock { model in
            try Self.prepare(&model, for: data, options: options)
                .lossAndGradient(data, weights: weights, classMap: .same)
        }
    }

    private func withModel<Result: Sendable>(
        _ operation: String, on data: Dataset, _ body: (Model) throws -> Result
    ) throws -> Result {
        try withModel(operation) { model in
            try model.checkFeatures(data)
            return try body(model)
        }
    }

    func withModel<Result: Sendable>(
        _ operation: String, _ body: (Model) throws -> Result
    ) throws -> Result {
        try model.withLock { model in
            guard let model else { throw NNError.notFitted(operation: operation) }
            try model.moveIn()
            return try body(model)
        }
    }

    /// Calls `body` with the network where it has been trained and no operation runs.
    func withModelIfAvailable<Result: Sendable>(
        _ body: (Model) throws -> Result
    ) rethrows -> Result? {
        try model.withLockIfAvailable { model -> Result? in
            guard let model else { return nil }
            return try body(model)
        } ?? nil
    }

    /// The model to train on `data`, made if there is none.
    private static func prepare(
        _ model: inout Model?, for data: Dataset, options: MLPOptions
    ) throws -> Model {
        if let model {
            try model.checkFeatures(data)
            try model.checkOutputs(data)
            try model.moveIn()
            return model
        }
        guard data.outputs > 0 else { throw NNError.needsNumbers }
        let shape = NetworkShape(
            widths: [data.columns] + options.hiddenLayerSizes + [data.outputs],
            activation: options.activation, output: .identity)
        let fresh = try Model(options, shape: shape)
        model = fresh
        return fresh
    }
}
