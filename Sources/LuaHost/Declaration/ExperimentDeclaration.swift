internal import Engine
internal import LuaBridge
internal import Platform
internal import Settings

/// An experiment as the script declared it.
struct ExperimentDeclaration {
    let name: String
    /// Where `ag.experiment` was called.
    let place: LuaPlace?
    let space: SpaceObject
    let objectives: [Objective]
    let constraints: [Constraint]
    let scheduler: DeclaredScheduler
    /// Nil where none is given.
    let ranking: RankingRule?
    let initial: [Configuration]
    private let earlier: EarlierStudies
    let options: ExperimentOptions
    /// The names of the options that the script gives.
    private let given: Set<String>
    let train: LuaFunction

    static let owner = "ag.experiment"

    /// Reads the argument of `ag.experiment`.
    ///
    /// - Parameter isServed: clients run the trials, so that `train` may be missing.
    /// - Throws: `LuaError` that names the field, what was expected and what was found.
    init(_ call: LuaCall, defaultName: String, isServed: Bool = false) throws {
        let fields = try OptionReader(call[1], owner: Self.owner, for: ExperimentOptions.self)
        (place, given) = (call.place(), fields.names)
        train =
            try isServed && !fields.has("train") ? Self.noTrain(call.state) : Self.train(fields)
        space = try Self.space(fields)
        objectives = try ObjectivesReader.objectives(fields["objectives"], Self.owner)
        constraints = try ConstraintsReader.constraints(fields)
        scheduler = try Self.scheduler(fields)
        ranking = try RankingReader.rule(fields["scalarization_options"])
        try Self.charge(ranking ?? .standard, objectives: objectives.count)
        initial = try GivenReader.configurations(fields, in: space.space)
        earlier = try EarlierStudies(fields)
        var options = ExperimentOptions()
        try fields.read(into: &options)
        if !fields.has("first_is_default") { options.study.firstIsDefault = initial.isEmpty }
        try Self.readStop(fields, into: &options.study.stop)
        self.options = options
        name = options.name ?? defaultName
        guard options.hasLimit else {
            throw LuaError(
                "\(Self.owner): num_trials: expected a number of trials, or a time_out in seconds, "
                    + "or stop, or a budget")
        }
        _ = try definition(RunSettings())
    }

    /// What the engine is given; options of the command line win over the script's.
    ///
    /// - Parameters:
    ///   - study: the study that continues. What the script does not say is what the study has.
    ///   - order: in which reports are committed where neither says it; nil for the usual one.
    func definition(
        _ settings: RunSettings, continuing study: StudyDefinition? = nil,
        order: CommitOrder? = nil
    ) throws -> StudyDefinition {
        var studyOptions = studyOptions(settings, continuing: study)
        if let order, study == nil, !given.contains("order") { studyOptions.order = order }
        do {
            let hyperband = try Hyperband(scheduler(settings, continuing: study))
            let searcher = options.searcher?.choice ?? study?.searcher ?? .random
            return try StudyDefinition(
                name: name, space: space.space, objectives: objectives, hyperband: hyperband,
                ranking: ranking ?? study?.ranking ?? .standard, searcher: searcher,
                constraints: constraints,
                initial: initialConfigurations(hyperband, continuing: study),
                earlier: earlierStudies(hyperband, searcher, continuing: study),
                options: studyOptions,
                hasTimeLimit: settings.applied(to: options).timeOut != nil)
        } catch let error as SettingError {
            throw LuaError("\(Self.owner): \(error)")
        }
    }

    /// What the script gives, and then what earlier studies have found. A study that continues keeps what
    /// it began with: an earlier study may have changed since, or be gone.
    private func initialConfigurations(
        _ hyperband: Hyperband, continuing study: StudyDefinition?
    ) throws -> [Configuration] {
        if let study, !earlier.isEmpty || !given.contains("initial") { return study.initial }
        let found = try findings(hyperband).configurations
        let first = options.study.firstIsDefault ? [space.space.defaults] : []
        return initial + found.filter { !initial.contains($0) && !first.contains($0) }
    }

    /// What a model learns from before its study begins; nothing without a model.
    private func earlierStudies(
        _ hyperband: Hyperband, _ searcher: SearcherChoice, continuing study: StudyDefinition?
    ) throws -> [EarlierStudy] {
        if let study { return study.earlier }
        let usesModel = hyperband.kind == .model || searcher.settings.usesModel
        return usesModel ? try findings(hyperband).studies : []
    }

