internal import Engine
internal import LuaBridge

/// Makes the tables that scripts see configurations by.
struct ArgumentTables {
    let prelude: Prelude

    /// The read-only `args` of a configuration.
    ///
    /// - Parameter members: the space as the script declared it, with what only Lua can hold.
    func table(
        of configuration: Configuration, in space: SearchSpace, members: SpaceMembers
    ) throws -> LuaTable {
        guard case .group(let arguments) = try space.arguments(for: configuration) else {
            preconditionFailure("a space assembles to a group")
        }
        return try group(arguments, members, title: "args")
    }

    /// A read-only table of the members. Every name of the declaration is known in it, also those
    /// of branches that were not chosen.
    private func group(
        _ members: [Arguments.Member], _ declared: SpaceMembers, title: String
    ) throws -> LuaTable {
        let values = try members.map { member in
            let node = declared.first { $0.name == member.name }?.node
            return (
                member.name,
                try tree(member.argument, node, title: "\(title).\(member.name)")
            )
        }
        return try readOnly(.record(values), known: declared.map(\.name), title)
    }

    private func tree(
        _ argument: Arguments, _ node: SpaceNode?, title: String
    ) throws -> LuaTree {
        switch (argument, node) {
        case (.value, .opaque(let value)): return .value(value)
        case (.value(let value), _): return value.luaTree
        case (.list(let elements), .list(let nodes)):
            let trees = try zip(elements, nodes).enumerated().map { position, pair in
                try tree(pair.0, pair.1, title: "\(title)[\(position + 1)]")
            }
            return try readOnly(.array(trees), known: [], title).luaTree
        case (.group(let members), .choice(let branches)):
            return try chosen(members, branches, title: title).luaTree
        case (.group(let members), .group(let declared)):
            return try group(members, declared, title: title).luaTree
        default: preconditionFailure("arguments have the shape of their space")
        }
    }

    /// `{ name = branch, … }` with the branch's own members.
    private func chosen(
        _ members: [Arguments.Member], _ branches: [(name: String, members: SpaceMembers)],
        title: String
    ) throws -> LuaTable {
        guard case .value(.string(let name)) = members.first?.argument,
            let branch = branches.first(where: { $0.name == name })
        else { preconditionFailure("a choice's first member names its branch") }
        let values = try members.dropFirst().map { member in
            let node = branch.members.first { $0.name == member.name }?.node
            return (
                member.name, try tree(member.argument, node, title: "\(title).\(member.name)")
            )
        }
        let known = Set(branches.flatMap { $0.members.map(\.name) }).union(["name"])
        return try readOnly(
            .record([("name", .text(name))] + values), known: known.sorted(), title)
    }

    private func readOnly(_ tree: LuaTree, known: [String], _ title: String) throws -> LuaTable {
        let names = LuaTree.record(known.map { ($0, .boolean(true)) })
        let made = try prelude.readonly.call([tree, names, .text(title)])
        guard case .table(let table) = made.first else {
            preconditionFailure("the prelude makes a table")
        }
        return table
    }
}
