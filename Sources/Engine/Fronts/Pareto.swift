/// Fronts and indicators of plain arrays of points, no study needed.
///
/// A point has one value for each objective, in the order and the direction of the objectives.
/// Points with NaN or an infinite value are never on a front and add nothing.
public enum Pareto {
    /// The indices of the points on the front, best in the first objective first; of equal points
    /// only the earliest.
    ///
    /// - Complexity: O(n log n) for two objectives, O(n · front) for more.
    public static func front(_ points: [[Double]], objectives: [Objective]) -> [Int] {
        var archive = ParetoArchive(tolerances: objectives.map(\.tolerance))
        for (index, point) in points.enumerated() {
            _ = archive.insert(costs(point, objectives), id: index)
        }
        return archive.ids
    }

    /// The volume of objective space that the points dominate, up to `reference`.
    ///
    /// - Parameter reference: one value for each objective, in the objective's own direction; nil
    ///   for `defaultReference(points, objectives:)`.
    /// - Throws: `SettingError` under the name `reference` when it has the wrong number of values or
    ///   one that is not finite.
    public static func hypervolume(
        _ points: [[Double]], objectives: [Objective], reference: [Double]? = nil
    ) throws -> Double {
        let reference = try checked(
            reference ?? defaultReference(points, objectives: objectives), objectives: objectives)
        return Engine.hypervolume(
            points.map { costs($0, objectives) }, reference: costs(reference, objectives))
    }

    /// The reference point, if it is one.
    static func checked(_ reference: [Double], objectives: [Objective]) throws -> [Double] {
        guard reference.count == objectives.count, reference.allSatisfy(\.isFinite) else {
            throw SettingError(
                field: "reference",
                expected: "a finite number for each of the \(objectives.count) objectives",
                got: "{" + reference.map(\.description).joined(separator: ", ") + "}")
        }
        return reference
    }

    /// The reference point used when none is given: in each objective the worst value among the
    /// valid points that is no outlier (costs up to median + 5 · (median − best), as in a rung),
    /// moved a tenth of the range further away, so that the extreme points of the front count as
    /// well (Ishibuchi et al. 2018). Where these values are equal, a tenth of the value, or of 1
    /// when that is 0.
    ///
    /// - Complexity: O(points · objectives) expected.
    public static func defaultReference(
        _ points: [[Double]], objectives: [Objective]
    ) -> [Double] {
        reference(
            ofValid: points.lazy.filter { $0.allSatisfy(\.isFinite) }.map {
                costs($0, objectives)
            }, objectives)
    }

    /// The index of the knee: of the points on the front, the one furthest on the good side of the
    /// plane through the front's extremes. That is the least sum of the objectives, each mapped
    /// to 0 (best) … 1 (worst) over the front; of equals the earliest. Nil without a valid point.
    ///
    /// Source: Das 1999, "On characterizing the knee of the Pareto curve".
    public static func knee(_ points: [[Double]], objectives: [Objective]) -> Int? {
        let front = front(points, objectives: objectives).map {
            ($0, costs(points[$0], objectives))
        }
        var bounds = CostBounds(objectives: objectives.count)
        for (_, costs) in front { _ = bounds.include(costs) }
        let sums = front.map { index, costs in
            (index: index, sum: zip(costs, 0...).reduce(0) { $0 + bounds.share($1.0, of: $1.1) })
        }
        return sums.min { ($0.sum, $0.index) < ($1.sum, $1.index) }?.index
    }

    static func costs(_ point: [Double], _ objectives: [Objective]) -> [Double] {
        zip(objectives, point).map { $0.cost($1) }
    }

    /// The same of points that are given as costs.
    static func reference(
        ofValid points: some Sequence<[Double]>, _ objectives: [Objective]
    ) -> [Double] {
        var columns = objectives.map { _ in [Double]() }
        for point in points {
            for (objective, cost) in point.enumerated() { columns[objective].append(cost) }
        }
        return zip(objectives, columns).map { objective, costs in
            guard let least = costs.min() else { return 0 }
            let worst = OutlierLimit.worst(of: costs)
            let width = worst - least
            let margin = width > 0 ? width / 10 : worst == 0 ? 0.1 : abs(worst) / 10
            let moved = worst + margin
            return objective.cost(moved.isFinite ? moved : worst)
        }
    }
}
