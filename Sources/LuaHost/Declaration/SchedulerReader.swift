internal import Engine
internal import LuaBridge
internal import Platform

/// What `ag.hyperband` was given; `max_t` may be left to the experiment's `epochs`.
struct SchedulerOptions {
    var timeAttribute = "epoch"
    var maxResource: Int?
    /// Nil for the default of the kind.
    var gracePeriod: Int?
    var reductionFactor = 3
    var brackets = 1
    var kind = Hyperband.Kind.stopping
    var rungLevels: [Int]?

    private static let fields = [
        "time_attr", "max_t", "grace_period", "reduction_factor", "brackets", "type", "rung_levels",
    ]

    init() {}

    init(_ value: LuaValue) throws {
        let options = try OptionReader(value, owner: "ag.hyperband", known: Self.fields)
        timeAttribute = try options.text("time_attr") ?? timeAttribute
        guard !ObjectivesReader.reserved.contains(timeAttribute) else {
            throw LuaError(
                "ag.hyperband: time_attr: \(timeAttribute): a point has a field of this name; "
                    + "choose another")
        }
        maxResource = try options.integer("max_t", atLeast: 1)
        gracePeriod = try options.integer("grace_period", atLeast: 1)
        reductionFactor = try options.integer("reduction_factor", atLeast: 2) ?? reductionFactor
        brackets = try options.integer("brackets", atLeast: 1) ?? brackets
        kind = try options.choice("type") ?? kind
        rungLevels = try options.integers("rung_levels")
        do {
            // With an end of its own the ladder is checked here, where the mistake was made.
            if maxResource != nil { _ = try hyperband() }
        } catch let error as SettingError {
            throw LuaError("ag.hyperband: \(error)")
        }
    }

    /// - Parameters:
    ///   - override: what wins over the script's own `max_t`.
    ///   - fallback: what stands in where the script gives none.
    func hyperband(override: Int? = nil, fallback: Int? = nil) throws -> Hyperband {
        guard let end = override ?? maxResource ?? fallback else {
            throw SettingError(
                field: "scheduler.max_t",
                expected: "an integer of at least 1, or a constant epochs in the space", got: "nil")
        }
        return try Hyperband(
            timeAttribute: timeAttribute, maxResource: end, gracePeriod: gracePeriod,
            reductionFactor: reductionFactor, brackets: brackets, kind: kind,
            rungLevels: rungLevels)
    }
}

/// What `ag.hyperband` gives the script.
final class SchedulerObject {
    let options: SchedulerOptions
    private let copies = MemoryCharge.ofCopies
    init(_ options: SchedulerOptions) { self.options = options }

    static func define(in lua: LuaState) throws {
        try lua.defineStrictly(SchedulerObject.self, name: "ag.hyperband") { type in
            type.metamethod("__tostring") { object, call in
                let options = object.options
                let end = options.maxResource.map(String.init) ?? "epochs"
                let grace =
                    options.gracePeriod
                    ?? options.maxResource.map(options.kind.defaultGracePeriod)
                return try call.return(
                    "ag.hyperband(\(options.kind.rawValue), \(grace.map(String.init) ?? "default") to \(end) by "
                        + "\(options.reductionFactor))")
            }
        }
    }
}

/// Reads `scalarization_options`.
enum RankingReader {
    private enum Algorithm: String, CaseIterable {
        case randomWeights = "random_weights"
        case parEGO = "parego"
        case nondominated
    }

    static func rule(_ value: LuaValue) throws -> RankingRule {
        guard !value.isNil else { return .standard }
        let owner = "\(ExperimentDeclaration.owner): scalarization_options"
        let options = try OptionReader(
            value, owner: owner, known: ["algorithm", "num_weights", "rho"])
        let weights = try options.integer("num_weights", atLeast: 1)
        let algorithm: Algorithm = try options.choice("algorithm") ?? .randomWeights
        if options.has("rho"), algorithm != .parEGO {
            throw LuaError("\(owner): rho: only \"parego\" has it")
        }
        if options.has("num_weights"), algorithm == .nondominated {
            throw LuaError("\(owner): num_weights: \"nondominated\" has none")
        }
        switch algorithm {
        case .randomWeights: return .randomWeights(count: weights ?? 100)
        case .parEGO: return .parEGO(count: weights ?? 100, rho: try options.number("rho") ?? 0.05)
        case .nondominated: return .nondominated
        }
    }
}
