extension Dataset {
    /// A new data set whose features have mean 0 and standard deviation 1.
    ///
    /// Edge cases: a feature that never changes is only shifted to 0.
    ///
    /// - Parameter reference: the data set whose means and deviations to use; by default this one.
    ///   A test set is standardised from its training set.
    /// - Throws: ``NNError/featureCount(expected:got:)`` when the reference has other features,
    ///   ``OutOfMemory``.
    public func standardized(from reference: Dataset? = nil) throws -> Dataset {
        let reference = reference ?? self
        guard reference.columns == columns else {
            throw NNError.featureCount(expected: reference.columns, got: columns)
        }
        let (means, scales) = reference.columnStatistics()
        let columns = columns
        let scaled = try FeatureStorage(rows: rows, columns: columns) { values in
            for row in 0..<rows {
                let stored = selection[row]
                for column in 0..<columns {
                    let centred = Double(features[stored, column]) - means[column]
                    values[row * columns + column] = Float(centred / scales[column])
                }
            }
        }
        return try Dataset(
            name: name, features: scaled, targets: selectedTargets(), layout: layout)
    }

    /// Mean and population standard deviation of every feature, the latter 1 where it is 0.
    private func columnStatistics() -> (means: [Double], deviations: [Double]) {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            let stored = selection[row]
            for column in 0..<columns { sums[column] += Double(features[stored, column]) }
        }
        let means = sums.map { $0 / Double(rows) }
        var squares = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            let stored = selection[row]
            for column in 0..<columns {
                let centred = Double(features[stored, column]) - means[column]
                squares[column] += centred * centred
            }
        }
        let deviations = squares.map { ($0 / Double(rows)).squareRoot() }
        return (means, deviations.map { $0 == 0 ? 1 : $0 })
    }

    /// The targets of this view's rows alone, in its order.
    private func selectedTargets() -> Targets {
        switch targets {
        case .classes(let numbers, let labels):
            .classes((0..<rows).map { numbers[selection[$0]] }, labels: labels)
        case .values(_, let outputs):
            .values((0..<rows).flatMap { values(at: $0) }, outputs: outputs)
        }
    }
}
