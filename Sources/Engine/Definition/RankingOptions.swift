package import Settings

/// What can be set of a ranking (`scalarization_options`).
public struct RankingOptions: Hashable, Sendable {
    /// A kind of ranking, by its name in Lua.
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// The best of some random weightings.
        case randomWeights = "random_weights"
        /// The best augmented Chebyshev scalarisation over some random weightings.
        case parEGO = "parego"
        /// Non-dominated sorting, ties by crowding distance.
        case nondominated
        /// Non-dominated sorting, ties by exclusive contribution to the hypervolume.
        case hypervolume

        /// Whether the ranking weighs the objectives.
        package var hasWeights: Bool { self == .randomWeights || self == .parEGO }
    }

    /// Which kind.
    public var algorithm = Algorithm.randomWeights
    /// How many weightings, for the kinds that have some.
    public var weights = 100
    /// The share of the sum, for `parego`.
    public var rho = 0.05

    /// The defaults.
    public init() {}

    /// The rule that these options describe.
    public var rule: RankingRule {
        switch algorithm {
        case .randomWeights: .randomWeights(count: weights)
        case .parEGO: .parEGO(count: weights, rho: rho)
        case .nondominated: .nondominated
        case .hypervolume: .hypervolume
        }
    }
}

extension RankingOptions: SettingOptions {
    /// What `scalarization_options` takes: key, type, bounds, default and help of each.
    package static let settings: [Setting<RankingOptions>] = [
        Setting("algorithm", \.algorithm, is: .choice, help: "how trials of a rung are ranked"),
        Setting(
            "num_weights", \.weights, is: .integer(atLeast: 1, atMost: 100_000),
            help: "weightings, for the first two"),
        Setting("rho", \.rho, is: .number(atLeast: 0), help: "for `\"parego\"` only"),
    ]
}
