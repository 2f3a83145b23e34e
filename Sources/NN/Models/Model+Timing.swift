extension Model {
    /// The seconds it takes to predict all rows of `data`.
    ///
    /// Blocks of rows spread evenly over the data set, since images of one kind often lie together,
    /// are timed one by one: after a warm-up five times each, of which the median counts. A block
    /// takes some microseconds, so that an interruption falls on few of them and a median loses it.
    /// What the blocks take together is scaled to all rows.
    ///
    /// The sample costs about a thirtieth of an epoch.
    ///
    /// - Throws: `CancellationError`.
    func timePrediction(_ data: Dataset, cancellation: CancellationToken?) throws -> Double {
        let blocks = try sample(data)
        let clock = ContinuousClock()
        var times = [[Duration]](repeating: [], count: blocks.count)
        for run in 0...5 {
            for (index, block) in blocks.enumerated() {
                let time = try clock.measure {
                    try classes(block, classMap: .none, cancellation: cancellation) { _, _, _, _ in
                    }
                }
                if run > 0 { times[index].append(time) }
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let rows = blocks.reduce(0) { $0 + $1.rows }
        return medians.reduce(.zero, +) / .seconds(1) * Double(data.rows) / Double(rows)
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
