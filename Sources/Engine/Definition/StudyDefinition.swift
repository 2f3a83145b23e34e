/// All that determines a study: the same definition and the same objectives' values give the same
/// events.
public struct StudyDefinition: Hashable, Sendable {
    /// In which order reports are committed.
    public enum Order: String, Hashable, Sendable, Codable, CaseIterable {
        /// By virtual time: the same search on any number of threads.
        case virtualTime = "virtual"
        /// First come, first decided: no trial waits, and the search depends on the machine.
        case arrival
    }

    /// The study's name, for people.
    public let name: String
    /// What every random draw follows from.
    public let seed: Int
    /// What is varied.
    public let space: SearchSpace
    /// At least one, of different names; their order is the order of all values.
    public let objectives: [Objective]
    /// When trials are compared, and what then happens.
    public internal(set) var hyperband: Hyperband
    /// How the trials of a rung are ranked.
    public let ranking: RankingRule
    /// What chooses the configurations that the definition does not give.
    public let searcher: SearcherChoice
    /// The configurations of the first trials (`initial`), after the defaults; no two alike.
    public let initial: [Configuration]
    /// At most so many trials; nil for no limit (then the host ends the study).
    public internal(set) var trialLimit: Int?
    /// Start and promote nothing more once so many trials in a row have left their slots with the
    /// front as it was (`stop.no_gain`); nil to go on all the same.
    public internal(set) var noGainLimit: Int?
    /// How many trials run side by side on the virtual clock (`parallel_trials`).
    public let slots: Int
    /// Whether trial 1 has the space's defaults.
    public let firstIsDefault: Bool
    /// In which order reports are committed.
    public let order: Order
    /// How often a trial that raises an error is tried again.
    public internal(set) var retries: Int
    /// Whether a trial that fails ends the study (`on_error = "stop"`).
    public internal(set) var endsOnFailure: Bool

    /// - Throws: `SettingError` under the Lua names: `objectives`, `num_trials`, `stop.no_gain`,
    ///   `parallel_trials`, `num_weights`, `rho`, `retries`.
    public init(
        name: String, seed: Int, space: SearchSpace, objectives: [Objective],
        hyperband: Hyperband, ranking: RankingRule = .standard,
        searcher: SearcherChoice = .random, initial: [Configuration] = [], trialLimit: Int?,
        noGainLimit: Int? = nil, slots: Int = 4,
        firstIsDefault: Bool = true, order: Order = .virtualTime, retries: Int = 0,
        endsOnFailure: Bool = false
    ) throws {
        self.name = name
        self.seed = seed
        self.space = space
        self.objectives = objectives
        self.hyperband = hyperband
        self.ranking = ranking
        self.searcher = searcher
        self.initial = initial
        self.trialLimit = trialLimit
        self.noGainLimit = noGainLimit
        self.slots = slots
        self.firstIsDefault = firstIsDefault
        self.order = order
        self.retries = retries
        self.endsOnFailure = endsOnFailure
        try checkSettings()
    }

    /// Whether a model decides about slots, or proposes configurations.
    var usesModel: Bool { hyperband.kind == .model || searcher.settings.usesModel }

    /// - Throws: `SettingError`, as `init`.
    private func checkSettings() throws {
        try Self.check(objectives, timeAttribute: hyperband.timeAttribute)
        try checkModel()
        try ranking.check()
        try Self.check(initial, in: space)
        if let trialLimit { try SettingError.require("num_trials", trialLimit, atLeast: 1) }
        if let noGainLimit { try SettingError.require("stop.no_gain", noGainLimit, atLeast: 1) }
        try SettingError.require("retries", retries, atLeast: 0)
        guard (1...1_000_000).contains(slots) else {
            throw SettingError(
                field: "parallel_trials", expected: "an integer from 1 to 1000000",
                got: "\(slots)")
        }
    }

    private func checkModel() throws {
        guard usesModel else { return }
        guard hyperband.kind != .model || searcher == .random else {
            throw SettingError(
                field: "searcher", expected: "none with type \"model\", which proposes itself",
                got: searcher.name)
        }
        guard objectives.count <= ModelSettings.mostObjectives else {
            throw SettingError(
                field: "objectives",
                expected: "at most \(ModelSettings.mostObjectives) for a model",
                got: "\(objectives.count)")
        }
    }

    /// Checks all of a definition that was decoded, as decoding takes what it finds: a file may have
    /// been written by anyone.
    ///
    /// - Throws: `SettingError` under the Lua names.
    /// - Complexity: O(domains of the space and their choices).
    func check() throws {
        try hyperband.check()
        for objective in objectives { try objective.check() }
        try space.check()
        try checkSettings()
    }

    private static func check(_ initial: [Configuration], in space: SearchSpace) throws {
        var seen: Set<Configuration> = []
        for (index, configuration) in initial.enumerated() {
            let field = "initial[\(index + 1)]"
            try space.checkGiven(configuration, field: field)
            guard seen.insert(configuration).inserted else {
                throw SettingError(
                    field: field, expected: "different configurations", got: "the same twice")
            }
        }
    }

    private static func check(_ objectives: [Objective], timeAttribute: String) throws {
        guard !objectives.isEmpty else {
            throw SettingError(
                field: "objectives", expected: "at least one, each MAX or MIN", got: "none")
        }
        var names: Set<String> = []
        for objective in objectives {
            guard names.insert(objective.name).inserted else {
                throw SettingError(
                    field: "objectives", expected: "different names",
                    got: "\(objective.name) twice")
            }
            guard objective.name != timeAttribute else {
                throw SettingError(
                    field: "objectives", expected: "other names than time_attr's",
                    got: timeAttribute)
            }
        }
    }
}
