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
    /// The point that came last, and its front: it is what a decision asks about.
    private var latest: (point: Int, front: Int)?
    /// The best valid points, as many as decisions name, and how many fronts they are of. They are
    /// seldom others than before.
    private var leaders: (points: [Int], fronts: Int) = ([], 0)
    private var leadersAreStale = false

    init(order: [Int], merit: FrontMerit, rules: RungRules) {
        (self.order, self.merit) = (order, merit)
        layers = Layers(objectives: order.count)
        scale = CostScale(objectives: order.count, hasOutliers: rules != .first)
    }

    var count: Int { open.count }

    mutating func record(_ costs: [Double]) {
        add(costs[...])
        updateLeaders()
    }

    mutating func record(contentsOf costs: [Double], count: Int) {
        let objectives = order.count
        for point in 0..<count { add(costs[point * objectives..<(point + 1) * objectives]) }
        updateLeaders()
    }

    func rank(of point: Int) -> Int {
        guard isValid(point) else { return validCount + 1 }
        let front = front(of: point)
        let merits = merits(of: front)
        let own = merits[layers.place(of: point, cost(point), in: front)]
        return size(before: front) + merits.count { $0 > own } + 1
    }

    func ahead(of point: Int, limit: Int) -> [Int] { standing(of: point, limit: limit).ahead }

    func standing(of point: Int, limit: Int) -> (rank: Int, ahead: [Int]) {
        let rank = rank(of: point)
        return (rank, best(min(limit, rank - 1)))
    }

    func best(_ wanted: Int) -> [Int] {
        wanted <= leaders.points.count
            ? Array(leaders.points.prefix(wanted)) : bestOfFronts(wanted).points
    }

    func firstOpen(among top: Int) -> Int? {
        guard let front = layers.firstOpen else {
            let found = invalid.firstIndex { open[$0] }
            return found.flatMap { validCount + $0 < top ? invalid[$0] : nil }
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
        if isValid(point) { layers.setOpen(point, at: cost(point), to: isOpen) }
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
    private mutating func add(_ costs: ArraySlice<Double>) {
        let point = count
        for objective in order { self.costs.append(costs[costs.startIndex + objective]) }
        open.append(false)
        guard isValid(point) else {
            invalid.append(point)
            return
        }
        let hasMoved = merit == .contribution && scale.include(cost(point))
        let front = layers.insert(point, cost(point))
        latest = (point, front)
        if hasMoved || front < leaders.fronts || leaders.points.count < Standing.aheadLimit {
            leadersAreStale = true
        }
    }

    private mutating func updateLeaders() {
        guard leadersAreStale else { return }
        leaders = bestOfFronts(min(Standing.aheadLimit, validCount))
        leadersAreStale = false
    }

    private var validCount: Int { count - invalid.count }

    private func cost(_ point: Int) -> ArraySlice<Double> {
        costs[point * order.count..<(point + 1) * order.count]
    }

    private func isValid(_ point: Int) -> Bool { cost(point).allSatisfy(\.isFinite) }

    private func front(of point: Int) -> Int {
        if let latest, latest.point == point { return latest.front }
        return layers.front(of: cost(point))
    }

    private func size(before front: Int) -> Int { layers.sizes[..<front].reduce(0, +) }

    private func merits(of front: Int) -> [Double] {
        switch merit {
        case .crowding: layers.crowding(of: front)
        case .contribution: layers.contributions(of: front, under: scale.bounds)
        }
    }

    private func members(of front: Int) -> [Member] {
        zip(layers.ids(of: front), merits(of: front)).map { Member(id: $0, merit: $1) }
    }

    /// The best `wanted` points, best first, and how many fronts they are of.
    private func bestOfFronts(_ wanted: Int) -> (points: [Int], fronts: Int) {
        var found: [Int] = []
        var front = 0
        while found.count < wanted {
            found += Self.best(wanted - found.count, of: members(of: front))
            front += 1
        }
        return (found, front)
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
