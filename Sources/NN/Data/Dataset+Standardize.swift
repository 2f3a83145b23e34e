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
        let scaling = FeatureScaling(rows: reference.rows, columns: columns) {
            reference.features[reference.selection[$0], $1]
        }
        let columns = columns
        let scaled = try FeatureStorage(rows: rows, columns: columns) { values in
            for row in 0..<rows {
                let stored = selection[row]
                for column in 0..<columns {
                    values[row * columns + column] = scaling.scaled(
                        features[stored, column], column)
                }
            }
        }
        return try Dataset(
            name: name, features: scaled, targets: selectedTargets(), layout: layout)
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
