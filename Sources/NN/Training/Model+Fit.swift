extension Model {
    /// Trains until neither loss nor validation score improves, at most `max_iter` epochs.
    ///
    /// With `early_stopping`, ends with the weights of the epoch that scored best.
    ///
    /// - Throws: ``NNError``, `CancellationError`.
    func fit(_ data: Dataset, classMap: ClassMap, cancellation: CancellationToken?) throws {
        if options.solver == .lbfgs {
            return try fitByLBFGS(data, classMap: classMap, cancellation: cancellation)
        }
        guard options.earlyStopping else {
            for _ in 0..<options.maxIter {
                if try epoch(data, classMap: classMap, cancellation: cancellation) { break }
            }
            return
        }
        let (validation, training) = try validationSplit(data)
        let best = try AlignedBuffer<Float>(
            count: network.parameters.count, purpose: "the best weights")
        best.copy(from: network.parameters)
        for _ in 0..<options.maxIter {
            let loss = try pass(training, classMap: classMap, cancellation: cancellation)
            let score = try validationScore(validation, classMap: classMap)
            let (isBest, isOver) = endEpoch(loss: loss, rows: training.rows, score: score)
            if isBest { best.copy(from: network.parameters) }
            if isOver { break }
        }
        network.parameters.copy(from: best)
    }

    /// Sets `validation_fraction` of the rows aside, of two classes the same share of each.
    private func validationSplit(
        _ data: Dataset
    ) throws -> (validation: Dataset, training: Dataset) {
        let wanted = Int((Double(data.rows) * options.validationFraction).rounded(.up))
        guard wanted >= 2, wanted < data.rows else {
            throw NNError.invalidOption(
                name: "validation_fraction",
                expected: "a share that leaves rows to train on and at least two to validate",
                got: "\(options.validationFraction) of \(data.rows) rows")
        }
        let parts = try data.split(
            firstRows: wanted, seed: random.next(), stratify: network.shape.output == .logistic)
        return (parts.first, parts.second)
    }
}
