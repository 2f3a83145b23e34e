/// Which of many costs of one objective are outliers: those beyond the median and five times its
/// distance from the best, so that one diverged training does not leave the others no room.
///
/// Costs 1, 2, 3, 4 and 100 have the median 3 and the limit 3 + 5 · (3 − 1) = 13, so 4 is the worst
/// that counts. Where the median is the best, no cost is an outlier.
struct OutlierLimit {
    /// The least cost.
    let best: Double
    /// The middle one; the mean of the middle two when their number is even.
    let median: Double

    /// The limit of finite costs, at least one; reorders them. O(n) expected.
    init(of costs: inout [Double]) {
        best = costs.min() ?? 0
        median = Selection.median(of: &costs)
    }

    init(best: Double, median: Double) { (self.best, self.median) = (best, median) }

    /// Whether a cost is no outlier.
    ///
    /// Edge cases: a limit beyond the largest `Double` is compared as its eighth.
    func admits(_ cost: Double) -> Bool {
        guard median > best, median.isFinite else { return true }
        let limit = median + 5 * (median - best)
        return limit.isFinite
            ? cost <= limit : cost / 8 <= median / 8 + 5 * (median / 8 - best / 8)
    }

    /// The worst of finite costs that is no outlier, of at least one cost. O(n) expected.
    static func worst(of costs: [Double]) -> Double {
        var costs = costs
        let limit = OutlierLimit(of: &costs)
        return costs.reduce(limit.best) { limit.admits($1) ? max($0, $1) : $0 }
    }
}
