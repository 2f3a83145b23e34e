internal import NN

/// About how long an operation on a network takes, known before it runs.
///
/// To let another thread do the work costs some microseconds of its own, so what takes less than
/// `atOnce` is done by the script's thread. The estimate follows from sizes alone and not from a clock,
/// so the same script does the same in every run.
enum OperationCost {
    /// Microseconds below which an operation is done at once.
    static let atOnce = 30.0
    /// Microseconds of such operations after which a trial lets the others continue, all the same.
    static let untilOthersGoOn = 1000.0

    /// Microseconds of one pass over a data set.
    static func ofPass(
        _ network: some TrainableNetwork, _ data: Dataset, isTraining: Bool
    ) -> Double {
        let outputs = data.outputs > 0 ? data.outputs : max(1, data.classes.count)
        let widths = ([data.columns] + network.options.hiddenLayerSizes + [outputs]).map(
            Double.init)
        let parameters = zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
        let rows = Double(data.rows)
        // Measured: a small network does some 25,000 multiplications a microsecond.
        guard isTraining else { return 2 + rows * parameters / 25_000 + rows / 100 }
        let batches = (rows / Double(network.options.batchSize ?? 200)).rounded(.up)
        // Forward, backward, gradient; a step of the optimizer for each batch; weights made at first.
        return 3 + rows * parameters / 10_000 + rows / 25 + batches * parameters / 1500
            + parameters / 100
    }
}
