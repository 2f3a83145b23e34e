/// The map of costs to 0…1 in a rung, kept up to date point by point.
///
/// Of each objective the least cost is mapped to 0 and the worst that is no outlier to 1
/// (`OutlierLimit`); what lies beyond counts as 1 as well. Without outliers the greatest cost is mapped
/// to 1.
///
/// - Complexity: O(objectives · log n) a point, for n of them.
struct CostScale: Sendable {
    /// The two ends of the scale.
    private(set) var bounds: CostBounds
    /// Of each objective all costs; empty where no cost is an outlier.
    private var values: [SortedValues]

    /// - Parameter hasOutliers: whether a cost may be one.
    init(objectives: Int, hasOutliers: Bool) {
        bounds = CostBounds(objectives: objectives)
        values = hasOutliers ? Array(repeating: SortedValues(), count: objectives) : []
    }

    /// Takes in a valid point; says whether the map changed.
    mutating func include(_ costs: ArraySlice<Double>) -> Bool {
        guard !values.isEmpty else { return bounds.include(costs) }
        var changed = false
        for (objective, cost) in zip(values.indices, costs) {
            values[objective].insert(cost)
            let ends = Self.ends(of: values[objective])
            if bounds.set(objective, least: ends.least, greatest: ends.greatest) { changed = true }
        }
        return changed
    }

    private static func ends(of values: SortedValues) -> (least: Double, greatest: Double) {
        guard let least = values.least, let greatest = values.greatest else { return (0, 0) }
        let limit = OutlierLimit(best: least, median: values.median)
        // As a rule nothing is beyond, and nothing need be searched.
        guard !limit.admits(greatest) else { return (least, greatest) }
        return (least, values.greatest { limit.admits($0) } ?? least)
    }
}
