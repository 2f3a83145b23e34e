public import Platform
internal import Synchronization

/// A multi-layer perceptron that learns classes; scikit-learn's `MLPClassifier` in single
/// precision.
///
/// ```swift
/// var options = MLPOptions()
/// options.hiddenLayerSizes = [32]
/// options.seed = 1
/// let classifier = try MLPClassifier(options)
/// for _ in 1...3 { try classifier.partialFit(train) }
/// print(try classifier.score(test))
/// ```
///
/// Operations may be called from any thread; one object runs one at a time. The same seed and the
/// same calls give the same bits on the same machine, on whatever thread.
///
/// The weights minimise cross-entropy + alpha/2 · Σw² / rows. A loss that becomes NaN or infinite
/// stops nothing: training continues, and every metric is NaN while the outputs are not finite.
public final class MLPClassifier: Sendable {
    /// The hyper-parameters.
    public let options: MLPOptions
    private let state: Mutex<State>
    /// Pays for the texts of the options' classes.
    private let charge: MemoryCharge?

    fileprivate struct State {
        var model: Model?
        private(set) var classes: [ClassLabel] = []
        /// Pays for the texts of the classes, which may outlive their data set.
        private var charge: MemoryCharge?

        init(model: Model?) { self.model = model }

        /// - Throws: ``OutOfMemory``.
        mutating func learn(_ classes: [ClassLabel]) throws {
            charge = try MemoryCharge.of(classes.textBytes, purpose: "the classes of a network")
            self.classes = classes
        }
    }

    /// - Throws: ``NNError/invalidOption(name:expected:got:)``, ``OutOfMemory``.
    public init(_ options: MLPOptions = MLPOptions()) throws {
        try options.validate()
        charge = try options.classWeight.flatMap { try Self.charge($0) }
        self.options = options
        state = Mutex(State(model: nil))
    }

    /// Takes over a network that was read.
    ///
    /// - Throws: ``OutOfMemory``.
    init(_ model: sending Model, classes: [ClassLabel]) throws {
        options = model.options
        charge = try options.classWeight.flatMap { try Self.charge($0) }
        var known = State(model: model)
        try known.learn(classes)
        state = Mutex(known)
    }

    private static func charge(_ weight: ClassWeight) throws -> MemoryCharge? {
        guard case .table(let weights) = weight else { return nil }
        return try MemoryCharge.of(weights.keys.textBytes, purpose: "the classes of class_weight")
    }

    /// Trains from fresh weights until the loss, or the validation score, stops improving, at most
    /// `max_iter` epochs.
    ///
    /// - Parameters:
    ///   - sampleWeights: one for each row, finite and at least 0, not all 0; by default all 1.
    ///   - classWeight: multiplies them by those of the rows' classes; by default the option's.
    /// - Throws: ``NNError``, `CancellationError`.
    public func fit(
        _ data: Dataset, sampleWeights: [Double]? = nil, classWeight: ClassWeight? = nil,
        cancellation: CancellationToken? = nil
    ) throws {
        let weights = try data.rowWeights(
            sample: sampleWeights, classes: classWeight ?? options.classWeight)
        try state.withLock { state in
            state.model = nil
            let model = try state.prepare(data, options)
            try model.fit(
                data, weights: weights, classMap: state.map(data), cancellation: cancellation)
        }
    }

    /// Trains on every row once more, from the weights there are or, the first time, fresh ones.
    ///
    /// The classes are those of the first data set.
    ///
    /// - Parameters: as ``fit(_:sampleWeights:classWeight:cancellation:)``; weights follow from this
    ///   data set alone.
    /// - Throws: ``NNError``, `CancellationError` between two batches.
    public func partialFit(
        _ data: Dataset, sampleWeights: [Double]? = nil, classWeight: ClassWeight? = nil,
        cancellation: CancellationToken? = nil
    ) throws {
        try partialFit(
            data, order: nil, sampleWeights: sampleWeights, classWeight: classWeight,
            cancellation: cancellation)
    }

    /// ``partialFit(_:sampleWeights:classWeight:cancellation:)`` with the order of rows given, for comparisons with other
    /// implementations.
    package func partialFit(
        _ data: Dataset, order: [Int]?, sampleWeights: [Double]? = nil,
        classWeight: ClassWeight? = nil, cancellation: CancellationToken? = nil
    ) throws {
        try options.checkPartialFit()
        let weights = try data.rowWeights(
            sample: sampleWeights, classes: classWeight ?? options.classWeight)
        try state.withLock { state in
            let model = try state.prepare(data, options)
            try model.epoch(
                data, order: order, weights: weights, classMap: state.map(data),
                cancellation: cancellation)
        }
    }

