internal import Engine
internal import LuaBridge
internal import Platform

/// `on_error`: what a trial that fails means for the study.
enum ErrorRule: String, CaseIterable {
    case `continue`
    case stop
}

/// An experiment as the script declared it.
struct ExperimentDeclaration {
    let name: String
    /// Where `ag.experiment` was called.
    let place: LuaPlace?
    let space: SpaceObject
    let objectives: [Objective]
    let scheduler: SchedulerOptions
    let ranking: RankingRule
    let searcher: SearcherChoice
    let trialLimit: Int?
    let noGainLimit: Int?
    let timeOut: Double?
    let trialTimeOut: Double?
    let slots: Int
    let seed: Int
    let order: StudyDefinition.Order
    let firstIsDefault: Bool
    let retries: Int
    let onError: ErrorRule
    let train: LuaFunction

    static let owner = "ag.experiment"

    private static let fields = [
        "name", "space", "objectives", "scheduler", "scalarization_options", "searcher",
        "num_trials", "stop", "time_out", "trial_time_out", "parallel_trials",
        "seed", "order", "first_is_default", "retries", "on_error",
        "train",
    ]

    /// Reads the argument of `ag.experiment`.
    ///
    /// - Throws: `LuaError` that names the field, what was expected and what was found.
    init(_ call: LuaCall, defaultName: String) throws {
        let options = try OptionReader(call[1], owner: Self.owner, known: Self.fields)
        name = try options.text("name") ?? defaultName
        place = call.place()
        train = try Self.train(options)
        space = try Self.space(options)
        objectives = try ObjectivesReader.objectives(options["objectives"], Self.owner)
        scheduler = try Self.scheduler(options)
        ranking = try RankingReader.rule(options["scalarization_options"])
        try Self.charge(ranking, objectives: objectives.count)
        searcher = try options.choice("searcher", of: SearcherKind.self)?.choice ?? .random
        trialLimit = try options.integer("num_trials", atLeast: 1)
        noGainLimit = try Self.noGainLimit(options)
        timeOut = try options.positiveNumber("time_out")
        // Thirty years are as good as no limit, and no clock counts much further.
        trialTimeOut = try options.positiveNumber("trial_time_out").map { min($0, 1e9) }
        slots = try options.integer("parallel_trials", atLeast: 1) ?? 4
        seed = try options.integer("seed") ?? 0
        order = try options.choice("order") ?? .virtualTime
        firstIsDefault = try options.boolean("first_is_default") ?? true
        retries = try options.integer("retries", atLeast: 0) ?? 0
        onError = try options.choice("on_error") ?? .continue
        guard trialLimit != nil || timeOut != nil || noGainLimit != nil else {
            throw LuaError(
                "\(Self.owner): num_trials: expected a number of trials, or a time_out in seconds, "
                    + "or stop")
        }
        _ = try definition(RunSettings())
    }

    /// What the engine is given; options of the command line win over the script's.
    func definition(_ settings: RunSettings) throws -> StudyDefinition {
        do {
            let hyperband = try scheduler.hyperband(
                override: settings.maxResource, fallback: epochs)
            return try StudyDefinition(
                name: name, seed: settings.seed ?? seed, space: space.space,
                objectives: objectives, hyperband: hyperband, ranking: ranking, searcher: searcher,
                trialLimit: settings.trialLimit ?? trialLimit, noGainLimit: noGainLimit,
                slots: settings.slots ?? slots,
                firstIsDefault: firstIsDefault, order: order, retries: retries,
                endsOnFailure: onError == .stop)
        } catch let error as SettingError {
            throw LuaError("\(Self.owner): \(error)")
        }
    }

    /// What a message about it begins with: `s.lua:3: experiment "s"`.
    var title: String { (place.map { "\($0): " } ?? "") + "experiment \"\(name)\"" }

    /// The constant `epochs` of the space, which stands in for a `max_t` that is not given.
    private var epochs: Int? {
        for member in space.space.members where member.name == "epochs" {
            if case .constant(.integer(let epochs)) = member.node { return epochs }
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
    private static func noGainLimit(_ options: OptionReader) throws -> Int? {
        guard options.has("stop") else { return nil }
        let stop = try OptionReader(
            options["stop"], owner: "\(owner): stop", known: ["no_gain"])
        guard let limit = try stop.integer("no_gain", atLeast: 1) else {
            throw stop.error("no_gain", expected: "a number of trials")
        }
        return limit
    }

    private static func scheduler(_ options: OptionReader) throws -> SchedulerOptions {
        guard options.has("scheduler") else { return SchedulerOptions() }
        guard case .object(let object) = options["scheduler"],
            let scheduler = object.object as? SchedulerObject
        else { throw options.error("scheduler", expected: "ag.hyperband { … }") }
        return scheduler.options
    }
}
