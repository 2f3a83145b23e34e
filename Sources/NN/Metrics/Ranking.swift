/// Rows in descending order of the probability of one class.
///
/// Rows of equal probability count as one step.
struct Ranking {
    /// What the rows down to one probability weigh together.
    private struct Step {
        var positives: Double
        var negatives: Double
    }

    /// The sums so far, step by step.
    private var steps: [Step] = []
    private var hasPositives = false
    private var hasNegatives = false

    /// - Parameter positive: the class, as a position in the labels.
    /// - Complexity: O(rows · log rows).
    init(_ predictions: ClassPredictions, positive: Int) {
        let scores = (0..<predictions.rows).map { predictions.probability($0, positive) }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var sums = Step(positives: 0, negatives: 0)
        for (index, row) in order.enumerated() {
            if Int(predictions.truth[row]) == positive {
                sums.positives += predictions.weight(row)
                hasPositives = true
            } else {
                sums.negatives += predictions.weight(row)
                hasNegatives = true
            }
            let isLast = index + 1 == order.count
            if isLast || scores[order[index + 1]] != scores[row] { steps.append(sums) }
        }
    }

    /// The area under the curve of the true against the false positives' rate, by trapezoids.
    ///
    /// Edge cases: NaN where all rows are of one kind.
    var areaUnderROC: Double {
        guard hasPositives, hasNegatives, let last = steps.last else { return .nan }
        var area = 0.0
        var previous = Step(positives: 0, negatives: 0)
        for step in steps {
            area +=
                (step.negatives - previous.negatives) * (step.positives + previous.positives) / 2
            previous = step
        }
        return area / (last.positives * last.negatives)
    }

    /// The mean of the precisions, each with the recall that its step adds.
    ///
    /// Edge cases: 0 where no row is positive.
    var averagePrecision: Double {
        guard let last = steps.last, last.positives > 0 else { return 0 }
        var sum = 0.0
        var positives = 0.0
        for step in steps where step.positives + step.negatives > 0 {
            sum += (step.positives - positives) * step.positives / (step.positives + step.negatives)
            positives = step.positives
        }
        return sum / last.positives
    }
}
