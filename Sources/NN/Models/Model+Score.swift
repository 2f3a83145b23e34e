internal import Platform

extension NNError {
    static let needsClasses = NNError.unsuitableData(
        expected: "a data set with classes", got: "one with numbers to predict")
    static let needsNumbers = NNError.unsuitableData(
        expected: "a data set with numbers to predict (regression = true)", got: "one with classes")
}

extension MLPOptions {
    /// - Throws: ``NNError/unsupported(_:)`` where a single pass makes no sense.
    func checkPartialFit() throws {
        if solver == .lbfgs {
            throw NNError.unsupported("partial_fit does not go with solver = \"lbfgs\"")
        }
        if earlyStopping {
            throw NNError.unsupported("partial_fit does not go with early_stopping = true")
        }
    }
}

extension Model {
    /// - Throws: ``NNError/featureCount(expected:got:)`` unless `data` has the network's features.
    func checkFeatures(_ data: Dataset) throws {
        let expected = network.shape.widths[0]
        guard data.columns == expected else {
            throw NNError.featureCount(expected: expected, got: data.columns)
        }
    }

    /// - Throws: ``NNError/unsuitableData(expected:got:)`` unless `data` has as many numbers to
    ///   predict as the network predicts.
    func checkOutputs(_ data: Dataset) throws {
        guard data.outputs > 0 else { throw NNError.needsNumbers }
        let expected = network.shape.widths[network.shape.widths.count - 1]
        guard data.outputs == expected else {
            throw NNError.unsuitableData(
                expected: "\(expected) numbers to predict for each row", got: "\(data.outputs)")
        }
    }

    /// The share of rows whose class is predicted rightly; NaN where an output is not finite.
    func accuracy(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap, cancellation: CancellationToken?
    ) throws -> Double {
        var (right, total) = (0.0, 0.0)
        var areFinite = true
        try classes(
            data, weights: weights, classMap: classMap, cancellation: cancellation
        ) { best, chunk in
            areFinite = areFinite && network.areFinite(chunk)
            total += chunk.weight
            let labels = chunk.workspace.labels.pointer
            let weights = chunk.workspace.weightsInUse
            for row in 0..<chunk.count where best[row] == labels[row] {
                right += weights.map { Double($0[row]) } ?? 1
            }
        }
        return areFinite ? right / total : .nan
    }

    /// What a classifier predicts, with the true classes, for metrics.
    ///
    /// - Parameter classes: those the network knows.
    func predictions(
        _ data: Dataset, weights: [Float]?, classes known: [ClassLabel],
        cancellation: CancellationToken?
    ) throws -> ClassPredictions {
        let layer = network.layout.layers[network.layout.layers.count - 1]
        let charge = MemoryCharge()
        try charge.add(
            data.rows * (8 + 8 * layer.outputs), purpose: "the predictions of \(data.rows) rows")
        let (labels, truth) = data.labelNumbers(after: known)
        var result = ClassPredictions(labels: labels, known: known.count)
        result.truth = truth
        result.weights = weights
        result.probabilities.reserveCapacity(data.rows * layer.outputs)
        try self.classes(data, classMap: .none, cancellation: cancellation) { best, chunk in
            result.areFinite = result.areFinite && network.areFinite(chunk)
            result.predicted.append(
                contentsOf: UnsafeBufferPointer(start: best, count: chunk.count))
            network.applyOutputFunction(chunk.sums, count: chunk.count)
            for row in 0..<chunk.count {
                for column in 0..<layer.outputs {
                    result.probabilities.append(chunk.sums[row * layer.stride + column])
                }
            }
        }
        return result
    }

    /// What a regressor predicts, with the true numbers, for metrics.
    func numberPredictions(
        _ data: Dataset, weights: [Float]?, cancellation: CancellationToken?
    ) throws -> NumberPredictions {
        let charge = MemoryCharge()
        try charge.add(
            data.rows * 8 * data.outputs, purpose: "the predictions of \(data.rows) rows")
        let layer = network.layout.layers[network.layout.layers.count - 1]
        var result = NumberPredictions(outputs: data.outputs)
        result.weights = weights
        try forEachChunk(data, classMap: .same, cancellation: cancellation) { chunk in
            network.applyOutputFunction(chunk.sums, count: chunk.count)
            for row in 0..<chunk.count {
                for output in 0..<layer.outputs {
                    result.predicted.append(chunk.sums[row * layer.stride + output])
                    result.truth.append(
                        chunk.workspace.values[row * layer.outputs + output])
                }
            }
        }
        return result
    }

    /// What ``fit(_:weights:classMap:cancellation:)`` judges an epoch by on the validation rows.
    func validationScore(
        _ data: Dataset, weights: [Float]?, classMap: ClassMap
    ) throws -> Double {
        network.shape.output == .identity
            ? try numberPredictions(data, weights: weights, cancellation: nil)
                .value(of: .determination)
            : try accuracy(data, weights: weights, classMap: classMap, cancellation: nil)
    }
}

extension Dataset {
    /// The rows' classes as positions in `known` followed by the classes that are not in it.
    fileprivate func labelNumbers(
        after known: [ClassLabel]
    ) -> (labels: [ClassLabel], rows: [Int32]) {
        guard case .classes(let numbers, let own) = targets else { return (known, []) }
        var isUsed = [Bool](repeating: false, count: own.count)
        for row in 0..<rows { isUsed[Int(numbers[selection[row]])] = true }
        var labels = known
        var positions = Dictionary(uniqueKeysWithValues: zip(known, Int32(0)...))
        let map = own.indices.map { index -> Int32 in
            if let position = positions[own[index]] { return position }
            guard isUsed[index] else { return -1 }
            positions[own[index]] = Int32(labels.count)
            labels.append(own[index])
            return Int32(labels.count - 1)
        }
        return (labels, (0..<rows).map { map[Int(numbers[selection[$0]])] })
    }
}