    private func findings(_ hyperband: Hyperband) throws -> EarlierStudies.Findings {
        try earlier.findings(
            in: space.space, objectives: objectives,
            levels: hyperband.rungLevels + [hyperband.maxResource])
    }

    private func studyOptions(
        _ settings: RunSettings, continuing study: StudyDefinition?
    ) -> StudyOptions {
        var options = settings.applied(to: options.study)
        if let study {
            options.fill(from: study.options) {
                given.contains($0.key) || settings.overrides.gives($0)
            }
        }
        return options
    }

    private func scheduler(
        _ settings: RunSettings, continuing study: StudyDefinition?
    ) throws -> HyperbandOptions {
        var options = settings.applied(to: scheduler.options)
        options.maxResource = options.maxResource ?? epochs
        guard options.maxResource != nil else {
            throw LuaError(
                "\(Self.owner): scheduler.max_t: expected an integer of at least 1, "
                    + "or a constant epochs in the space, got nil")
        }
        if let study {
            options.fill(from: study.hyperband) {
                scheduler.given.contains($0.key) || settings.overrides.gives($0)
            }
        }
        options.kind = options.kind ?? (isForModel ? options.standardKind : .stopping)
        return options
    }

    /// Whether the script gives nothing that a model has no use for.
    private var isForModel: Bool {
        options.searcher == nil && (ranking ?? .standard).trainsModel
            && StudyDefinition.allowsModel(objectives: objectives, space: space.space)
    }

    /// What a message about it begins with: `s.lua:3: experiment "s"`.
    var title: String { (place.map { "\($0): " } ?? "") + "experiment \"\(name)\"" }

    /// The constant `epochs` of the space, which stands in for a `max_t` that is not given.
    private var epochs: Resource? {
        for member in space.space.members where member.name == "epochs" {
            switch member.node {
            case .constant(.integer(let epochs)): return Resource(epochs)
            case .constant(.real(let epochs)): return Resource(epochs)
            default: break
            }
        }
        return nil
    }

    /// Charges the weights that a run will draw, of which a small number in a script makes many.
    private static func charge(_ ranking: RankingRule, objectives: Int) throws {
        let count =
            switch ranking {
            case .randomWeights(let count), .parEGO(let count, _): count
            case .nondominated, .hypervolume: 0
            }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: 8 * objectives)
        try MemoryCharge.ofCopies?.add(
            overflow ? -1 : bytes, purpose: "num_weights for \(objectives) objectives")
    }

    /// What stands in for a `train` that no trial calls.
    private static func noTrain(_ lua: LuaState) throws -> LuaFunction {
        try lua.function("train") { _ in throw LuaError("train: clients run the trials") }
    }

    private static func train(_ options: OptionReader) throws -> LuaFunction {
        guard case .function(let train) = options["train"] else {
            throw options.error("train", expected: "a function of (args, reporter)")
        }
        return train
    }

    private static func space(_ options: OptionReader) throws -> SpaceObject {
        switch options["space"] {
        case .table(let table): return try SpaceObject(table, owner: "\(owner): space")
        case .object(let object):
            if let space = object.object as? SpaceObject { return space }
        default: break
        }
        throw options.error("space", expected: "a table of parameters and constants")
    }

    /// `stop = { no_gain = n }`
    private static func readStop(
        _ options: OptionReader, into stop: inout StopOptions
    ) throws {
        guard options.has("stop") else { return }
        let fields = try OptionReader(
            options["stop"], owner: "\(owner): stop", for: StopOptions.self)
        try fields.read(into: &stop)
        guard stop.noGain != nil else {
            throw fields.error("no_gain", expected: "a number of trials")
        }
    }

    private static func scheduler(_ options: OptionReader) throws -> DeclaredScheduler {
        guard options.has("scheduler") else { return DeclaredScheduler() }
        guard case .object(let object) = options["scheduler"],
            let scheduler = object.object as? SchedulerObject
        else { throw options.error("scheduler", expected: "ag.hyperband { … }") }
        return scheduler.scheduler
    }
}

extension ExperimentOptions {
    /// Whether something ends the study.
    fileprivate var hasLimit: Bool {
        study.trialLimit != nil || timeOut != nil || study.stop.noGain != nil
            || study.budget != nil
    }
}
