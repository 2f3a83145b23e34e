/// The volume of the part of objective space that the points dominate, up to a reference point.
///
/// Exact for any number of objectives: a sweep for up to three, above that exclusive volumes,
/// one objective less at each step. Less is better in every objective. Points that are not better
/// than the reference in every objective add nothing; nor do points with a NaN. A volume beyond the
/// greatest `Double` is infinite.
///
/// - Complexity: O(n log n) for two objectives; O(n²) at worst, and near O(n log n) in practice, for
///   three; exponential in the number of objectives beyond.
///
/// Source: While, Bradstreet, Barone 2012, "A fast way of calculating exact hypervolumes" (WFG).
func hypervolume(_ points: [[Double]], reference: [Double]) -> Double {
    let inside = points.filter { point in
        zip(point, reference).allSatisfy { $0 < $1 && $0.isFinite }
    }
    let total = volume(inside[...], reference, objectives: reference.count)
    // Parts that are infinite have no difference.
    return total.isNaN ? .infinity : total
}

/// The volume in the first `objectives` of the objectives.
private func volume(_ points: ArraySlice<[Double]>, _ reference: [Double], objectives: Int)
    -> Double
{
    guard !points.isEmpty else { return 0 }
    switch objectives {
    case 0: return 0
    case 1: return reference[0] - (points.lazy.map { $0[0] }.min() ?? reference[0])
    case 2: return area(points, reference)
    case 3: return volumeBySweep(points, reference)
    default: break
    }
    // From the worst in the last objective on, so that all later points are at least as good there:
    // what one point adds to them is a slab, as deep in that objective as the point is good.
    let last = objectives - 1
    let sorted = points.sorted { $0[last] > $1[last] }
    var total = 0.0
    for (index, point) in sorted.enumerated() {
        let own = (0..<last).reduce(1) { $0 * (reference[$1] - point[$1]) }
        let limited = sorted[(index + 1)...].map { other in
            (0..<last).map { max(point[$0], other[$0]) }
        }
        let shared = volume(nondominated(limited)[...], reference, objectives: last)
        total += (own - shared) * (reference[last] - point[last])
    }
    return total
}

func nondominated(_ points: [[Double]]) -> [[Double]] {
    var front = ParetoArchive(tolerances: Array(repeating: 0, count: points.first?.count ?? 0))
    for (index, point) in points.enumerated() { _ = front.insert(point, id: index) }
    return front.ids.map { points[$0] }
}

private func area(_ points: ArraySlice<[Double]>, _ reference: [Double]) -> Double {
    var total = 0.0
    var height = reference[1]
    for point in points.sorted(by: { $0[0] < $1[0] }) where point[1] < height {
        total += (reference[0] - point[0]) * (height - point[1])
        height = point[1]
    }
    return total
}

/// Sweeps along the third objective; the cross-section is a staircase whose area is kept.
private func volumeBySweep(_ points: ArraySlice<[Double]>, _ reference: [Double]) -> Double {
    var section = DominatedArea(reference)
    var total = 0.0
    var depth = reference[2]
    for point in points.sorted(by: { $0[2] < $1[2] }) {
        if section.area > 0 { total += section.area * (point[2] - depth) }
        depth = point[2]
        section.insert(point[0], point[1])
    }
    return total + section.area * (reference[2] - depth)
}
