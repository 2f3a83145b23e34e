extension Model {
    /// The seconds it takes to predict all rows of `data`.
    ///
    /// Rows past the sample are taken to cost as much as those in it, so the sample consists of
    /// blocks spread evenly over the data set: images of one kind often lie together.
    ///
    /// - Throws: `CancellationError`.
    func timePrediction(_ data: Dataset, cancellation: CancellationToken?) throws -> Double {
        let clock = ContinuousClock()
        let sample = try data.subset(0..<min(data.rows, 2048))
        var times: [Duration] = []
        for run in 0..<6 {
            let time = try clock.measure {
                try classes(sample, classMap: .none, cancellation: cancellation) { _, _, _, _ in }
            }
            if run > 0 { times.append(time) }
        }
        let median = times.sorted()[times.count / 2]
        return median / .seconds(1) * Double(data.rows) / Double(sample.rows)
    }
}
