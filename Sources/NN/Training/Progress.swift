/// Whether training is still getting anywhere.
struct Progress: Codable {
    /// Rows trained on since the first epoch.
    var rowsSeen = 0
    var epochsWithoutProgress = 0
    private(set) var bestLoss = Double.infinity
    private(set) var bestScore = -Double.infinity

    /// Whether what was counted lies in that range.
    func isWithin(_ counts: ClosedRange<Int>) -> Bool {
        counts.contains(rowsSeen) && counts.contains(epochsWithoutProgress)
    }

    /// Counts an epoch by its loss.
    ///
    /// Edge cases: an epoch whose loss is NaN counts as progress, as in scikit-learn.
    mutating func update(loss: Double, tol: Double) {
        epochsWithoutProgress = loss > bestLoss - tol ? epochsWithoutProgress + 1 : 0
        if loss < bestLoss { bestLoss = loss }
    }

    /// Counts an epoch by its score on the validation rows.
    ///
    /// - Returns: whether the score is the best so far.
    mutating func update(score: Double, tol: Double) -> Bool {
        epochsWithoutProgress = score < bestScore + tol ? epochsWithoutProgress + 1 : 0
        guard score > bestScore else { return false }
        bestScore = score
        return true
    }
}
