internal import Platform

extension Model {
    /// The seconds it takes to predict all rows of `data`, see ``MinimumTiming``.
    ///
    /// Blocks of rows spread evenly over the data set, since images of one kind often lie together,
    /// are timed one by one, and what they take together is scaled to all rows. A block takes some
    /// microseconds, so that an interruption falls on few of them.
    ///
    /// Five rounds of the blocks, as on a quiet machine, cost a thirtieth of an epoch on 60,000 rows,
    /// the most that are made about a third.
    ///
    /// - Throws: `CancellationError`, ``OutOfMemory``.
    func timePrediction(_ data: Dataset, cancellation: CancellationToken?) throws -> Double {
        let blocks = try sample(data)
        let reference = try ReferenceWork.shared(kindOfWork(data))
        let clock = ContinuousClock()
        func time(_ index: Int) throws -> Duration {
            try clock.measure {
                try classes(blocks[index], classMap: .none, cancellation: cancellation) {
                    _, _ in
                }
            }
        }
        let total = try MinimumTiming.total(
            of: blocks.count, speedReference: reference.speed, pause: { usleep(80_000) },
            measureSpeedReference: reference.time, measure: time)
        let rows = blocks.reduce(0) { $0 + $1.rows }
        return total / .seconds(1) * Double(data.rows) / Double(rows)
    }

    /// What most of a prediction is: sums over inputs that are not zero, or products.
    private func kindOfWork(_ data: Dataset) -> ReferenceWork.Kind {
        guard let compressed = network.compressedRows(data.features) else { return .dense }
        let products = network.layout.layers.dropFirst().reduce(0) { $0 + $1.weightCount }
        let sums = compressed.density * Double(network.layout.layers[0].weightCount)
        return sums > Double(products) / 2 ? .sparse : .dense
    }

    /// All rows in blocks of 128, or eight such blocks evenly spaced if there are more.
    private func sample(_ data: Dataset) throws -> [Dataset] {
        let size = 128
        let count = (data.rows + size - 1) / size
        guard count > 8 else {
            return try (0..<count).map {
                try data.subset($0 * size..<min(data.rows, ($0 + 1) * size))
            }
        }
        return try (0..<8).map { index in
            let first = (data.rows - size) * index / 7
            return try data.subset(first..<first + size)
        }
    }
}
