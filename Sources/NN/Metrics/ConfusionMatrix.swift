/// The weights of rows by their true and their predicted class.
struct ConfusionMatrix {
    /// Shape [true][predicted].
    private var counts: [[Double]]
    /// Whether a class is the true one of a row, and whether it is predicted for one.
    private var isTrue: [Bool]
    private var isPredicted: [Bool]

    init(_ predictions: ClassPredictions) {
        let count = predictions.labels.count
        counts = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        isTrue = [Bool](repeating: false, count: count)
        isPredicted = isTrue
        for row in 0..<predictions.rows {
            let (truth, predicted) = (
                Int(predictions.truth[row]), Int(predictions.predicted[row])
            )
            counts[truth][predicted] += predictions.weight(row)
            isTrue[truth] = true
            isPredicted[predicted] = true
        }
    }

    /// The matrix with its classes in ascending order.
    func inOrder(of labels: [ClassLabel]) -> [[Double]] {
        let order = labels.indices.sorted { labels[$0] < labels[$1] }
        return order.map { row in order.map { counts[row][$0] } }
    }

    func value(of metric: ClassificationMetric) -> Double {
        switch metric {
        case .accuracy: accuracy
        case .balancedAccuracy: balancedAccuracy
        case .f1: f1(1)
        case .f1Macro: macro(f1)
        case .f1Weighted: weighted(f1)
        case .precision: precision(1)
        case .precisionMacro: macro(precision)
        case .precisionWeighted: weighted(precision)
        case .recall: recall(1)
        case .recallMacro: macro(recall)
        case .recallWeighted: weighted(recall)
        default: preconditionFailure("\(metric) does not follow from counts")
        }
    }

    private var accuracy: Double {
        let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        return right / counts.joined().reduce(0, +)
    }

    /// Edge cases: predicted classes without a row do not count, as in scikit-learn.
    private var balancedAccuracy: Double {
        let recalls = counts.indices.filter { support($0) > 0 }.map { recall($0) }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    /// Edge cases: 0 where the class is never predicted.
    private func precision(_ label: Int) -> Double {
        share(counts[label][label], of: predictedWeight(label))
    }

    /// Edge cases: 0 where the class has no row.
    private func recall(_ label: Int) -> Double {
        share(counts[label][label], of: support(label))
    }

    /// Edge cases: 0 where the class neither has a row nor is predicted.
    private func f1(_ label: Int) -> Double {
        share(2 * counts[label][label], of: support(label) + predictedWeight(label))
    }

    private func macro(_ value: (Int) -> Double) -> Double {
        let present = counts.indices.filter { isTrue[$0] || isPredicted[$0] }
        return present.reduce(0) { $0 + value($1) } / Double(present.count)
    }

    private func weighted(_ value: (Int) -> Double) -> Double {
        let total = counts.joined().reduce(0, +)
        return counts.indices.reduce(0) { $0 + support($1) * value($1) } / total
    }

    private func support(_ label: Int) -> Double { counts[label].reduce(0, +) }

    private func predictedWeight(_ label: Int) -> Double {
        counts.reduce(0) { $0 + $1[label] }
    }

    private func share(_ part: Double, of whole: Double) -> Double { whole > 0 ? part / whole : 0 }
}
