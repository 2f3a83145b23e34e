/// The two ends of one objective's costs.
struct CostRange {
    let least: Double
    let greatest: Double

    /// A cost as a share of the range, 0 best and 1 worst, and 1 beyond it; 0 where all costs are
    /// equal, since they then tell nothing.
    ///
    /// Edge cases: a range beyond the largest `Double` is halved first. Monotone in the cost, also
    /// after rounding.
    func share(_ cost: Double) -> Double {
        let range = greatest - least
        guard range > 0 else { return 0 }
        guard cost < greatest else { return 1 }
        return range.isFinite
            ? (cost - least) / range : (cost / 2 - least / 2) / (greatest / 2 - least / 2)
    }
}
