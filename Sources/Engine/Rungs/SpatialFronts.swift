/// The fronts of points with any number of objectives.
///
/// - Complexity: O(log F · k) to find the front, for F fronts of up to k points; O(moving · k) for each
///   front that points move on to, of up to all F.
struct SpatialFronts: FrontLayers {
    private let objectives: Int
    /// Shape [points][objectives].
    private var costs: [Double] = []
    /// The id of each point.
    private var ids: [Int] = []
    /// The points of each front, by their place in `ids`, ordered by their first cost, so that only one
    /// side of a point need be searched for what dominates it.
    private var fronts: [[Int]] = []
    /// Whether each point is open.
    private var open: [Bool] = []
    /// How many points of each front are.
    private var openCounts: [Int] = []

    init(objectives: Int) { self.objectives = objectives }

    var sizes: [Int] { fronts.map(\.count) }

    func ids(of front: Int) -> [Int] { fronts[front].map { ids[$0] } }

    /// A binary search serves, because whatever is dominated by a front is dominated by all fronts
    /// before it.
    func front(of costs: ArraySlice<Double>) -> Int {
        fronts.partitioningIndex { front in
            let end = front.partitioningIndex { first($0) > costs[costs.startIndex] }
            return !front[..<end].contains { dominates(cost($0), costs) }
        }
    }

    func place(of id: Int, _ costs: ArraySlice<Double>, in front: Int) -> Int {
        fronts[front].firstIndex { ids[$0] == id } ?? 0
    }

    var firstOpen: Int? { openCounts.firstIndex { $0 > 0 } }

    mutating func insert(_ id: Int, _ costs: ArraySlice<Double>) -> Int {
        let own = front(of: costs)
        var moving = [ids.count]
        ids.append(id)
        open.append(false)
        self.costs.append(contentsOf: costs)
        for index in own..<fronts.count {
            let displaced = displaced(from: index, by: moving)
            // A front that moves on as one becomes the next.
            if displaced.count == fronts[index].count {
                insert(moving, before: index)
                return own
            }
            place(moving, displacing: displaced, in: index)
            openCounts[index] += moving.count { open[$0] } - displaced.count { open[$0] }
            if displaced.isEmpty { return own }
            moving = displaced
        }
        insert(moving, before: fronts.count)
        return own
    }

    mutating func setOpen(_ id: Int, at costs: ArraySlice<Double>, to isOpen: Bool) {
        let front = front(of: costs)
        let point = fronts[front][place(of: id, costs, in: front)]
        openCounts[front] += (isOpen ? 1 : 0) - (open[point] ? 1 : 0)
        open[point] = isOpen
    }

    private func cost(_ point: Int) -> ArraySlice<Double> {
        costs[point * objectives..<(point + 1) * objectives]
    }

    private func first(_ point: Int) -> Double { costs[point * objectives] }

    private mutating func insert(_ points: [Int], before front: Int) {
        fronts.insert(points, at: front)
        openCounts.insert(points.count { open[$0] }, at: front)
    }

    private func displaced(from front: Int, by moving: [Int]) -> [Int] {
        let start = fronts[front].partitioningIndex { first($0) >= first(moving[0]) }
        return fronts[front][start...].filter { old in
            moving.contains { dominates(cost($0), cost(old)) }
        }
    }

    private mutating func place(_ moving: [Int], displacing displaced: [Int], in front: Int) {
        var (kept, rest) = (displaced[...], moving[...])
        var points: [Int] = []
        for old in fronts[front] {
            if old == kept.first {
                kept.removeFirst()
                continue
            }
            while let next = rest.first, first(next) < first(old) {
                points.append(rest.removeFirst())
            }
            points.append(old)
        }
        fronts[front] = points + rest
    }
}

extension SpatialFronts {
    func crowding(of front: Int) -> [Double] {
        Crowding.distances(of: fronts[front].map { cost($0) })
    }

    /// - Complexity: that of a hypervolume for each point.
    func contributions(of front: Int, under scale: CostBounds) -> [Double] {
        let points = fronts[front].map { point in
            zip(cost(point), 0...).map { scale.share($0, of: $1) }
        }
        // In one order, so that the sums are the same however the points have come.
        let sorted = points.sorted { $0.lexicographicallyPrecedes($1) }
        let reference = Array(repeating: Contribution.reference, count: objectives)
        return points.map { own in
            let box = own.reduce(1) { $0 * (Contribution.reference - $1) }
            let others = sorted.filter { $0 != own }.map { zip($0, own).map { max($0, $1) } }
            return box - hypervolume(nondominated(others), reference: reference)
        }
    }
}
