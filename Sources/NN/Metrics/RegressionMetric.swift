/// What a regressor can be judged by; names and meanings are scikit-learn's.
///
/// Of several outputs all but `max_error` are the mean over the outputs. Of a network with an output
/// that is not finite every metric is NaN.
public enum RegressionMetric: String, CaseIterable, Sendable {
    /// The coefficient of determination.
    case determination = "r2"
    case meanAbsoluteError = "mae"
    case meanSquaredError = "mse"
    case rootMeanSquaredError = "rmse"
    /// The largest error of one row; rows' weights do not change it.
    case largestError = "max_error"
}

/// What a regressor predicts for rows whose values are known, for metrics.
package struct NumberPredictions: Sendable {
    /// Numbers to predict for each row, at least 1.
    package let outputs: Int
    /// Shape [rows][outputs].
    package var truth: [Float] = []
    /// Shape [rows][outputs].
    package var predicted: [Float] = []
    /// The rows' weights; nil where all are 1.
    package var weights: [Float]?

    /// No rows yet.
    package init(outputs: Int) { self.outputs = outputs }

    /// Rows so far.
    package var rows: Int { truth.count / outputs }

    /// What the metric gives for these rows; NaN where a prediction is not finite.
    package func value(of metric: RegressionMetric) -> Double {
        guard predicted.allSatisfy(\.isFinite) else { return .nan }
        switch metric {
        case .determination: return rows < 2 ? .nan : meanOverOutputs(determination)
        case .meanAbsoluteError:
            return meanOverOutputs { output in mean { abs(error($0, output)) } }
        case .meanSquaredError: return meanOverOutputs(squaredError)
        case .rootMeanSquaredError:
            return meanOverOutputs { squaredError($0).squareRoot() }
        case .largestError:
            return truth.indices.reduce(0) {
                max($0, abs(Double(truth[$1]) - Double(predicted[$1])))
            }
        }
    }

    /// 1 at best, 0 for a constant guess of the mean.
    ///
    /// Edge cases: an output whose true value never changes counts 1 if it is met exactly, else 0.
    private func determination(_ output: Int) -> Double {
        let centre = mean { Double(truth[$0 * outputs + output]) }
        let spread = mean { row in
            let distance = Double(truth[row * outputs + output]) - centre
            return distance * distance
        }
        let residual = squaredError(output)
        return spread > 0 ? 1 - residual / spread : residual == 0 ? 1 : 0
    }

    private func squaredError(_ output: Int) -> Double {
        mean { row in
            let error = error(row, output)
            return error * error
        }
    }

    private func error(_ row: Int, _ output: Int) -> Double {
        Double(truth[row * outputs + output]) - Double(predicted[row * outputs + output])
    }

    private func meanOverOutputs(_ value: (_ output: Int) -> Double) -> Double {
        (0..<outputs).reduce(0) { $0 + value($1) } / Double(outputs)
    }

    private func mean(_ value: (_ row: Int) -> Double) -> Double {
        var (sum, total) = (0.0, 0.0)
        for row in 0..<rows {
            let weight = weights.map { Double($0[row]) } ?? 1
            sum += weight * value(row)
            total += weight
        }
        return sum / total
    }
}
