/// Means and standard deviations by which features are shifted and scaled.
struct FeatureScaling: Sendable {
    let means: [Double]
    /// Of the population; 1 where it is 0, so that a feature that never changes becomes 0.
    let deviations: [Double]

    /// Those of rows of features.
    ///
    /// - Parameter value: the feature at a row and a column.
    /// - Complexity: O(rows · columns).
    init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Float) {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns { sums[column] += Double(value(row, column)) }
        }
        let means = sums.map { $0 / Double(rows) }
        var squares = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let centred = Double(value(row, column)) - means[column]
                squares[column] += centred * centred
            }
        }
        self.means = means
        deviations = squares.map { ($0 / Double(rows)).squareRoot() }.map { $0 == 0 ? 1 : $0 }
    }

    /// A feature of that column, shifted and scaled.
    func scaled(_ value: Float, _ column: Int) -> Float {
        Float((Double(value) - means[column]) / deviations[column])
    }
}
