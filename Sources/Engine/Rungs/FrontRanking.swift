/// What ranks the points of one front, more being better.
enum FrontMerit: Sendable {
    /// How lonely a point is.
    case crowding
    /// What it adds to the hypervolume.
    case contribution
}

/// Ranks the points of a rung by fronts (non-dominated sorting), and inside a front by what the point
/// adds to it: how lonely it is, or its share of the hypervolume.
///
/// - Complexity: that of the fronts, and O(k) for a rank inside a front of k points with two
///   objectives.
///
/// Source: Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II".
struct FrontRanking<Layers: FrontLayers>: RungRanking {
    private let order: [Int]
    private let merit: FrontMerit
    /// Shape [points][objectives], objectives in the order of their names.
    private var costs: [Double] = []
    private var open: [Bool] = []
    private var layers: Layers
    private var scale: CostScale
    /// Points with an objective that is NaN or infinite, in the order of recording.
    private var invalid: [Int] = []

    init(order: [Int], merit: FrontMerit, rules: RungRules) {
        (self.order, self.merit) = (order, merit)
        layers = Layers(objectives: order.count)
        scale = CostScale(objectives: order.count, hasOutliers: rules != .first)
    }

    var count: Int { open.count }

    mutating func record(_ costs: [Double]) {
        let point = count
        for objective in order { self.costs.append(costs[objective]) }
        open.append(false)
        guard costs.allSatisfy(\.isFinite) else {
            invalid.append(point)
            return
        }
        if merit == .contribution { _ = scale.include(cost(point)) }
        let open = open
        layers.insert(point, cost(point)) { open[$0] }
    }

    func rank(of point: Int) -> Int {
        guard isValid(point) else { return count - invalid.count + 1 }
        let front = layers.front(of: cost(point))
        return rank(of: point, among: members(of: front), of: front)
    }

    func ahead(of point: Int, limit: Int) -> [Int] { standing(of: point, limit: limit).ahead }

    func standing(of point: Int, limit: Int) -> (rank: Int, ahead: [Int]) {
        guard isValid(point) else {
            let rank = count - invalid.count + 1
            return (rank, best(min(limit, rank - 1)))
        }
        let front = layers.front(of: cost(point))
        let members = members(of: front)
        let rank = rank(of: point, among: members, of: front)
        return (rank, best(min(limit, rank - 1), knowing: members, of: front))
    }

    func best(_ wanted: Int) -> [Int] { best(wanted, knowing: [], of: nil) }

    func firstOpen(among top: Int) -> Int? {
        guard let front = layers.openCounts.firstIndex(where: { $0 > 0 }) else {
            let valid = count - invalid.count
            let found = invalid.firstIndex { open[$0] }
            return found.flatMap { valid + $0 < top ? invalid[$0] : nil }
        }
        let before = size(before: front)
        guard before < top else { return nil }
        let members = members(of: front)
        guard let best = members.filter({ open[$0.id] }).min(by: { $0 < $1 }) else { return nil }
        return before + members.count { $0 < best } < top ? best.id : nil
    }

    mutating func setOpen(_ point: Int, _ isOpen: Bool) {
        guard open[point] != isOpen else { return }
        open[point] = isOpen
        if isValid(point) { layers.countOpen(in: layers.front(of: cost(point)), isOpen) }
    }
}

/// A point of a front; the better comes first, of equals the earlier.
private struct Member {
    let id: Int
    let merit: Double

    static func < (left: Member, right: Member) -> Bool {
        left.merit > right.merit || (left.merit == right.merit && left.id < right.id)
    }
}

extension FrontRanking {
    private func cost(_ point: Int) -> ArraySlice<Double> {
        costs[point * order.count..<(point + 1) * order.count]
    }

    private func isValid(_ point: Int) -> Bool { cost(point).allSatisfy(\.isFinite) }

    private func size(before front: Int) -> Int { layers.sizes[..<front].reduce(0, +) }

    private func members(of front: Int) -> [Member] {
        let merits =
            switch merit {
            case .crowding: layers.crowding(of: front)
            case .contribution: layers.contributions(of: front, under: scale.bounds)
            }
        return zip(layers.ids(of: front), merits).map { Member(id: $0, merit: $1) }
    }

    private func rank(of point: Int, among members: [Member], of front: Int) -> Int {
        let own = members.first { $0.id == point }?.merit ?? 0
        return size(before: front) + members.count { $0.merit > own } + 1
    }

    /// The best `wanted` points, best first.
    ///
    /// - Parameter known: the members of `knownFront`, which need not be worked out again.
    private func best(
        _ wanted: Int, knowing known: [Member], of knownFront: Int?
    ) -> [Int] {
        var found: [Int] = []
        var front = 0
        while found.count < wanted {
            let members = front == knownFront ? known : members(of: front)
            found += Self.best(wanted - found.count, of: members)
            front += 1
        }
        return found
    }

    private static func best(_ wanted: Int, of members: [Member]) -> [Int] {
        var best: [Member] = []
        for member in members {
            if best.count == wanted, best[wanted - 1] < member { continue }
            best.insert(member, at: best.partitioningIndex { member < $0 })
            if best.count > wanted { best.removeLast() }
        }
        return best.map(\.id)
    }
}
