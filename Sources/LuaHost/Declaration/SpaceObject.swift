internal import Engine
internal import LuaBridge
internal import Platform
internal import Results

/// What `ag.space { … }` gives, and what `experiment.space` is: a search space to look at.
final class SpaceObject {
    let declared: DeclaredSpace
    private let copies = MemoryCharge.ofCopies

    /// - Throws: `LuaError` that starts with `owner` and names the parameter.
    init(_ table: LuaTable, owner: String) throws {
        declared = try SpaceReader.space(table, owner: owner)
    }

    /// As the engine keeps it.
    var space: SearchSpace { declared.space }

    /// `ag.space { … }`
    static func make(_ call: LuaCall) throws -> LuaAnswer {
        guard case .table(let table) = try call[1] else {
            throw LuaError(
                "ag.space: expected a table of parameters and constants, got \(try call[1].shown)")
        }
        return try call.return(object: SpaceObject(table, owner: "ag.space"))
    }

    static func define(in lua: LuaState, _ prelude: Prelude) throws {
        try lua.defineStrictly(SpaceObject.self, name: "Space") { type in
            // What the searcher "random" draws for that trial of a study of that seed.
            type.method("sample", taking: ["seed", "trial"]) { object, call in
                let seed = try call.integer(2)
                let trial = call.isNil(3) ? 1 : try call.integer(3)
                guard trial >= 1 else {
                    throw LuaError("sample: trial: expected an integer of at least 1, got \(trial)")
                }
                return try object.answer(
                    call, prelude: prelude,
                    configuration: object.space.sample(seed: seed, trial: trial))
            }
            type.method("defaults", taking: []) { object, call in
                try object.answer(call, prelude: prelude, configuration: object.space.defaults)
            }
            type.method("size", taking: []) { object, call in
                switch object.space.size {
                case .finite(let count): try call.return(count)
                case .infinite: try call.return(Double.infinity)
                }
            }
            type.metamethod("__tostring") { try $1.return($0.space.text) }
        }
    }

    private func answer(
        _ call: LuaCall, prelude: Prelude, configuration: Configuration
    ) throws -> LuaAnswer {
        try call.return(
            ArgumentTables(prelude: prelude, handles: declared.handles)
                .table(of: configuration, in: space))
    }
}
