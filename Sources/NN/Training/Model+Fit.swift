internal import Platform

extension Model {
    /// Trains until neither loss nor validation score improves, at most `max_iter` epochs.
    ///
    /// With `early_stopping`, ends with the weights of the epoch that scored best.
    ///
    /// - Parameter weights: those of the rows, nil where all are 1.
    /// - Throws: ``NNError``, `CancellationError`.
    func fit(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap, cancellation: CancellationToken?
    ) throws {
        if options.solver == .lbfgs {
            return try fitByLBFGS(
                data, weights: weights, classMap: classMap, cancellation: cancellation)
        }
        guard options.earlyStopping else {
            for _ in 0..<options.maxIter {
                let isOver = try epoch(
                    data, weights: weights, classMap: classMap, cancellation: cancellation)
                if isOver { break }
            }
            return
        }
        let (validation, training) = try validationSplit(data, weights)
        let best = try AlignedBuffer<Float>(
            count: network.parameters.count, purpose: "the best weights")
        best.copy(from: network.parameters)
        for _ in 0..<options.maxIter {
            let loss = try pass(
                training.data, weights: training.weights, classMap: classMap,
                cancellation: cancellation)
            let score = try validationScore(
                validation.data, weights: validation.weights, classMap: classMap)
            let (isBest, isOver) = endEpoch(loss: loss, rows: training.data.rows, score: score)
            if isBest { best.copy(from: network.parameters) }
            if isOver { break }
        }
        network.parameters.copy(from: best)
    }

    /// Sets `validation_fraction` of the rows aside, of two classes the same share of each.
    private func validationSplit(
        _ data: Dataset, _ weights: [Float]?
    ) throws -> (validation: WeightedRows, training: WeightedRows) {
        let wanted = Int((Double(data.rows) * options.validationFraction).rounded(.up))
        guard wanted >= 2, wanted < data.rows else {
            throw NNError.invalidOption(
                name: "validation_fraction",
                expected: "a share that leaves rows to train on and at least two to validate",
                got: "\(options.validationFraction) of \(data.rows) rows")
        }
        let (first, second) = try data.splitPositions(
            firstRows: wanted, seed: random.next(), stratify: network.shape.output == .logistic)
        func part(_ positions: [UInt32]) throws -> WeightedRows {
            WeightedRows(
                data: try data.part(positions),
                weights: weights.map { weights in positions.map { weights[Int($0)] } })
        }
        return (try part(first), try part(second))
    }
}

/// A part of a data set with the weights of its rows.
private struct WeightedRows {
    let data: Dataset
    let weights: [Float]?
}
