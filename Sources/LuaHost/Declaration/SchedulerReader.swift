internal import Engine
internal import LuaBridge
internal import Platform

/// Reads the options of `ag.hyperband`; `max_t` may be left to the experiment's `epochs`.
enum SchedulerReader {
    static func scheduler(_ value: LuaValue) throws -> DeclaredScheduler {
        let owner = "ag.hyperband"
        var options = HyperbandOptions()
        let fields = try OptionReader(value, owner: owner, for: HyperbandOptions.self)
        try fields.read(into: &options)
        guard !ObjectivesReader.reserved.contains(options.timeAttribute) else {
            throw LuaError(
                "\(owner): time_attr: \(options.timeAttribute): a point has a field of this name; "
                    + "choose another")
        }
        do {
            // With an end of its own the ladder is checked here, where the mistake was made.
            if options.maxResource != nil { _ = try Hyperband(options) }
        } catch let error as SettingError {
            throw LuaError("\(owner): \(error)")
        }
        return DeclaredScheduler(options: options, given: fields.names)
    }
}

/// The options of `ag.hyperband`, and which of them the script gives.
struct DeclaredScheduler {
    var options = HyperbandOptions()
    var given: Set<String> = []
}

/// What `ag.hyperband` gives the script.
final class SchedulerObject {
    let scheduler: DeclaredScheduler
    private let copies = MemoryCharge.ofCopies
    init(_ scheduler: DeclaredScheduler) { self.scheduler = scheduler }

    static func define(in lua: LuaState) throws {
        try lua.defineStrictly(SchedulerObject.self, name: "ag.hyperband") { type in
            type.metamethod("__tostring") { object, call in
                let options = object.scheduler.options
                let kind = options.kind ?? options.standardKind
                let end = options.maxResource.map(\.description) ?? "epochs"
                let grace =
                    options.gracePeriod
                    ?? options.maxResource.map {
                        kind.defaultGracePeriod(maxResource: $0, resolution: options.resolution)
                    }
                return try call.return(
                    "ag.hyperband(\(kind.rawValue), \(grace.map(\.description) ?? "default") to \(end) by "
                        + "\(options.reductionFactor))")
            }
        }
    }
}

/// Reads `scalarization_options`.
enum RankingReader {
    /// Nil where the script says nothing.
    static func rule(_ value: LuaValue) throws -> RankingRule? {
        guard !value.isNil else { return nil }
        let owner = "\(ExperimentDeclaration.owner): scalarization_options"
        let fields = try OptionReader(value, owner: owner, for: RankingOptions.self)
        var options = RankingOptions()
        try fields.read(into: &options)
        if fields.has("rho"), options.algorithm != .parEGO {
            throw LuaError("\(owner): rho: only \"parego\" has it")
        }
        if fields.has("num_weights"), !options.algorithm.hasWeights {
            throw LuaError(
                "\(owner): num_weights: \"\(options.algorithm.rawValue)\" has none")
        }
        return options.rule
    }
}
