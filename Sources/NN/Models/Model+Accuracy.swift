extension Model {
    /// - Throws: ``NNError/featureCount(expected:got:)`` unless `data` has the network's features.
    func checkFeatures(_ data: Dataset) throws {
        let expected = network.shape.widths[0]
        guard data.columns == expected else {
            throw NNError.featureCount(expected: expected, got: data.columns)
        }
    }

    /// The share of rows whose class is predicted rightly.
    func accuracy(
        _ data: Dataset, classMap: ClassMap, cancellation: CancellationToken?
    ) throws -> Double {
        var right = 0
        try classes(data, classMap: classMap, cancellation: cancellation) {
            best, workspace, _, count in
            for row in 0..<count where best[row] == workspace.labels.pointer[row] { right += 1 }
        }
        return Double(right) / Double(data.rows)
    }
}
