import DeterministicMath

/// The map from excesses over constraints to what the model works with.
///
/// An excess is compressed on both sides of the bound: t = excess / unit; w = t up to 1, beyond that
/// 1 + ln t, and so below. The model sees (w − μ) / deviation, as with objectives; a constraint is
/// kept where w is at most 0.
package struct ConstraintScale: Sendable {
    /// The median size of each excess; 1 where that is 0.
    private var units: [Double] = []
    /// μ, [levels][constraints].
    package private(set) var means: [[Double]] = []
    /// The standard deviation of w − μ, [constraints].
    package private(set) var deviation: [Double] = []
    /// What is aimed at while no record is feasible: the w of the record that violates the constraints
    /// least, 0 where it keeps one; [constraints].
    package private(set) var relaxedBounds: [Double] = []

    /// The scale of the first `count` records of a history.
    ///
    /// - Complexity: O(count · constraints) expected.
    package init(_ history: ModelHistory, first count: Int) {
        let width = history.constraints
        guard width > 0 else { return }
        let records = (0..<count).filter { history.records[$0].isValid }
        units = (0..<width).map { j in
            var sizes = records.map { abs(history.excess(of: $0, j)) }
            let unit = sizes.isEmpty ? 1 : Selection.median(of: &sizes)
            return unit > 0 && unit.isFinite ? unit : 1
        }
        var warped = [Double](repeating: 0, count: count * width)
        for record in records {
            for j in 0..<width { warped[record * width + j] = self.warped(record, j, in: history) }
        }
        means = ObjectiveScale.meanCurve(
            history, records: records, warped: warped, width: width)
        deviation = ObjectiveScale.deviations(
            history, records: records, warped: warped, around: means)
        let closest = records.min {
            violation(of: $0, in: history) < violation(of: $1, in: history)
        }
        relaxedBounds = (0..<width).map { j in
            closest.map { max(0, warped[$0 * width + j]) } ?? 0
        }
    }

    /// The value of a record that the model is trained with.
    package func value(of record: Int, _ constraint: Int, in history: ModelHistory) -> Double {
        let mean = means[history.records[record].level][constraint]
        return (warped(record, constraint, in: history) - mean) / deviation[constraint]
    }

    /// How much a record violates all constraints together; 0 where it keeps them.
    package func violation(of record: Int, in history: ModelHistory) -> Double {
        units.indices.reduce(0) { $0 + max(0, warped(record, $1, in: history)) }
    }

    /// w of a record; an invalid one is as far beyond as most are from the bound.
    private func warped(_ record: Int, _ constraint: Int, in history: ModelHistory) -> Double {
        guard history.records[record].isValid else { return 1 }
        let t = history.excess(of: record, constraint) / units[constraint]
        let size = min(abs(t), 1e100)
        let w = size < 1 ? size : 1 + Elementary.log(size)
        return t < 0 ? -w : w
    }
}
