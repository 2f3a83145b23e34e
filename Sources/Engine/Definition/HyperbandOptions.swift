package import Settings

/// What can be set of ``Hyperband``, before it is known to be possible.
public struct HyperbandOptions: Hashable, Sendable {
    /// The resource at which a trial is complete; nil where it is not known yet.
    public var maxResource: Int?
    /// The name of the resource in a report.
    public var timeAttribute = "epoch"
    /// The first rung level, unless levels are given; nil for the kind's default.
    public var gracePeriod: Int?
    /// One in this many continues at a rung.
    public var reductionFactor = 3
    /// The levels one by one.
    public var rungLevels: [Int]?
    /// How many sets of rungs there are; at most one for each rung counts.
    public var brackets = 1
    /// What happens to a trial at a rung.
    public var kind = Hyperband.Kind.stopping

    /// The defaults.
    public init() {}

    /// The defaults.
    public static let standard = HyperbandOptions()
}

extension HyperbandOptions: SettingOptions {
    /// What `ag.hyperband` takes: key, type, bounds, default and help of each.
    package static let settings: [Setting<HyperbandOptions>] = [
        Setting(
            "max_t", \.maxResource, is: .integer(atLeast: 1, atMost: Hyperband.largestResource),
            type: "integer ≥ 1", standard: "the constant `epochs` of the space",
            option: CommandOption("max-t"), help: "the resource at which a trial is complete"),
        Setting(
            "time_attr", \.timeAttribute, is: .text, help: "the name of the resource in a report"),
        Setting(
            "grace_period", \.gracePeriod, is: .integer(atLeast: 1), type: "1 … `max_t`",
            standard: "1; with `\"model\"` `max_t` / 26, but at least 2 from `max_t` 20 on",
            help: "the first rung"),
        Setting(
            "reduction_factor", \.reductionFactor, is: .integer(atLeast: 2),
            help: "the ratio of the rungs; 1 in so many goes on"),
        Setting(
            "rung_levels", \.rungLevels, is: .integers("increasing integers up to `max_t`"),
            help: "the rungs one by one, in place of `grace_period`"),
        Setting(
            "brackets", \.brackets, is: .integer(atLeast: 1),
            help: "sets of rungs; at most as many as there are rungs"),
        Setting(
            "type", \.kind, is: .choice,
            help: "at a rung: trials that are not among the best stop; all pause and the best "
                + "continue; all pause and [a model](search.md) chooses"),
    ]
}
