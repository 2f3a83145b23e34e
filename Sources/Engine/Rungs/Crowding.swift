/// How lonely each point of a front is: the sum, over the objectives, of the distance between its
/// two neighbours as a share of the front's range. The points at either end are infinitely lonely.
///
/// Neighbours are the next different values, not the next points, so that equal points are equally
/// lonely and the order of the points does not matter. An objective in which all are equal counts
/// for nothing.
///
/// Source: Deb et al. 2002, §III-B.
enum Crowding {
    /// The distances of points, in their order.
    ///
    /// - Complexity: O(objectives · k log k) for k points.
    static func distances(of points: [ArraySlice<Double>]) -> [Double] {
        guard points.count > 1, let first = points.first else {
            return points.map { _ in .infinity }
        }
        var bounds = CostBounds(objectives: first.count)
        for point in points { _ = bounds.include(point) }
        var distances = [Double](repeating: 0, count: points.count)
        for objective in 0..<first.count {
            let costs = points.map { $0[$0.startIndex + objective] }
            guard bounds.least[objective] < bounds.greatest[objective] else { continue }
            add(to: &distances, costs) { bounds.share($0, of: objective) }
        }
        return distances
    }

    private static func add(
        to distances: inout [Double], _ costs: [Double], share: (Double) -> Double
    ) {
        let sorted = costs.indices.sorted { costs[$0] < costs[$1] }
        var start = 0
        while start < sorted.count {
            let cost = costs[sorted[start]]
            let end = sorted[start...].firstIndex { costs[$0] > cost } ?? sorted.count
            let gap =
                start == 0 || end == sorted.count
                ? .infinity : share(costs[sorted[end]]) - share(costs[sorted[start - 1]])
            for point in sorted[start..<end] { distances[point] += gap }
            start = end
        }
    }
}
