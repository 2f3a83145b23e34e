internal import Engine
internal import LuaBridge

/// Makes the tables that scripts see configurations by.
struct ArgumentTables {
    let prelude: Prelude
    /// What only Lua can hold, by its place in the space.
    let handles: [ParameterPath: LuaValue]

    /// The read-only `args` of a configuration. What the space has got since, it has at its default.
    ///
    /// - Throws: `SettingError` for a configuration of another space, `LuaError` for want of memory.
    func table(of configuration: Configuration, in space: SearchSpace) throws -> LuaTable {
        let tree = try space.arguments(for: space.completed(configuration), with: self)
        guard case .value(.table(let table)) = tree else {
            preconditionFailure("a space assembles to a table")
        }
        return table
    }
}

extension ArgumentTables: ArgumentBuilder {
    func value(_ value: Value, at path: ParameterPath) -> LuaTree {
        handles[path].map { .value($0) } ?? value.luaTree
    }

    func list(_ elements: [LuaTree], at path: ParameterPath) throws -> LuaTree {
        try readOnly(.array(elements), known: [], path)
    }

    func group(
        _ members: [(name: String, argument: LuaTree)], known: [String], at path: ParameterPath
    ) throws -> LuaTree {
        try readOnly(.record(members.map { ($0.name, $0.argument) }), known: known, path)
    }

    private func readOnly(
        _ tree: LuaTree, known: [String], _ path: ParameterPath
    ) throws -> LuaTree {
        let names = LuaTree.record(known.map { ($0, .boolean(true)) })
        let title = path == .root ? "args" : "args.\(path)"
        let made = try prelude.readonly.call([tree, names, .text(title)])
        guard case .table(let table) = made.first else {
            preconditionFailure("the prelude makes a table")
        }
        return table.luaTree
    }
}
