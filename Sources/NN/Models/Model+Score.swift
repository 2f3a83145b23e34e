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
        _ data: Dataset, classMap: ClassMap, cancellation: CancellationToken?
    ) throws -> Double {
        var right = 0
        var areFinite = true
        try classes(data, classMap: classMap, cancellation: cancellation) { best, chunk in
            areFinite = areFinite && network.areFinite(chunk)
            let labels = chunk.workspace.labels.pointer
            for row in 0..<chunk.count where best[row] == labels[row] { right += 1 }
        }
        return areFinite ? Double(right) / Double(data.rows) : .nan
    }

    /// R² averaged over the outputs, see ``MLPRegressor/score(_:cancellation:)``.
    func determination(_ data: Dataset, cancellation: CancellationToken?) throws -> Double {
        let predicted = try outputs(data, cancellation: cancellation)
        guard predicted.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return .nan }
        let truth = (0..<data.rows).map { data.values(at: $0) }
        let scores = (0..<data.outputs).map { output in
            let mean = truth.reduce(0) { $0 + Double($1[output]) } / Double(data.rows)
            var residual = 0.0
            var total = 0.0
            for (row, prediction) in zip(truth, predicted) {
                let error = Double(row[output]) - Double(prediction[output])
                let spread = Double(row[output]) - mean
                residual += error * error
                total += spread * spread
            }
            return total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0
        }
        return scores.reduce(0, +) / Double(scores.count)
    }

    /// What ``fit(_:classMap:cancellation:)`` judges an epoch by on the validation rows.
    func validationScore(_ data: Dataset, classMap: ClassMap) throws -> Double {
        network.shape.output == .identity
            ? try determination(data, cancellation: nil)
            : try accuracy(data, classMap: classMap, cancellation: nil)
    }
}
