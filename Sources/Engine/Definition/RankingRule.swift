/// How trials of a rung are ranked when there is more than one objective.
public enum RankingRule: Hashable, Sendable {
    /// The best of `count` random weightings (`random_weights`).
    case randomWeights(count: Int)
    /// The best augmented Chebyshev scalarisation over `count` random weightings (`parego`).
    case parEGO(count: Int, rho: Double)
    /// Non-dominated sorting, ties inside a front by crowding distance (`nondominated`).
    case nondominated
    /// Non-dominated sorting, ties inside a front by exclusive contribution to the hypervolume
    /// (`hypervolume`).
    case hypervolume

    /// How many random weightings there are; where the rule has none, as many as by default.
    var weightCount: Int {
        switch self {
        case .randomWeights(let count), .parEGO(let count, _): count
        case .nondominated, .hypervolume: 100
        }
    }

    /// Whether a model makes use of it: to choose the records that train it.
    package var trainsModel: Bool {
        if case .randomWeights = self { true } else { false }
    }

    /// 100 random weightings.
    public static let standard = RankingOptions().rule

    /// - Throws: `SettingError` under the names `num_weights` and `rho`.
    func check() throws {
        var options = RankingOptions()
        switch self {
        case .nondominated, .hypervolume: break
        case .randomWeights(let count): options.weights = count
        case .parEGO(let count, let rho): (options.weights, options.rho) = (count, rho)
        }
        try options.check()
    }
}
