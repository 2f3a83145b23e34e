public import Engine

/// Rungs of random points, with and without ties.
public enum RankingCases {
    static let names = ["d", "b", "f", "a", "e", "c"]

    /// The rank of each point, from 1, under a rule.
    ///
    /// - Parameter points: shape [points][objectives]; less is better.
    public static func ranks(
        _ points: [[Double]], _ rule: RankingRule, names: [String]? = nil, seed: Int = 1
    ) -> [Int] {
        let objectives = points.first?.count ?? 0
        var ranking = rule.makeRanking(
            objectives: names ?? Array(Self.names.prefix(objectives)), seed: seed)
        for point in points { ranking.record(point) }
        return points.indices.map { ranking.rank(of: $0) }
    }

    static func each(_ objectives: Int, _ body: ([[Double]], inout TestRandom) -> Void) {
        for number in 0..<40 {
            var random = TestRandom("rung", number * 10 + objectives)
            let count = 1 + random.below(25)
            let points = (0..<count).map { _ in
                number % 2 == 0
                    ? random.gridPoint(objectives: objectives)
                    : random.point(objectives: objectives)
            }
            body(points, &random)
        }
    }
}
