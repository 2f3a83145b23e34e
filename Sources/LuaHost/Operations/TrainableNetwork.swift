internal import NN

/// What a classifier and a regressor have in common for a script.
protocol TrainableNetwork: AnyObject, Sendable {
    func fit(_ data: Dataset, cancellation: CancellationToken?) throws
    func partialFit(_ data: Dataset, cancellation: CancellationToken?) throws
    func score(_ data: Dataset, cancellation: CancellationToken?) throws -> Double
    func loss(_ data: Dataset, cancellation: CancellationToken?) throws -> Double
    func timePredict(_ data: Dataset, cancellation: CancellationToken?) throws -> Double
    func save(to path: String) throws
    var options: MLPOptions { get }
    var parameterCount: Int? { get }
    var lossCurve: [Double] { get }
    var shape: NetworkShape? { get }
    var isBusy: Bool { get }

    /// The name in Lua.
    static var name: String { get }
}

extension MLPClassifier: TrainableNetwork {
    static var name: String { "MLPClassifier" }
}

extension MLPRegressor: TrainableNetwork {
    static var name: String { "MLPRegressor" }
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
