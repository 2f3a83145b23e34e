/// Ranks the points of a rung with constraints: feasible ones first, by a ranking of their own, then
/// infeasible ones by the sum of their violations, each divided by the greatest such violation in the
/// rung, then invalid ones.
///
/// A point is given as its costs and, behind them, its violation of each constraint.
///
/// Source: Deb 2000, "An efficient constraint handling method for genetic algorithms" (feasibility
/// rules).
struct ConstrainedRanking: RungRanking {
    /// Points of one kind: their ranking, and the number that each has in the rung.
    private struct Group: Sendable {
        var ranking: any RungRanking
        var points: [Int] = []
    }

    /// In which group a point is, and its number there.
    private enum Place: Sendable {
        case feasible(Int)
        case infeasible(Int)
        case invalid
    }

    private let objectives: Int
    private var feasible: Group
    private var infeasible: Group
    private var invalid: [Int] = []
    private var places: [Place] = []
    private var open: [Bool] = []

    /// - Parameter ranking: of the feasible points, empty.
    init(_ ranking: any RungRanking, objectives: Int, constraints: Int) {
        self.objectives = objectives
        feasible = Group(ranking: ranking)
        infeasible = Group(ranking: ScalarRanking(violationsOf: constraints))
    }

    var count: Int { places.count }

    mutating func record(_ costs: [Double]) {
        let point = count
        open.append(false)
        let violations = costs[objectives...]
        if !costs.allSatisfy(\.isFinite) {
            places.append(.invalid)
            invalid.append(point)
        } else if violations.allSatisfy({ $0 == 0 }) {
            places.append(.feasible(feasible.points.count))
            feasible.points.append(point)
            feasible.ranking.record(Array(costs[..<objectives]))
        } else {
            places.append(.infeasible(infeasible.points.count))
            infeasible.points.append(point)
            infeasible.ranking.record(Array(violations))
        }
    }

    func rank(of point: Int) -> Int {
        switch places[point] {
        case .feasible(let number): feasible.ranking.rank(of: number)
        case .infeasible(let number):
            feasible.points.count + infeasible.ranking.rank(of: number)
        case .invalid: feasible.points.count + infeasible.points.count + 1
        }
    }

    func ahead(of point: Int, limit: Int) -> [Int] {
        switch places[point] {
        case .feasible(let number):
            return feasible.ranking.ahead(of: number, limit: limit).map { feasible.points[$0] }
        case .infeasible(let number):
            let first = Self.best(limit, of: feasible)
            return first
                + infeasible.ranking.ahead(of: number, limit: limit - first.count)
                .map { infeasible.points[$0] }
        case .invalid: return best(limit)
        }
    }

    func best(_ wanted: Int) -> [Int] {
        let first = Self.best(wanted, of: feasible)
        return first + Self.best(wanted - first.count, of: infeasible)
    }

    func firstOpen(among top: Int) -> Int? {
        if let found = feasible.ranking.firstOpen(among: top) { return feasible.points[found] }
        let rest = top - feasible.points.count
        if let found = infeasible.ranking.firstOpen(among: rest) {
            return infeasible.points[found]
        }
        // An open point that is not among the top is ahead of what follows.
        guard rest > infeasible.points.count else { return nil }
        return invalid.prefix(rest - infeasible.points.count).first { open[$0] }
    }

    mutating func setOpen(_ point: Int, _ isOpen: Bool) {
        open[point] = isOpen
        switch places[point] {
        case .feasible(let number): feasible.ranking.setOpen(number, isOpen)
        case .infeasible(let number): infeasible.ranking.setOpen(number, isOpen)
        case .invalid: break
        }
    }

    /// The best points of a group, best first.
    private static func best(_ wanted: Int, of group: Group) -> [Int] {
        group.ranking.best(min(wanted, group.points.count)).map { group.points[$0] }
    }
}