    /// Each row's most likely class.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func predict(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> [ClassLabel] {
        let (places, classes) = try predictPlaces(data, cancellation: cancellation)
        return places.map { classes[Int($0)] }
    }

    /// Each row's most likely class as its place among the classes, which come with it.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    package func predictPlaces(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> (places: [Int32], classes: [ClassLabel]) {
        try withModel("predict", on: data) { model, classes in
            var places: [Int32] = []
            places.reserveCapacity(data.rows)
            try model.classes(data, classMap: .none, cancellation: cancellation) { best, chunk in
                for row in 0..<chunk.count { places.append(best[row]) }
            }
            return (places, classes)
        }
    }

    /// Each row's probability of each class: shape [rows][classes], in the order of ``classes``.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func predictProbabilities(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> [[Float]] {
        try withModel("predict_proba", on: data) { model, _ in
            let outputs = try model.outputs(data, cancellation: cancellation)
            return model.network.shape.output == .logistic
                ? outputs.map { [1 - $0[0], $0[0]] } : outputs
        }
    }

    /// The share of rows whose class is predicted rightly, from 0 to 1.
    ///
    /// Edge cases: rows of a class the network does not know count as wrong; NaN where an output of
    /// the network is not finite.
    ///
    /// - Throws: ``NNError``, also when the network knows none of the data set's classes;
    ///   `CancellationError`.
    public func score(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws -> Double {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try withModel("score", on: data) { model, classes in
            let map = try Self.map(data, to: classes)
            return try model.accuracy(
                data, weights: weights, classMap: map, cancellation: cancellation)
        }
    }

    /// What the metrics come out as, in their order.
    ///
    /// Edge cases: rows of a class the network does not know count as wrong, and as ones of
    /// probability 0; NaN where an output of the network is not finite.
    ///
    /// - Throws: as ``score(_:sampleWeights:cancellation:)``; also for a metric of two classes where
    ///   the network knows more.
    public func metrics(
        _ data: Dataset, _ metrics: [ClassificationMetric], sampleWeights: [Double]? = nil,
        cancellation: CancellationToken? = nil
    ) throws -> [MetricValue] {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try withModel("metrics", on: data) { model, classes in
            _ = try Self.map(data, to: classes)
            if classes.count > 2, let metric = metrics.first(where: \.needsTwoClasses) {
                throw NNError.unsupported(
                    "\(metric.rawValue) is for two classes, the network knows \(classes.count); "
                        + "use \(metric.rawValue)_macro or \(metric.rawValue)_weighted")
            }
            let predictions = try model.predictions(
                data, weights: weights, classes: classes, cancellation: cancellation)
            return metrics.map { predictions.value(of: $0) }
        }
    }

    /// The mean cross-entropy of the rows, without the penalty.
    ///
    /// Edge cases: a row of a class the network does not know counts as one of probability 0; NaN
    /// where an output of the network is not finite.
    ///
    /// - Throws: as ``score(_:sampleWeights:cancellation:)``.
    public func loss(
        _ data: Dataset, sampleWeights: [Double]? = nil, cancellation: CancellationToken? = nil
    ) throws -> Double {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try withModel("loss", on: data) { model, classes in
            let map = try Self.map(data, to: classes)
            return try model.loss(
                data, weights: weights, classMap: map, cancellation: cancellation)
        }
    }

    /// The seconds it takes to predict all rows: the fastest of several runs, once a second one
    /// confirms it, on as many rows as make a stable figure, scaled to all.
    ///
    /// It is for the caller to see that nothing else computes meanwhile.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    public func timePredict(
        _ data: Dataset, cancellation: CancellationToken? = nil
    ) throws -> Double {
        try withModel("time_predict", on: data) { model, _ in
            try model.timePrediction(data, cancellation: cancellation)
        }
    }

    /// The classes in ascending order; empty before the first training.
    public var classes: [ClassLabel] { state.withLock { $0.classes } }

    /// The number of weights and biases; nil before the first training.
    public var parameterCount: Int? { shape?.parameterCount }

    /// The loss of every epoch so far, the penalty included.
    public var lossCurve: [Double] { state.withLock { $0.model?.lossCurve ?? [] } }

    /// The network's layers; nil before the first training.
    public var shape: NetworkShape? { state.withLock { $0.model?.network.shape } }

    /// Whether an operation runs, which any other would have to wait for.
    package var isBusy: Bool { state.withLockIfAvailable { _ in true } == nil }

    /// The weights and biases; nil before the first training.
    package var weights: NetworkWeights? {
        try? withModel("weights") { model, _ in model.network.unpacked }
    }

    /// Builds the network for `data`, if that has not happened, and sets its weights.
    package func setWeights(_ weights: NetworkWeights, for data: Dataset) throws {
        try state.withLock { try $0.prepare(data, options).network.pack(weights) }
    }

    /// ``fit(_:sampleWeights:classWeight:cancellation:)`` from the weights there are, for comparisons with other
    /// implementations.
    package func continueFitting(_ data: Dataset, sampleWeights: [Double]? = nil) throws {
        let weights = try data.rowWeights(sample: sampleWeights, classes: options.classWeight)
        try state.withLock { state in
            try state.prepare(data, options)
                .fit(data, weights: weights, classMap: state.map(data), cancellation: nil)
        }
    }

    /// The loss of all rows as one batch, the penalty included, and its gradient.
    package func lossAndGradient(
        _ data: Dataset, sampleWeights: [Double]? = nil
    ) throws -> (loss: Double, gradient: NetworkWeights) {
        let weights = try data.rowWeights(sample: sampleWeights)
        return try state.withLock { state in
            let model = try state.prepare(data, options)
            return try model.lossAndGradient(
                data, weights: weights, classMap: state.map(data))
        }
    }

    private func withModel<Result: Sendable>(
        _ operation: String, on data: Dataset,
        _ body: (Model, [ClassLabel]) throws -> Result
    ) throws -> Result {
        try withModel(operation) { model, classes in
            try model.checkFeatures(data)
            return try body(model, classes)
        }
    }

    func withModel<Result: Sendable>(
        _ operation: String, _ body: (Model, [ClassLabel]) throws -> Result
    ) throws -> Result {
        try state.withLock { state in
            guard let model = state.model else {
                throw NNError.notFitted(operation: operation)
            }
            try model.moveIn()
            return try body(model, state.classes)
        }
    }

    /// Calls `body` with the network where it has been trained and no operation runs.
    func withModelIfAvailable<Result: Sendable>(
        _ body: (Model) throws -> Result
    ) rethrows -> Result? {
        try state.withLockIfAvailable { state -> Result? in
            guard let model = state.model else { return nil }
            return try body(model)
        } ?? nil
    }

    private static func map(_ data: Dataset, to classes: [ClassLabel]) throws -> ClassMap {
        guard data.outputs == 0 else { throw NNError.needsClasses }
        guard !Set(classes).isDisjoint(with: data.classes) else {
            throw NNError.unknownClasses(known: classes, unknown: data.classes)
        }
        return ClassMap(from: data.classes, to: classes)
    }
}

extension MLPClassifier.State {
    /// The model to train on `data`, made if there is none.
    fileprivate mutating func prepare(_ data: Dataset, _ options: MLPOptions) throws -> Model {
        guard data.outputs == 0 else {
            throw NNError.needsClasses
        }
        if let model {
            try model.checkFeatures(data)
            try model.moveIn()
            let unknown = Set(data.classes).subtracting(classes)
            guard unknown.isEmpty else {
                throw NNError.unknownClasses(known: classes, unknown: unknown.sorted())
            }
            return model
        }
        guard data.classes.count > 1 else {
            throw NNError.unsuitableData(
                expected: "at least two classes",
                got: "only \(data.classes.map(\.description).joined())")
        }
        let isBinary = data.classes.count == 2
        let shape = NetworkShape(
            widths: [data.columns] + options.hiddenLayerSizes
                + [isBinary ? 1 : data.classes.count],
            activation: options.activation, output: isBinary ? .logistic : .softmax)
        try learn(data.classes)
        let fresh = try Model(options, shape: shape)
        model = fresh
        return fresh
    }

    fileprivate func map(_ data: Dataset) -> ClassMap {
        ClassMap(from: data.classes, to: classes)
    }
}
