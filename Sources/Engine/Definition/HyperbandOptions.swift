package import Settings

/// What can be set of ``Hyperband``, before it is known to be possible.
public struct HyperbandOptions: Hashable, Sendable {
    /// The resource at which a trial is complete; nil where it is not known yet.
    public var maxResource: Resource?
    /// The step in which the virtual clock counts the resource; with 1 resources are whole numbers.
    public var resolution: Resource = 1
    /// The name of the resource in a report.
    public var timeAttribute = "epoch"
    /// The first rung level, unless levels are given; nil for the kind's default.
    public var gracePeriod: Resource?
    /// One in this many continues at a rung.
    public var reductionFactor = 3
    /// The levels one by one.
    public var rungLevels: [Resource]?
    /// How many sets of rungs there are; at most one for each rung counts.
    public var brackets = 1
    /// What happens to a trial at a rung; nil for ``standardKind``.
    public var kind: Hyperband.Kind?

    /// The defaults.
    public init() {}

    /// The defaults.
    public static let standard = HyperbandOptions()

    /// What happens to a trial where no kind is given: a model decides, unless there are several
    /// brackets, which only the other kinds have.
    public var standardKind: Hyperband.Kind { brackets > 1 ? .stopping : .model }

    /// Replaces what was not given by what a study has, so that a script that does not say it
    /// continues the study under other defaults and up to another maximum.
    ///
    /// - Parameter isGiven: whether a setting was given.
    package mutating func fill(
        from study: Hyperband, unless isGiven: (Setting<HyperbandOptions>) -> Bool
    ) {
        var earlier = self
        earlier.timeAttribute = study.timeAttribute
        earlier.resolution = study.resolution
        earlier.reductionFactor = study.reductionFactor
        earlier.brackets = study.brackets
        fill(from: earlier, unless: isGiven)
        kind = kind ?? study.kind
        guard gracePeriod == nil, rungLevels == nil, let maxResource else { return }
        if study.hasGrownLevels {
            gracePeriod = study.gracePeriod <= maxResource ? study.gracePeriod : nil
        } else {
            rungLevels = study.rungLevels.filter { $0 < maxResource } + [maxResource]
        }
    }

    /// Checks what the resolution makes of the other settings.
    ///
    /// - Throws: `SettingError` under the names `max_t`, `resolution`, `grace_period` and
    ///   `rung_levels`.
    func checkResolution(_ maxResource: Resource) throws {
        guard resolution != 1 else { return try checkWhole(maxResource) }
        guard resolution <= maxResource else {
            throw SettingError(
                field: "resolution", expected: "at most max_t (\(maxResource))",
                got: "\(resolution)")
        }
        guard maxResource.steps(of: resolution) <= Hyperband.largestResource else {
            throw SettingError(
                field: "resolution",
                expected: "at least max_t / \(Hyperband.largestResource)", got: "\(resolution)")
        }
    }

    private func checkWhole(_ maxResource: Resource) throws {
        let levels = (rungLevels ?? []).enumerated().map { ("rung_levels[\($0 + 1)]", $1) }
        let given = [("max_t", maxResource)] + (gracePeriod.map { [("grace_period", $0)] } ?? [])
        for (field, resource) in given + levels where !resource.isWhole {
            throw SettingError(
                field: field,
                expected: "an integer of at least 1, or a resolution other than 1, such as 0.5",
                got: "\(resource)")
        }
    }
}

extension HyperbandOptions: SettingOptions {
    /// What `ag.hyperband` takes: key, type, bounds, default and help of each.
    package static let settings: [Setting<HyperbandOptions>] = [
        Setting(
            "max_t", \.maxResource, is: .resource(atMost: Resource(Hyperband.largestResource)),
            type: "integer ≥ 1; with `resolution` number > 0",
            standard: "the constant `epochs` of the space",
            option: CommandOption("max-t"), help: "the resource at which a trial is complete"),
        Setting(
            "time_attr", \.timeAttribute, is: .text, help: "the name of the resource in a report"),
        Setting(
            "resolution", \.resolution, is: .resource(expected: "a number above 0"),
            help: "the step in which the virtual clock counts the resource",
            details: "with any but 1 resources need not be whole numbers"),
        Setting(
            "grace_period", \.gracePeriod, is: .resource(), type: "1 … `max_t`",
            standard: "`max_t` / 26, but at least 2 from `max_t` 20 on; 1 with the other types; "
                + "in steps of `resolution`",
            help: "the first rung"),
        Setting(
            "reduction_factor", \.reductionFactor, is: .integer(atLeast: 2),
            help: "the ratio of the rungs; 1 in so many continues"),
        Setting(
            "rung_levels", \.rungLevels, is: .resources("increasing numbers up to `max_t`"),
            help: "the rungs one by one, in place of `grace_period`"),
        Setting(
            "brackets", \.brackets, is: .integer(atLeast: 1),
            help: "sets of rungs; at most as many as there are rungs"),
        Setting(
            "type", \.kind, is: .choice,
            standard: "`\"model\"`; `\"stopping\"` beside what only that has",
            help: "at a rung: trials that are not among the best stop; all pause and the best "
                + "continue; all pause and [a model](search.md) chooses",
            details: "`brackets` above 1, a `searcher`, and a ranking other than `random_weights` "
                + "are not for `\"model\"`"),
    ]
}
