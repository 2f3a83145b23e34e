/// All that determines a study: the same definition and the same objectives' values give the same
/// events.
public struct StudyDefinition: Hashable, Sendable {
    /// In which order reports are committed.
    public typealias Order = CommitOrder

    /// The study's name, for people.
    public let name: String
    /// What is varied.
    public let space: SearchSpace
    /// At least one, of different names; their order is the order of all values.
    public let objectives: [Objective]
    /// What reports must keep to be feasible; of different metrics.
    public let constraints: [Constraint]
    /// When trials are compared, and what then happens.
    public internal(set) var hyperband: Hyperband
    /// How the trials of a rung are ranked.
    public let ranking: RankingRule
    /// What chooses the configurations that the definition does not give.
    public let searcher: SearcherChoice
    /// The configurations of the first trials (`initial`), after the defaults; no two alike.
    public let initial: [Configuration]
    /// What earlier studies found (`warm_start`), which a model learns from.
    public let earlier: [EarlierStudy]
    /// What else was set.
    public internal(set) var options: StudyOptions
    /// Which rules decide at rungs; a resumed study keeps its own.
    public internal(set) var rules: RungRules
    /// Whether the host ends the study when its time is up. Where no new trial can start, a model then
    /// lets paused trials continue that are not due. A resumed study keeps what it began with.
    public internal(set) var hasTimeLimit: Bool
    /// Whether trials that are complete continue where this definition extends one of a smaller maximum.
    /// Which program extended a study is no part of what was asked for, so that comparing leaves it out.
    var continuesCompleted: Bool {
        get { extensionRule.continuesCompleted }
        set { extensionRule.continuesCompleted = newValue }
    }
    private var extensionRule = ExtensionRule()

    /// - Throws: `SettingError` under the Lua names: `objectives`, `constraints`, `initial`,
    ///   `warm_start`, those of ``StudyOptions`` and of ``RankingOptions``.
    public init(
        name: String, space: SearchSpace, objectives: [Objective], hyperband: Hyperband,
        ranking: RankingRule = .standard, searcher: SearcherChoice = .random,
        constraints: [Constraint] = [], initial: [Configuration] = [],
        earlier: [EarlierStudy] = [], options: StudyOptions, rules: RungRules = .current,
        hasTimeLimit: Bool = false
    ) throws {
        self.name = name
        self.space = space
        self.objectives = objectives
        self.constraints = constraints
        self.hyperband = hyperband
        self.ranking = ranking
        self.searcher = searcher
        self.initial = initial
        self.earlier = earlier
        self.options = options
        self.rules = rules
        self.hasTimeLimit = hasTimeLimit
        try checkSettings()
    }

    /// Whether a model decides about slots, or proposes configurations.
    var usesModel: Bool { hyperband.kind == .model || searcher.settings.usesModel }

    /// - Throws: `SettingError`, as `init`.
    private func checkSettings() throws {
        try Self.check(objectives, timeAttribute: hyperband.timeAttribute)
        try Self.check(constraints, timeAttribute: hyperband.timeAttribute)
        try checkModel()
        try ranking.check()
        try Self.check(initial, in: space)
        for (index, study) in earlier.enumerated() {
            try study.check(
                objectives: objectives.count, field: "warm_start[\(index + 1)]")
        }
        try options.check()
        try checkBudget()
        try options.stop.check(under: "stop.")
    }

    private func checkBudget() throws {
        guard let budget, hyperband.isWhole, !budget.isWhole else { return }
        throw SettingError(
            field: "budget",
            expected: "an integer of at least 1, or a resolution other than 1, such as 0.5",
            got: "\(budget)")
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
        let parameters = UnitCubeEncoding(space).coordinates.count
        guard parameters <= ModelSettings.mostParameters else {
            throw SettingError(
                field: "space",
                expected: "at most \(ModelSettings.mostParameters) parameters for a model; type "
                    + "\"stopping\" has no such limit",
                got: "\(parameters)")
        }
    }

    /// Whether a model can be had for these.
    package static func allowsModel(objectives: [Objective], space: SearchSpace) -> Bool {
        objectives.count <= ModelSettings.mostObjectives
            && UnitCubeEncoding(space).coordinates.count <= ModelSettings.mostParameters
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

    private static func check(_ constraints: [Constraint], timeAttribute: String) throws {
        try check(constraints.map(\.metric), of: "constraints", timeAttribute: timeAttribute) {
            ("one for each metric", "two for \($0)")
        }
    }

    private static func check(_ objectives: [Objective], timeAttribute: String) throws {
        guard !objectives.isEmpty else {
            throw SettingError(
                field: "objectives", expected: "at least one, each MAX or MIN", got: "none")
        }
        try check(objectives.map(\.name), of: "objectives", timeAttribute: timeAttribute) {
            ("different names", "\($0) twice")
        }
    }

    /// Refuses a name that stands twice, or is the resource's.
    ///
    /// - Parameter twice: what is wrong with a name that does.
    private static func check(
        _ names: [String], of field: String, timeAttribute: String,
        twice: (String) -> (expected: String, got: String)
    ) throws {
        var seen: Set<Name> = []
        for name in names {
            guard seen.insert(Name(name)).inserted else {
                let (expected, got) = twice(name)
                throw SettingError(field: field, expected: expected, got: got)
            }
            guard Name(name) != Name(timeAttribute) else {
                throw SettingError(
                    field: field, expected: "other names than time_attr's", got: timeAttribute)
            }
        }
    }
}
