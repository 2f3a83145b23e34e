internal import Platform

/// What a classifier predicts for rows whose classes are known, for metrics.
///
/// - Invariant: one element, or one row of `probabilities`, for each row.
package struct ClassPredictions: Sendable {
    /// The classes the network knows, and after them those of the data that it does not.
    package let labels: [ClassLabel]
    /// How many of the labels the network knows, at least 2.
    package let known: Int
    /// The true classes, as positions in `labels`.
    package var truth: [Int32] = []
    /// The predicted classes, below `known`.
    package var predicted: [Int32] = []
    /// Shape [rows][`known`], for two classes [rows][1] with the second's.
    package var probabilities: [Float] = []
    /// The rows' weights; nil where all are 1.
    package var weights: [Float]?
    /// Whether the network's outputs are finite in every row.
    package var areFinite = true

    /// No rows yet.
    package init(labels: [ClassLabel], known: Int) {
        self.labels = labels
        self.known = known
    }

    /// Rows so far.
    package var rows: Int { truth.count }

    var isBinary: Bool { known == 2 }

    /// The probability of a class in a row; 0 for a class the network does not know.
    func probability(_ row: Int, _ label: Int) -> Double {
        guard label < known else { return 0 }
        guard isBinary else { return Double(probabilities[row * known + label]) }
        let positive = probabilities[row]
        return Double(label == 1 ? positive : 1 - positive)
    }

    func weight(_ row: Int) -> Double { weights.map { Double($0[row]) } ?? 1 }

    /// The weighted mean over the rows.
    func mean(_ value: (_ row: Int) -> Double) -> Double {
        var (sum, total) = (0.0, 0.0)
        for row in 0..<rows {
            sum += weight(row) * value(row)
            total += weight(row)
        }
        return sum / total
    }
}

extension ClassPredictions {
    /// - Precondition: the metric does not need two classes where there are more.
    package func value(of metric: ClassificationMetric) -> MetricValue {
        guard areFinite else { return .number(.nan) }
        switch metric {
        case .confusion: return .matrix(ConfusionMatrix(self).inOrder(of: labels))
        case .areaUnderROC: return .number(oneAgainstRest { $0.areaUnderROC })
        case .averagePrecision: return .number(oneAgainstRest { $0.averagePrecision })
        case .logLoss: return .number(logLoss)
        case .brier: return .number(brier)
        case .calibrationError: return .number(calibrationError)
        default: return .number(ConfusionMatrix(self).value(of: metric))
        }
    }

    /// For two classes the value for the positive one, else the mean over all.
    private func oneAgainstRest(_ value: (Ranking) -> Double) -> Double {
        guard !isBinary else { return value(Ranking(self, positive: 1)) }
        let values = (0..<known).map { value(Ranking(self, positive: $0)) }
        return values.reduce(0, +) / Double(known)
    }

    /// Probabilities are kept off 0 and 1 by single precision's ε.
    private var logLoss: Double {
        let (low, high) = (Double(Float.ulpOfOne), Double(1 - Float.ulpOfOne))
        return mean { row in
            -log(min(max(probability(row, Int(truth[row])), low), high))
        }
    }

    private var brier: Double {
        guard labels.count > 2 else {
            return mean { row in
                let error = probability(row, 1) - Double(truth[row])
                return error * error
            }
        }
        return mean { row in
            labels.indices.reduce(0) { sum, label in
                let error = probability(row, label) - (Int(truth[row]) == label ? 1 : 0)
                return sum + error * error
            }
        }
    }

    private var calibrationError: Double {
        let bins = 15
        var gaps = [Double](repeating: 0, count: bins)
        var total = 0.0
        for row in 0..<rows {
            let confidence = probability(row, Int(predicted[row]))
            let bin = min(max(Int((confidence * Double(bins)).rounded(.up)) - 1, 0), bins - 1)
            let isRight = predicted[row] == truth[row]
            gaps[bin] += weight(row) * ((isRight ? 1 : 0) - confidence)
            total += weight(row)
        }
        return gaps.reduce(0) { $0 + abs($1) } / total
    }
}
