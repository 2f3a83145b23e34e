internal import NN
internal import Synchronization

/// Prediction times, each measured once: they depend on a network's shape and on the data set, not
/// on the weights.
final class MeasuredTimes: Sendable {
    private struct Key: Hashable {
        let shape: NetworkShape
        let data: Dataset.ID
    }
    private let times = Mutex<[Key: Double]>([:])

    /// Nil also for a network that has no shape yet.
    subscript(network: some TrainableNetwork, data: Dataset) -> Double? {
        get {
            guard let shape = network.shape else { return nil }
            return times.withLock { $0[Key(shape: shape, data: data.id)] }
        }
        set {
            guard let shape = network.shape else { return }
            times.withLock { $0[Key(shape: shape, data: data.id)] = newValue }
        }
    }
}
