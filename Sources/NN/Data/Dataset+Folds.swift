extension Dataset {
    /// The rows at the given positions, in their order; a position may occur more than once.
    ///
    /// - Parameter positions: from 0 to `rows − 1`, at least one.
    /// - Throws: ``DatasetError/invalid(name:expected:got:)``.
    public func subset(rows positions: [Int]) throws -> Dataset {
        guard !positions.isEmpty else {
            throw DatasetError.invalid(name: "subset", expected: "at least one row", got: "none")
        }
        if let bad = positions.firstIndex(where: { !(0..<rows).contains($0) }) {
            throw DatasetError.invalid(
                name: "subset[\(bad + 1)]", expected: "a row from 1 to \(rows)",
                got: "\(positions[bad] + 1)")
        }
        return try part(positions.map { UInt32($0) })
    }

    /// Parts for cross-validation: every row is in the test set of one fold and in the training sets
    /// of all others, in this data set's order.
    ///
    /// The test sets' sizes differ by at most one row.
    ///
    /// - Parameters:
    ///   - count: from 2 to the number of rows.
    ///   - seed: the same seed gives the same folds.
    ///   - stratify: whether each class's rows are spread evenly, to within one row.
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for another count, for one that exceeds
    ///   the rows of every class where those are to be stratified, or where there are no classes.
    public func folds(
        _ count: Int, seed: UInt64, stratify: Bool = false
    ) throws -> [(train: Dataset, test: Dataset)] {
        guard (2...max(2, rows)).contains(count), rows >= 2 else {
            throw DatasetError.invalid(
                name: "k", expected: "an integer from 2 to the \(rows) rows", got: "\(count)")
        }
        var order = shuffledPositions(seed: seed)
        if stratify { order = try byClass(order, count) }
        // Dealt out one by one, so that every fold gets its share of each run of one class.
        var fold = [Int](repeating: 0, count: rows)
        for (index, position) in order.enumerated() { fold[Int(position)] = index % count }
        return try (0..<count).map { number in
            let all = 0..<UInt32(rows)
            return (
                train: try part(all.filter { fold[Int($0)] != number }),
                test: try part(all.filter { fold[Int($0)] == number })
            )
        }
    }

    /// The positions with those of a class together.
    private func byClass(_ order: [UInt32], _ count: Int) throws -> [UInt32] {
        let (numbers, classes) = try strata()
        var members = [[UInt32]](repeating: [], count: classes)
        for position in order { members[numbers[Int(position)]].append(position) }
        let largest = members.map(\.count).max() ?? 0
        guard count <= largest else {
            throw DatasetError.invalid(
                name: "k", expected: "at most \(largest), the rows of the largest class",
                got: "\(count)")
        }
        return Array(members.joined())
    }
}
