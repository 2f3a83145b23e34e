import DeterministicMath

/// The map from costs to what the model works with, and back.
///
/// A cost is z = (cost − lowest) / span, so that 0 is the best seen and 1 the median. Above 1 it is
/// compressed: w = 1 + ln z. The mean curve μ says what w is on average at each level, and the
/// model sees (w − μ) / deviation.
package struct ObjectiveScale: Sendable {
    /// The least valid cost of each objective.
    package private(set) var lowest: [Double]
    /// The distance from there to the median; 1 where that is 0.
    package private(set) var span: [Double]
    /// μ, [levels][objectives].
    package private(set) var means: [[Double]]
    /// The standard deviation of w − μ, [objectives].
    package private(set) var deviation: [Double]
    /// z of each objective where the gain is 0, positive.
    package private(set) var reference: [Double]

    /// The scale of the first `count` records of a history, at least one of them valid.
    ///
    /// - Complexity: O(count · objectives) expected.
    package init(_ history: ModelHistory, first count: Int, referenceQuantile: Double) {
        let objectives = history.objectives
        let records = (0..<count).filter { history.records[$0].isValid }
        (lowest, span) = ([], [])
        for objective in 0..<objectives {
            var values = records.map { history.cost(of: $0, objective) }
            let low = values.min() ?? 0
            let span = Selection.median(of: &values) - low
            lowest.append(low)
            self.span.append(span > 0 && span.isFinite ? span : 1)
        }
        (means, deviation, reference) = ([], [], [])
        var warped = [Double](repeating: 0, count: count * objectives)
        for record in records {
            for objective in 0..<objectives {
                warped[record * objectives + objective] =
                    warp(history.cost(of: record, objective), objective)
            }
        }
        means = Self.meanCurve(history, records: records, warped: warped, width: objectives)
        deviation = Self.deviations(
            history, records: records, warped: warped, around: means)
        reference = references(history, records, quantile: referenceQuantile)
    }

    /// A cost as the model sees it before the mean curve is taken off.
    package func warp(_ cost: Double, _ objective: Int) -> Double {
        let z = share(cost, objective)
        return z < 1 ? z : 1 + Elementary.log(z)
    }

    /// z of a cost; finite for a finite cost.
    package func share(_ cost: Double, _ objective: Int) -> Double {
        min(max((cost - lowest[objective]) / span[objective], -1e100), 1e100)
    }

    /// The cost that a warped value stands for.
    package func cost(warped w: Double, _ objective: Int) -> Double {
        lowest[objective] + span[objective] * share(warped: w)
    }

    /// The gain of a warped value: 1 at the best cost seen, 0 from the reference on.
    package func gain(warped w: Double, _ objective: Int) -> Double {
        max(0, 1 - share(warped: w) / reference[objective])
    }

    /// z of a warped value.
    private func share(warped w: Double) -> Double {
        w < 1 ? w : Elementary.exp(min(w - 1, 20))
    }

    /// What an invalid record counts as: the reference.
    package func warpedReference(_ objective: Int) -> Double {
        let z = reference[objective]
        return z < 1 ? z : 1 + Elementary.log(z)
    }

    /// The value of a record that the model is trained with.
    package func value(of record: Int, _ objective: Int, in history: ModelHistory) -> Double {
        let (w, level) = (warped(record, objective, in: history), history.records[record].level)
        return (w - means[level][objective]) / deviation[objective]
    }

    /// w of a record.
    package func warped(_ record: Int, _ objective: Int, in history: ModelHistory) -> Double {
        history.records[record].isValid
            ? warp(history.cost(of: record, objective), objective) : warpedReference(objective)
    }

    /// The gain of a record in each objective: 1 at the best cost seen, 0 from the reference on.
    package func gains(of record: Int, in history: ModelHistory) -> [Double] {
        (0..<history.objectives).map {
            max(0, 1 - share(history.cost(of: record, $0), $0) / reference[$0])
        }
    }

    /// The mean at the lowest level that has records, and from there the mean steps of the trials
    /// that took them, drawn towards the step before.
    ///
    /// - Parameters:
    ///   - records: which count.
    ///   - warped: values of all records, [records][width].
    /// - Returns: shape [levels][width].
    static func meanCurve(
        _ history: ModelHistory, records: [Int], warped: [Double], width objectives: Int
    ) -> [[Double]] {
        let levels = history.levels.count
        var steps = [Double](repeating: 0, count: levels * objectives)
        var counts = [Int](repeating: 0, count: levels)
        let lowest = records.map { history.records[$0].level }.min() ?? 0
        var first = (sum: [Double](repeating: 0, count: objectives), count: 0)
        for number in records {
            let record = history.records[number]
            if record.level == lowest {
                for j in 0..<objectives { first.sum[j] += warped[number * objectives + j] }
                first.count += 1
            }
            guard let previous = record.previous, history.records[previous].isValid,
                history.records[previous].level == record.level - 1
            else { continue }
            counts[record.level] += 1
            for j in 0..<objectives {
                steps[record.level * objectives + j] +=
                    warped[number * objectives + j] - warped[previous * objectives + j]
            }
        }
        let start = first.sum.map { $0 / Double(max(1, first.count)) }
        var means = [[Double]](repeating: start, count: levels)
        var step = [Double](repeating: 0, count: objectives)
        for level in 1..<max(1, levels) {
            for j in 0..<objectives {
                step[j] =
                    (steps[level * objectives + j] + 0.7 * step[j]) / Double(counts[level] + 1)
                means[level][j] = level > lowest ? means[level - 1][j] + step[j] : start[j]
            }
        }
        return means
    }

    /// The standard deviation of `warped` around the mean curve `means`, [width].
    static func deviations(
        _ history: ModelHistory, records: [Int], warped: [Double], around means: [[Double]]
    ) -> [Double] {
        let width = means.first?.count ?? 0
        return (0..<width).map { j in
            let residuals = records.map {
                warped[$0 * width + j] - means[history.records[$0].level][j]
            }
            let count = Double(max(1, records.count))
            let mean = residuals.reduce(0, +) / count
            let squares = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares / count).squareRoot() + 1e-9
        }
    }

    /// In each objective the greatest quantile of a level with at least 3 records, as z; of all
    /// records where there is no such level.
    private func references(
        _ history: ModelHistory, _ records: [Int], quantile: Double
    ) -> [Double] {
        var groups = [[Int]](repeating: [], count: history.levels.count)
        for record in records { groups[history.records[record].level].append(record) }
        groups.removeAll { $0.count < 3 }
        if groups.isEmpty { groups = [records] }
        return (0..<history.objectives).map { j in
            let greatest = groups.map { group in
                var values = group.map { history.cost(of: $0, j) }
                return values.isEmpty ? 0 : Selection.quantile(quantile, of: &values)
            }
            .max()
            let z = greatest.map { share($0, j) } ?? 1
            return z > 0 && z.isFinite ? z : 1
        }
    }
}

extension ModelHistory {
    /// One cost of a record.
    package func cost(of record: Int, _ objective: Int) -> Double {
        costs(of: record)[record * objectives + objective]
    }
}
