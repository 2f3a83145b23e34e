/// How lonely each point of a front is: the sum, over the objectives, of the distance between its
/// two neighbours as a share of the front's range. The points at either end are infinitely lonely.
///
/// Neighbours are the next different values, not the next points, so that equal points are equally
/// lonely and the order of the points does not matter. An objective in which all are equal counts
/// for nothing.
///
/// - Complexity: O(objectives · k log k) for k points.
///
/// Source: Deb et al. 2002, §III-B.
struct Crowding {
    private var distances: [Int: Double] = [:]

    init(_ points: [(id: Int, costs: ArraySlice<Double>)]) {
        for point in points { distances[point.id] = points.count == 1 ? .infinity : 0 }
        guard let first = points.first else { return }
        var bounds = CostBounds(objectives: first.costs.count)
        for point in points { _ = bounds.include(point.costs) }
        for objective in 0..<first.costs.count {
            let own = points.map { (id: $0.id, cost: $0.costs[$0.costs.startIndex + objective]) }
            add(own.sorted { $0.cost < $1.cost }) { bounds.share($0, of: objective) }
        }
    }

    /// The points from the loneliest on; of equals the smaller id first.
    var order: [Int] {
        distances.sorted { $0.value > $1.value || ($0.value == $1.value && $0.key < $1.key) }
            .map(\.key)
    }

    /// How many points are lonelier than `id`.
    func countLonelier(than id: Int) -> Int {
        let own = distances[id] ?? .infinity
        return distances.values.count { $0 > own }
    }

    private mutating func add(
        _ sorted: [(id: Int, cost: Double)], share: (Double) -> Double
    ) {
        guard let least = sorted.first?.cost, let greatest = sorted.last?.cost, least < greatest
        else { return }
        var start = 0
        while start < sorted.count {
            let cost = sorted[start].cost
            let end = sorted[start...].firstIndex { $0.cost > cost } ?? sorted.count
            let gap =
                start == 0 || end == sorted.count
                ? .infinity : share(sorted[end].cost) - share(sorted[start - 1].cost)
            for point in sorted[start..<end] { distances[point.id, default: 0] += gap }
            start = end
        }
    }
}
