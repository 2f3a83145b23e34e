/// The options under names of their own.
extension StudyDefinition {
    /// What every random draw follows from.
    public var seed: Int { options.seed }
    /// At most so many trials; nil for no limit (then the host ends the study).
    public var trialLimit: Int? { options.trialLimit }
    /// Start and promote nothing more once so many trials in a row have left their slots with the
    /// front as it was (`stop.no_gain`); nil to continue all the same.
    public var noGainLimit: Int? { options.stop.noGain }
    /// Give no slot away once all trials together have used so much resource (`budget`); nil for no
    /// limit. Trials that run then come to their next rung, or to their end.
    public var budget: Resource? { options.budget }
    /// How many trials run side by side on the virtual clock (`parallel_trials`).
    public var slots: Int { options.slots }
    /// Whether trial 1 has the space's defaults.
    public var firstIsDefault: Bool { options.firstIsDefault }
    /// In which order reports are committed.
    public var order: Order { options.order }
    /// How often a trial that raises an error is tried again.
    public var retries: Int { options.retries }
    /// Whether a trial that fails ends the study (`on_error = "stop"`).
    public var endsOnFailure: Bool { options.onError == .stop }

    /// The same with the options one by one.
    ///
    /// - Throws: `SettingError`, as ``init(name:space:objectives:hyperband:ranking:searcher:constraints:initial:earlier:options:rules:hasTimeLimit:)``.
    public init(
        name: String, seed: Int, space: SearchSpace, objectives: [Objective],
        hyperband: Hyperband, ranking: RankingRule = .standard,
        searcher: SearcherChoice = .random, constraints: [Constraint] = [],
        initial: [Configuration] = [], earlier: [EarlierStudy] = [], trialLimit: Int?,
        noGainLimit: Int? = nil, budget: Resource? = nil, hasTimeLimit: Bool = false,
        slots: Int = StudyOptions.standard.slots,
        firstIsDefault: Bool = StudyOptions.standard.firstIsDefault,
        order: Order = StudyOptions.standard.order, retries: Int = StudyOptions.standard.retries,
        endsOnFailure: Bool = false, rules: RungRules = .current
    ) throws {
        var options = StudyOptions()
        options.seed = seed
        options.trialLimit = trialLimit
        options.stop.noGain = noGainLimit
        options.budget = budget
        options.slots = slots
        options.firstIsDefault = firstIsDefault
        options.order = order
        options.retries = retries
        options.onError = endsOnFailure ? .stop : .continue
        try self.init(
            name: name, space: space, objectives: objectives, hyperband: hyperband,
            ranking: ranking, searcher: searcher, constraints: constraints, initial: initial,
            earlier: earlier, options: options, rules: rules,
            hasTimeLimit: hasTimeLimit)
    }
}
