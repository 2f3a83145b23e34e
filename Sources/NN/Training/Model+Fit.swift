extension Model {
    /// Epochs until nothing improves, at most `max_iter`.
    func fit(
        _ data: Dataset, classMap: ClassMap, cancellation: CancellationToken?
    ) throws {
        for _ in 0..<options.maxIter {
            if try epoch(data, classMap: classMap, cancellation: cancellation) { break }
        }
    }
}
