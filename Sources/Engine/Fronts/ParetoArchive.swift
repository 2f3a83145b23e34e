/// The non-dominated points of all that were offered, kept up to date point by point.
///
/// Strict Pareto dominance: a point goes when another is no worse in all objectives and better in
/// one; of equal points the earliest stays. A tolerance t for an objective (relative) keeps noise
/// out: a new point joins only if, against every point of the front, it is better in some
/// objective by more than t of that point's value.
///
/// Edge cases: a point with NaN or an infinite value is never on the front.
///
/// - Complexity: O(log n) expected for two objectives, besides the points that are removed, each
///   once; O(objectives · front) for any other number.
public struct ParetoArchive: Sendable {
    private let tolerances: [Double]
    private var storage: Storage

    private enum Storage: Sendable {
        case staircase(Staircase)
        case flat(FlatFront)
    }

    /// - Parameter tolerances: one for each objective, 0 to below 1.
    public init(tolerances: [Double]) {
        self.tolerances = tolerances
        storage =
            tolerances.count == 2
            ? .staircase(Staircase()) : .flat(FlatFront(objectives: tolerances.count))
    }

    /// Offers a point.
    ///
    /// - Parameters:
    ///   - costs: one for each objective; less is better.
    ///   - id: what `ids` gives for it.
    /// - Returns: whether the point is on the front now.
    public mutating func insert(_ costs: [Double], id: Int) -> Bool {
        guard costs.allSatisfy(\.isFinite) else { return false }
        switch storage {
        case .staircase(var front):
            storage = .flat(FlatFront(objectives: 0))
            defer { storage = .staircase(front) }
            return front.insert(costs, id: id, tolerances: tolerances)
        case .flat(var front):
            storage = .flat(FlatFront(objectives: 0))
            defer { storage = .flat(front) }
            return front.insert(costs, id: id, tolerances: tolerances)
        }
    }

    /// The ids of the points on the front, best in the first objective first.
    public var ids: [Int] {
        switch storage {
        case .staircase(let front): front.ids
        case .flat(let front): front.sortedIDs
        }
    }

    /// How many points are on the front. O(1).
    public var count: Int {
        switch storage {
        case .staircase(let front): front.count
        case .flat(let front): front.ids.count
        }
    }
}

/// What a point of cost `x` still covers: everything not better than it by more than `tolerance`.
private func reach(_ x: Double, _ tolerance: Double) -> Double { x - tolerance * abs(x) }

/// A front of two objectives: first costs rise, second costs fall.
private struct Staircase: Sendable {
    private var tree = OrderStatisticTree()
    /// Second cost and id of every point that ever joined; the tree holds indices into it.
    private var points: [(second: Double, id: Int)] = []

    var count: Int { tree.count }

    var ids: [Int] { (0..<tree.count).map { points[tree.element(at: $0).id].id } }

    mutating func insert(_ costs: [Double], id: Int, tolerances: [Double]) -> Bool {
        let (first, second) = (costs[0], costs[1])
        let within = tree.count { reach($0.key, tolerances[0]) <= first }
        if within > 0 {
            // Of all points as good in the first objective, the last is best in the second.
            let rival = points[tree.element(at: within - 1).id].second
            if reach(rival, tolerances[1]) <= second { return false }
        }
        let start = tree.count { $0.key < first }
        while start < tree.count {
            let next = tree.element(at: start)
            if points[next.id].second < second { break }
            tree.remove(next)
        }
        tree.insert(.init(key: first, id: points.count))
        points.append((second, id))
        return true
    }
}

/// A front of any number of objectives, searched from end to end.
private struct FlatFront: Sendable {
    let objectives: Int
    private(set) var ids: [Int] = []
    /// Shape [points][objectives].
    private var costs: [Double] = []

    init(objectives: Int) { self.objectives = objectives }

    var sortedIDs: [Int] {
        ids.indices.sorted {
            let (a, b) = (costs[$0 * objectives], costs[$1 * objectives])
            return a < b || (a == b && ids[$0] < ids[$1])
        }
        .map { ids[$0] }
    }

    mutating func insert(_ new: [Double], id: Int, tolerances: [Double]) -> Bool {
        for point in ids.indices where covers(point, new: new, tolerances: tolerances) {
            return false
        }
        var kept = 0
        for point in ids.indices where !isDominated(point, by: new) {
            if kept != point { move(point, to: kept) }
            kept += 1
        }
        ids.removeLast(ids.count - kept)
        costs.removeLast(costs.count - kept * objectives)
        ids.append(id)
        costs.append(contentsOf: new)
        return true
    }

    private func covers(_ point: Int, new: [Double], tolerances: [Double]) -> Bool {
        for objective in 0..<objectives {
            let own = costs[point * objectives + objective]
            if reach(own, tolerances[objective]) > new[objective] { return false }
        }
        return true
    }

    private func isDominated(_ point: Int, by new: [Double]) -> Bool {
        dominates(new, costs[point * objectives..<(point + 1) * objectives])
    }

    private mutating func move(_ point: Int, to place: Int) {
        ids[place] = ids[point]
        for objective in 0..<objectives {
            costs[place * objectives + objective] = costs[point * objectives + objective]
        }
    }
}
