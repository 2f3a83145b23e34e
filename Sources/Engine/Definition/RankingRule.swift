/// How trials of a rung are ranked when there is more than one objective.
public enum RankingRule: Hashable, Sendable, Codable {
    /// The best of `count` random weightings (`random_weights`).
    case randomWeights(count: Int)
    /// The best augmented Chebyshev scalarisation over `count` random weightings (`parego`).
    case parEGO(count: Int, rho: Double)
    /// Non-dominated sorting, ties inside a front by crowding distance (`nondominated`).
    case nondominated

    /// How many random weightings there are; where the rule has none, as many as by default.
    var weightCount: Int {
        switch self {
        case .randomWeights(let count), .parEGO(let count, _): count
        case .nondominated: 100
        }
    }

    /// 100 random weightings.
    public static let standard = RankingRule.randomWeights(count: 100)

    /// - Throws: `SettingError` under the names `num_weights` and `rho`.
    func check() throws {
        switch self {
        case .nondominated: break
        case .randomWeights(let count):
            try Self.check(count)
        case .parEGO(let count, let rho):
            try Self.check(count)
            guard rho >= 0, rho.isFinite else {
                throw SettingError(
                    field: "rho", expected: "a number of at least 0", got: "\(rho)")
            }
        }
    }

    private static func check(_ count: Int) throws {
        guard (1...100_000).contains(count) else {
            throw SettingError(
                field: "num_weights", expected: "an integer from 1 to 100000", got: "\(count)")
        }
    }
}
