/// The fronts of points with two objectives.
///
/// Along a front the first cost rises and the second falls, so that the points which dominate
/// another, and those that a run of points displaces, are found by binary search. What a run
/// displaces is again a run of the next front: whatever lies between two neighbours of a front is
/// dominated by none of its other points, so it could not be in the next one.
///
/// - Complexity: O(log F · log k) to find the front, for F fronts of up to k points; O(log k + moved)
///   for each front that points move on to, of about √n for points in no particular order.
struct PlanarFronts: FrontLayers {
    private struct Entry: Sendable {
        let first: Double
        let second: Double
        let id: Int
    }

    /// First costs rise, second costs fall; equal points lie side by side.
    private var fronts: [[Entry]] = []
    private(set) var sizes: [Int] = []
    private(set) var openCounts: [Int] = []

    init(objectives: Int) { precondition(objectives == 2, "a plane has two objectives") }

    func ids(of front: Int) -> [Int] { fronts[front].map(\.id) }

    func front(of costs: ArraySlice<Double>) -> Int {
        let (first, second) = (costs[costs.startIndex], costs[costs.startIndex + 1])
        return fronts.partitioningIndex { front in
            // Of all points as good in the first objective, the last is best in the second.
            let end = front.partitioningIndex { $0.first > first }
            guard end > 0 else { return true }
            let rival = front[end - 1]
            return rival.second > second || (rival.second == second && rival.first == first)
        }
    }

    mutating func insert(_ id: Int, _ costs: ArraySlice<Double>, isOpen: (Int) -> Bool) {
        let (first, second) = (costs[costs.startIndex], costs[costs.startIndex + 1])
        var moving = [Entry(first: first, second: second, id: id)]
        var displaced: [Entry] = []
        for index in front(of: costs)..<fronts.count {
            let range = range(displacedBy: moving, in: index)
            // A front that moves on as one becomes the next.
            if range.count == fronts[index].count { return insert(moving, before: index, isOpen) }
            exchange(&moving, with: &displaced, at: range, in: index, isOpen)
            if moving.isEmpty { return }
        }
        insert(moving, before: fronts.count, isOpen)
    }

    mutating func countOpen(in front: Int, _ isOpen: Bool) {
        openCounts[front] += isOpen ? 1 : -1
    }

    private func range(displacedBy moving: [Entry], in front: Int) -> Range<Int> {
        let (best, last) = (moving[0], moving[moving.count - 1])
        let points = fronts[front]
        var start = points.partitioningIndex { $0.first >= best.first }
        // Equal points stay.
        while start < points.count, points[start].first == best.first,
            points[start].second == best.second
        { start += 1 }
        var end = start
        while end < points.count, points[end].second >= last.second { end += 1 }
        return start..<end
    }

    /// Puts `moving` in the place of a range, which becomes what moves.
    private mutating func exchange(
        _ moving: inout [Entry], with displaced: inout [Entry], at range: Range<Int>,
        in front: Int, _ isOpen: (Int) -> Bool
    ) {
        if range.count == moving.count {
            for place in moving.indices {
                swap(&fronts[front][range.lowerBound + place], &moving[place])
                if isOpen(moving[place].id) { openCounts[front] -= 1 }
                if isOpen(fronts[front][range.lowerBound + place].id) { openCounts[front] += 1 }
            }
            return
        }
        displaced.removeAll(keepingCapacity: true)
        displaced.append(contentsOf: fronts[front][range])
        fronts[front].replaceSubrange(range, with: moving)
        sizes[front] += moving.count - displaced.count
        openCounts[front] +=
            moving.count { isOpen($0.id) } - displaced.count { isOpen($0.id) }
        swap(&moving, &displaced)
    }

    private mutating func insert(
        _ points: [Entry], before front: Int, _ isOpen: (Int) -> Bool
    ) {
        fronts.insert(points, at: front)
        sizes.insert(points.count, at: front)
        openCounts.insert(points.count { isOpen($0.id) }, at: front)
    }
}

extension PlanarFronts {
    func crowding(of front: Int) -> [Double] {
        let points = fronts[front]
        guard points.count > 1 else { return points.map { _ in .infinity } }
        let shares = shares(of: points, under: scale(of: points))
        return neighbours(of: points) { before, _, after in
            guard let before, let after else { return .infinity }
            let width = shares[after].first - shares[before].first
            return width + (shares[before].second - shares[after].second)
        }
    }

    func contributions(of front: Int, under scale: CostBounds) -> [Double] {
        let points = fronts[front]
        let shares = shares(of: points, under: scale)
        return neighbours(of: points) { before, own, after in
            let right = after.map { shares[$0].first } ?? Contribution.reference
            let top = before.map { shares[$0].second } ?? Contribution.reference
            return (right - shares[own].first) * (top - shares[own].second)
        }
    }

    private func shares(
        of points: [Entry], under scale: CostBounds
    ) -> [(first: Double, second: Double)] {
        let (first, second) = (scale.range(of: 0), scale.range(of: 1))
        return points.map { (first.share($0.first), second.share($0.second)) }
    }

    private func scale(of points: [Entry]) -> CostBounds {
        let (left, right) = (points[0], points[points.count - 1])
        var scale = CostBounds(objectives: 2)
        _ = scale.include([left.first, left.second])
        _ = scale.include([right.first, right.second])
        return scale
    }

    /// What `value` makes of each point and of the different ones next to it, nil beyond the ends; of
    /// equal points it gets one.
    private func neighbours(
        of points: [Entry], _ value: (Int?, Int, Int?) -> Double
    ) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(points.count)
        var start = 0
        while start < points.count {
            let first = points[start].first
            var end = start + 1
            while end < points.count, points[end].first == first { end += 1 }
            let result = value(
                start > 0 ? start - 1 : nil, start, end < points.count ? end : nil)
            for _ in start..<end { values.append(result) }
            start = end
        }
        return values
    }
}
