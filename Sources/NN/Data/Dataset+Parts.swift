extension Dataset {
    /// The rows of `range`, as a view.
    ///
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for an empty range or one that leaves
    ///   the data set.
    public func subset(_ range: Range<Int>) throws -> Dataset {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= rows else {
            throw DatasetError.invalid(
                name: "subset", expected: "at least one row within the \(rows) of the data set",
                got: "rows \(range.lowerBound + 1) to \(range.upperBound)")
        }
        let first = id.rows.lowerBound + range.lowerBound
        let part = ID(storage: id.storage, rows: first..<first + range.count)
        return try Dataset(self, id: part, selection: selection.slice(range))
    }

    /// Two parts in random order that together hold every row once.
    ///
    /// - Parameters:
    ///   - fraction: the first part's share of the rows, between 0 and 1.
    ///   - seed: the same seed gives the same parts.
    ///   - stratify: whether each class has the same share in both parts, to within one row.
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` when a part would be empty, or when
    ///   there are no classes to stratify by.
    public func split(
        fraction: Double, seed: UInt64, stratify: Bool = false
    ) throws -> (first: Dataset, second: Dataset) {
        guard fraction > 0, fraction < 1 else {
            throw DatasetError.invalid(
                name: "fraction", expected: "a number between 0 and 1", got: "\(fraction)")
        }
        let wanted = Int((Double(rows) * fraction).rounded())
        guard wanted > 0, wanted < rows else {
            throw DatasetError.invalid(
                name: "fraction", expected: "a share that leaves rows in both parts",
                got: "\(fraction) of \(rows)")
        }
        return try split(firstRows: wanted, seed: seed, stratify: stratify)
    }

    /// ``split(fraction:seed:stratify:)`` by the number of rows in the first part, from 1 to
    /// `rows − 1`.
    func split(
        firstRows: Int, seed: UInt64, stratify: Bool
    ) throws -> (first: Dataset, second: Dataset) {
        let (first, second) = try splitPositions(
            firstRows: firstRows, seed: seed, stratify: stratify)
        return (try part(first), try part(second))
    }

    /// The positions of the rows of the parts.
    func splitPositions(
        firstRows: Int, seed: UInt64, stratify: Bool
    ) throws -> (first: [UInt32], second: [UInt32]) {
        var order = shuffledPositions(seed: seed)
        if stratify { order = try stratified(order, first: firstRows) }
        return (Array(order[..<firstRows]), Array(order[firstRows...]))
    }

    /// The positions of this data set's rows in random order.
    func shuffledPositions(seed: UInt64) -> [UInt32] {
        var random = RandomGenerator(seed: seed)
        return [UInt32](unsafeUninitializedCapacity: rows) { buffer, count in
            let all = UnsafeMutableBufferPointer(start: buffer.baseAddress, count: rows)
            for index in 0..<rows { all[index] = UInt32(index) }
            random.shuffle(all)
            count = rows
        }
    }

    /// The class of each row, as a number below the count of the classes, and that count.
    ///
    /// - Throws: ``DatasetError/invalid(name:expected:got:)`` for regression.
    func strata() throws -> (numbers: [Int], count: Int) {
        guard case .classes(let numbers, let labels) = targets else {
            throw DatasetError.invalid(
                name: "stratify", expected: "a data set with classes",
                got: "one with numbers to predict")
        }
        return ((0..<rows).map { Int(numbers[selection[$0]]) }, labels.count)
    }

    /// Reorders rows so that the first `first` hold of every class its share, the places left over
    /// by rounding going to the classes with the largest remainders.
    private func stratified(_ order: [UInt32], first: Int) throws -> [UInt32] {
        let (numbers, count) = try strata()
        var members = [[UInt32]](repeating: [], count: count)
        for row in order { members[numbers[Int(row)]].append(row) }
        let shares = members.map { Double($0.count) * Double(first) / Double(order.count) }
        var quotas = shares.map { Int($0) }
        let byRemainder = shares.indices.sorted {
            (Double(quotas[$1]) - shares[$1], $0) > (Double(quotas[$0]) - shares[$0], $1)
        }
        for index in byRemainder.prefix(first - quotas.reduce(0, +)) { quotas[index] += 1 }
        var taken = [Int](repeating: 0, count: count)
        var head: [UInt32] = []
        var tail: [UInt32] = []
        for row in order {
            let label = numbers[Int(row)]
            taken[label] += 1
            if taken[label] <= quotas[label] { head.append(row) } else { tail.append(row) }
        }
        return head + tail
    }

    /// The rows at the given positions, in their order; a position may occur more than once.
    func part(_ positions: [UInt32]) throws -> Dataset {
        let id = ID(storage: Self.newIdentity(), rows: 0..<positions.count)
        let list = [UInt32](unsafeUninitializedCapacity: positions.count) { buffer, count in
            positions.withUnsafeBufferPointer {
                if let start = buffer.baseAddress { selection.write(at: $0, to: start) }
            }
            count = positions.count
        }
        return try Dataset(self, id: id, selection: .list(list))
    }
}
