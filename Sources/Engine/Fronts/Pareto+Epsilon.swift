extension Pareto {
    /// How far apart the points of a thinned front are.
    public enum Epsilon: Hashable, Sendable {
        /// In each objective so much of the front's range in it, from 0 to below 1.
        case share(Double)
        /// In each objective so much, in its own unit; finite and not negative.
        case amounts([Double])
    }

    /// The ε-front: a part of the front such that every point left out is at most ε better, in each
    /// objective, than some point that is kept. Best in the first objective first, and the best
    /// there is always kept.
    ///
    /// Source: Laumanns, Thiele, Deb, Zitzler 2002, "Combining convergence and diversity in
    /// evolutionary multiobjective optimization" (ε-approximate fronts).
    ///
    /// - Returns: indices into `points`.
    /// - Throws: `SettingError` under the name `epsilon`.
    /// - Complexity: that of `front`, and O(front · kept).
    public static func front(
        _ points: [[Double]], objectives: [Objective], epsilon: Epsilon
    ) throws -> [Int] {
        let front = front(points, objectives: objectives)
        return try thinned(front.map { points[$0] }, objectives: objectives, epsilon: epsilon)
            .map { front[$0] }
    }

    /// The indices of the points to keep of a front, which is in its order.
    static func thinned(
        _ front: [[Double]], objectives: [Objective], epsilon: Epsilon
    ) throws -> [Int] {
        let width = try amounts(epsilon, of: front, objectives: objectives)
        var kept: [(index: Int, reach: [Double])] = []
        for (index, point) in front.enumerated() {
            let costs = costs(point, objectives)
            let isCovered = kept.contains { other in
                zip(other.reach, costs).allSatisfy { $0 <= $1 }
            }
            if !isCovered { kept.append((index, zip(costs, width).map { $0 - $1 })) }
        }
        return kept.map(\.index)
    }

    private static func amounts(
        _ epsilon: Epsilon, of front: [[Double]], objectives: [Objective]
    ) throws -> [Double] {
        switch epsilon {
        case .amounts(let amounts):
            guard amounts.count == objectives.count,
                amounts.allSatisfy({ $0 >= 0 && $0.isFinite })
            else {
                throw SettingError(
                    field: "epsilon",
                    expected: "a finite number of at least 0 for each of the objectives",
                    got: "{" + amounts.map(\.description).joined(separator: ", ") + "}")
            }
            return amounts
        case .share(let share):
            guard share >= 0, share < 1 else {
                throw SettingError(
                    field: "epsilon", expected: "a number from 0 to below 1", got: "\(share)")
            }
            var bounds = CostBounds(objectives: objectives.count)
            for point in front { _ = bounds.include(costs(point, objectives)) }
            return zip(bounds.least, bounds.greatest).map { least, greatest in
                guard least.isFinite else { return 0 }
                return share * greatest - share * least
            }
        }
    }
}
