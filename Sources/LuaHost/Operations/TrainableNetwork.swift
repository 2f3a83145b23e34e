internal import NN
internal import Platform

/// What a classifier and a regressor have in common for a script.
protocol TrainableNetwork: AnyObject, Sendable {
    func fit(_ data: Dataset, weights: TrainingWeights, token: CancellationToken) throws
    func partialFit(_ data: Dataset, weights: TrainingWeights, token: CancellationToken) throws
    func score(
        _ data: Dataset, sampleWeights: [Double]?, cancellation: CancellationToken?
    ) throws -> Double
    func loss(
        _ data: Dataset, sampleWeights: [Double]?, cancellation: CancellationToken?
    ) throws -> Double
    /// What the metrics of these names, all of them known, come out as.
    func values(
        of metrics: [String], on data: Dataset, sampleWeights: [Double]?,
        token: CancellationToken
    ) throws -> [MetricValue]
    func timePredict(_ data: Dataset, cancellation: CancellationToken?) throws -> Double
    func save(to path: String) throws
    var options: MLPOptions { get }
    var parameterCount: Int? { get }
    var lossCurve: [Double] { get }
    var shape: NetworkShape? { get }
    var isBusy: Bool { get }
    /// Forgets the buffers that the next operation makes again, unless an operation runs.
    func forgetScratch()
    /// Moves the buffers that cannot be made again to a store, unless an operation runs.
    func moveOut(to store: BufferStore) throws -> Int

    /// The name in Lua.
    static var name: String { get }
    /// The names of its metrics.
    static var metrics: [String] { get }
    /// Whether rows may weigh by their classes.
    static var hasClasses: Bool { get }
    /// The metrics that have a meaning for this network.
    var applicableMetrics: [String] { get }
}

/// What the rows weigh in training.
struct TrainingWeights: Sendable {
    var sample: SampleWeights?
    var classes: ClassWeight?
}

extension MLPClassifier: TrainableNetwork {
    static var name: String { "MLPClassifier" }
    static var metrics: [String] { ClassificationMetric.allCases.map(\.rawValue) }
    static var hasClasses: Bool { true }

    var applicableMetrics: [String] {
        let metrics = ClassificationMetric.allCases
        return (classes.count > 2 ? metrics.filter { !$0.needsTwoClasses } : metrics)
            .map(\.rawValue)
    }

    func fit(_ data: Dataset, weights: TrainingWeights, token: CancellationToken) throws {
        try fit(
            data, sampleWeights: weights.sample?.values, classWeight: weights.classes,
            cancellation: token)
    }

    func partialFit(
        _ data: Dataset, weights: TrainingWeights, token: CancellationToken
    ) throws {
        try partialFit(
            data, sampleWeights: weights.sample?.values, classWeight: weights.classes,
            cancellation: token)
    }

    func values(
        of metrics: [String], on data: Dataset, sampleWeights: [Double]?,
        token: CancellationToken
    ) throws -> [MetricValue] {
        try self.metrics(
            data, metrics.compactMap { ClassificationMetric(rawValue: $0) },
            sampleWeights: sampleWeights, cancellation: token)
    }
}

extension MLPRegressor: TrainableNetwork {
    static var name: String { "MLPRegressor" }
    static var metrics: [String] { RegressionMetric.allCases.map(\.rawValue) }
    static var hasClasses: Bool { false }

    var applicableMetrics: [String] {
        let metrics = RegressionMetric.allCases
        return (shape?.widths.last ?? 1 > 1 ? metrics.filter { $0 != .largestError } : metrics)
            .map(\.rawValue)
    }

    func fit(_ data: Dataset, weights: TrainingWeights, token: CancellationToken) throws {
        try fit(data, sampleWeights: weights.sample?.values, cancellation: token)
    }

    func partialFit(
        _ data: Dataset, weights: TrainingWeights, token: CancellationToken
    ) throws {
        try partialFit(data, sampleWeights: weights.sample?.values, cancellation: token)
    }

    func values(
        of metrics: [String], on data: Dataset, sampleWeights: [Double]?,
        token: CancellationToken
    ) throws -> [MetricValue] {
        try self.metrics(
            data, metrics.compactMap { RegressionMetric(rawValue: $0) },
            sampleWeights: sampleWeights, cancellation: token
        ).map { .number($0) }
    }
}

extension TrainableNetwork {
    /// One line for `print`.
    var summary: String {
        let sizes = options.hiddenLayerSizes.map(String.init).joined(separator: ", ")
        let hidden = sizes.isEmpty ? "{}" : "{ \(sizes) }"
        let size = parameterCount.map { "\($0) parameters" } ?? "not trained yet"
        return "\(Self.name) \(hidden): \(size)"
    }
}
