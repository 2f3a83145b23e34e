internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Settings

/// What `ag.Int`, `ag.Real`, `ag.Categorical` … give the script: one parameter's domain.
final class DomainObject {
    let domain: Domain
    private let copies = MemoryCharge.ofCopies
    init(_ domain: Domain) { self.domain = domain }
}

/// The branches of a choice as the script declared them.
struct DeclaredChoice {
    let branches: [SearchSpace.Branch]
    /// What only Lua can hold, by its place in the choice.
    let handles: [ParameterPath: LuaValue]
    /// How deeply its tables are nested.
    let depth: Int
}

/// What `ag.Choice` gives: branches, of which a trial gets one.
final class ChoiceObject {
    let declared: DeclaredChoice
    private let copies = MemoryCharge.ofCopies
    init(_ declared: DeclaredChoice) { self.declared = declared }
}

/// The constructors of the module `mohpo` for parameters.
enum DomainConstructors {
    static func define(in lua: LuaState) throws {
        try lua.defineStrictly(DomainObject.self, name: "ag.Parameter") { type in
            type.metamethod("__tostring") { object, call in
                try call.return("ag.\(object.domain)")
            }
        }
        try lua.defineStrictly(ChoiceObject.self, name: "ag.Choice") { type in
            type.metamethod("__tostring") { object, call in
                let names = object.declared.branches.map(\.name).joined(separator: " | ")
                return try call.return("ag.Choice(\(names))")
            }
        }
    }

    static var functions: [ModuleFunction] {
        [
            ModuleFunction("Int", taking: ["lo", "hi", "options"], int),
            ModuleFunction("Real", taking: ["lo", "hi", "options"], real),
            ModuleFunction("Bool", taking: [], bool),
            ModuleFunction("Choice", taking: ["branches"], choice),
            ModuleFunction("Categorical", taking: .any) {
                try options($0, owner: "ag.Categorical", make: Domain.categorical)
            },
            ModuleFunction("Ordinal", taking: .any) {
                try options($0, owner: "ag.Ordinal", make: Domain.ordinal)
            },
        ]
    }

    /// What the functions are called: `ag.Int` and so on.
    static let names = Set(functions.map { "ag.\($0.name)" })

    private static func int(_ call: LuaCall) throws -> LuaAnswer {
        let (lo, hi) = (
            try bound(call, at: 1, owner: "ag.Int"), try bound(call, at: 2, owner: "ag.Int")
        )
        guard let lo = lo.asInteger, let hi = hi.asInteger else {
            let (name, bad) = lo.asInteger == nil ? ("lo", lo) : ("hi", hi)
            throw LuaError("ag.Int: \(name): expected an integer, got \(bad.shown)")
        }
        let (options, prior): (IntOptions, _) = try options(call, owner: "ag.Int")
        return try domain(call, owner: "ag.Int") {
            .int(
                try IntDomain(
                    lo, hi, log: options.log, step: options.step, default: options.standard,
                    prior: prior))
        }
    }

    private static func real(_ call: LuaCall) throws -> LuaAnswer {
        let lo = try bound(call, at: 1, owner: "ag.Real").asNumber!
        let hi = try bound(call, at: 2, owner: "ag.Real").asNumber!
        let (options, prior): (RealOptions, _) = try options(call, owner: "ag.Real")
        return try domain(call, owner: "ag.Real") {
            .real(
                try RealDomain(
                    lo, hi, log: options.log, step: options.step, default: options.standard,
                    prior: prior))
        }
    }

    private static func bool(_ call: LuaCall) throws -> LuaAnswer {
        try call.return(object: DomainObject(.boolean))
    }

    private static func options(
        _ call: LuaCall, owner: String, make: (Options) -> Domain
    ) throws -> LuaAnswer {
        var values = try call.values(from: 1)
        if values.count == 1, case .table(let table) = values[0],
            let plain = try table.plain
        {
            values = try arrayElements(of: plain, owner)
        }
        return try domain(call, owner: owner) {
            make(try Options(values.map { try Value($0, owner) }))
        }
    }

    private static func choice(_ call: LuaCall) throws -> LuaAnswer {
        guard case .table(let table) = try call[1] else {
            throw LuaError("ag.Choice: expected a table of branches, got \(try call[1].shown)")
        }
        let declared = try SpaceReader.branches(table, owner: "ag.Choice")
        guard !declared.branches.isEmpty else {
            throw LuaError("ag.Choice: expected at least one branch")
        }
        return try call.return(object: ChoiceObject(declared))
    }

    private static func bound(_ call: LuaCall, at position: Int, owner: String) throws -> LuaValue {
        let value = try call[position]
        guard value.asNumber != nil else {
            let name = position == 1 ? "lo" : "hi"
            throw LuaError("\(owner): \(name): expected a number, got \(value.shown)")
        }
        return value
    }

    /// The third argument, where there is one.
    private static func options<Declared: SettingOptions>(
        _ call: LuaCall, owner: String
    ) throws -> (Declared, Prior?) {
        var options = Declared()
        guard !call.isNil(3) else { return (options, nil) }
        let fields = try OptionReader(call[3], owner: owner, for: Declared.self)
        try fields.read(into: &options)
        return (options, try PriorReader.prior(fields))
    }

    private static func domain(
        _ call: LuaCall, owner: String, make: () throws -> Domain
    ) throws -> LuaAnswer {
        do {
            return try call.return(object: DomainObject(make()))
        } catch let error as SettingError {
            throw LuaError("\(owner): expected \(error.expected), got \(error.got)")
        }
    }
}
