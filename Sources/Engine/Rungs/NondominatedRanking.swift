/// Ranks the points of a rung by non-dominated sorting; inside a front, the lonelier point is
/// better (crowding distance).
///
/// The fronts are kept from report to report: a new point is put into the first front that does not
/// dominate it, what it dominates there moves on to the next, and so on.
///
/// - Complexity: with n points in F fronts, finding the front takes O(log F) looks at a front
///   (O(log n) each for two objectives, O(size) beyond). Moving on touches as many fronts as the
///   point has below it, at worst all n points; a rank takes O(F + k log k) for a front of k.
///
/// Sources: Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II";
/// Li et al. 2014, "Efficient non-domination level update" (the incremental step).
struct NondominatedRanking: RungRanking {
    private let order: [Int]
    /// Shape [points][objectives], objectives in the order of their names.
    private var costs: [Double] = []
    private var open: [Bool] = []
    private var fronts: [RankedFront] = []
    /// Points with an objective that is NaN or infinite, in the order of recording.
    private var invalid: [Int] = []

    init(order: [Int]) { self.order = order }

    var count: Int { open.count }

    mutating func record(_ costs: [Double]) {
        let point = count
        for objective in order { self.costs.append(costs[objective]) }
        open.append(false)
        if costs.allSatisfy(\.isFinite) {
            insert(point)
        } else {
            invalid.append(point)
        }
    }

    func rank(of point: Int) -> Int {
        guard isValid(point) else { return count - invalid.count + 1 }
        let own = frontIndex(of: point)
        let crowding = Crowding(fronts[own].points.map { (id: $0, costs: cost($0)) })
        return sizes(before: own) + crowding.countLonelier(than: point) + 1
    }

    func ahead(of point: Int, limit: Int) -> [Int] {
        let wanted = min(limit, rank(of: point) - 1)
        var found: [Int] = []
        for front in fronts where found.count < wanted {
            let crowding = Crowding(front.points.map { (id: $0, costs: cost($0)) })
            found += crowding.order.prefix(wanted - found.count)
        }
        return found
    }

    func firstOpen(among top: Int) -> Int? {
        guard let index = fronts.firstIndex(where: { $0.openCount > 0 }) else {
            let valid = count - invalid.count
            let found = invalid.firstIndex { open[$0] }
            return found.flatMap { valid + $0 < top ? invalid[$0] : nil }
        }
        let before = sizes(before: index)
        guard before < top else { return nil }
        let crowding = Crowding(fronts[index].points.map { (id: $0, costs: cost($0)) })
        return crowding.order.prefix(top - before).first { open[$0] }
    }

    mutating func setOpen(_ point: Int, _ isOpen: Bool) {
        guard open[point] != isOpen else { return }
        open[point] = isOpen
        if isValid(point) { fronts[frontIndex(of: point)].openCount += isOpen ? 1 : -1 }
    }
}

/// One front of a rung: its points ordered by their first cost, so that only one side of a point
/// need be searched for what dominates it.
private struct RankedFront {
    var points: [Int]
    var openCount: Int
}

extension NondominatedRanking {
    private func cost(_ point: Int) -> ArraySlice<Double> {
        costs[point * order.count..<(point + 1) * order.count]
    }

    private func isValid(_ point: Int) -> Bool { cost(point).allSatisfy(\.isFinite) }

    private func first(_ point: Int) -> Double { costs[point * order.count] }

    private func sizes(before front: Int) -> Int {
        fronts[..<front].reduce(0) { $0 + $1.points.count }
    }

    /// The first front none of whose points dominates `point`: its own, once it is recorded.
    ///
    /// A binary search serves, because whatever is dominated by a front is dominated by all fronts
    /// before it.
    private func frontIndex(of point: Int) -> Int {
        fronts.partitioningIndex { !isDominated(point, by: $0) }
    }

    private func isDominated(_ point: Int, by front: RankedFront) -> Bool {
        let end = front.points.partitioningIndex { first($0) > first(point) }
        let candidates = front.points[..<end]
        // With two objectives the second cost falls along the front, so the last one decides.
        let deciding = order.count == 2 ? candidates.suffix(1) : candidates
        return deciding.contains { dominates(cost($0), cost(point)) }
    }

    private mutating func insert(_ point: Int) {
        var moving = [point]
        var index = frontIndex(of: point)
        while index < fronts.count {
            let displaced = displaced(from: fronts[index], by: moving)
            if displaced.count == fronts[index].points.count { break }
            place(moving, displacing: displaced, in: index)
            if displaced.isEmpty { return }
            moving = displaced
            index += 1
        }
        // Past the last front, or ahead of a front that would move on as a whole.
        fronts.insert(RankedFront(points: moving, openCount: moving.count { open[$0] }), at: index)
    }

    private func displaced(from front: RankedFront, by moving: [Int]) -> [Int] {
        let start = front.points.partitioningIndex { first($0) >= first(moving[0]) }
        return front.points[start...].filter { old in
            moving.contains { dominates(cost($0), cost(old)) }
        }
    }

    private mutating func place(_ moving: [Int], displacing displaced: [Int], in index: Int) {
        var (kept, rest) = (displaced[...], moving[...])
        var points: [Int] = []
        for old in fronts[index].points {
            if old == kept.first {
                kept.removeFirst()
                continue
            }
            while let next = rest.first, first(next) < first(old) {
                points.append(rest.removeFirst())
            }
            points.append(old)
        }
        points += rest
        fronts[index].points = points
        fronts[index].openCount = points.count { open[$0] }
    }
}
