internal import Platform

extension Dataset {
    /// The weights of the rows in training, in their order; nil where all are 1.
    ///
    /// - Parameters:
    ///   - sample: one for each row, finite and at least 0, not all 0.
    ///   - classes: multiplies the weights by those of the rows' classes. Only the classes that have
    ///     rows in this data set count for ``ClassWeight/balanced``.
    /// - Throws: ``NNError``.
    func rowWeights(sample: [Double]?, classes: ClassWeight? = nil) throws -> [Float]? {
        guard sample != nil || classes != nil else { return nil }
        let charge = MemoryCharge()
        try charge.add(16 * rows, purpose: "the weights of \(rows) rows")
        if let sample { try check(sample) }
        let byClass = try classes.map { try weights($0) }
        return (0..<rows).map { row in
            var weight = sample?[row] ?? 1
            if let byClass, case .classes(let numbers, _) = targets {
                weight *= byClass[Int(numbers[selection[row]])]
            }
            return Float(weight)
        }
    }

    private func check(_ weights: [Double]) throws {
        func invalid(_ expected: String, _ got: String) -> NNError {
            .invalidOption(name: "sample_weight", expected: expected, got: got)
        }
        guard weights.count == rows else {
            throw invalid("\(rows) numbers, one for each row", "\(weights.count)")
        }
        if let bad = weights.firstIndex(where: { !($0 >= 0 && Float($0).isFinite) }) {
            throw invalid("finite numbers of at least 0", "\(weights[bad]) for row \(bad + 1)")
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw invalid("at least one number above 0", "none")
        }
    }

    /// By class, as its number in the targets.
    private func weights(_ weight: ClassWeight) throws -> [Double] {
        guard case .classes(let numbers, let labels) = targets else { throw NNError.needsClasses }
        switch weight {
        case .balanced:
            var counts = [Int](repeating: 0, count: labels.count)
            for row in 0..<rows { counts[Int(numbers[selection[row]])] += 1 }
            let present = counts.count { $0 > 0 }
            return counts.map { $0 > 0 ? Double(rows) / Double(present * $0) : 0 }
        case .table(let table):
            if let unknown = table.keys.sorted().first(where: { !labels.contains($0) }) {
                throw NNError.invalidOption(
                    name: "class_weight",
                    expected: "classes of the data set, "
                        + labels.prefix(10).map(\.description).joined(separator: ", "),
                    got: unknown.description)
            }
            for (label, weight) in table where !(weight >= 0 && Float(weight).isFinite) {
                throw NNError.invalidOption(
                    name: "class_weight", expected: "finite numbers of at least 0",
                    got: "\(weight) for \(label)")
            }
            return labels.map { table[$0] ?? 1 }
        }
    }
}
