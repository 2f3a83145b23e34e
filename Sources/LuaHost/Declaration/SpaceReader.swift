internal import Engine
internal import LuaBridge
internal import Results

/// A search space as the script declared it.
struct DeclaredSpace {
    /// What the engine keeps; what only Lua can hold is known there by its description.
    let space: SearchSpace
    /// What only Lua can hold, a function or a data set, by its place in the space.
    let handles: [ParameterPath: LuaValue]
    /// How deeply its tables are nested.
    let depth: Int
}

/// Reads a table of the script's as a search space.
///
/// Lua's tables have no order, so members are put in the order of their names.
struct SpaceReader {
    let owner: String
    private var handles: [ParameterPath: LuaValue] = [:]
    private var depth = 0

    init(owner: String) { self.owner = owner }

    /// Tables nested deeper than this are a mistake, or contain themselves.
    private static let maximumDepth = 32

    /// Reads `table` as a space, with the spaces and choices that it holds.
    ///
    /// - Throws: `LuaError` that names the path of the entry, for keys that are no names, for a table
    ///   that contains itself, for tables nested too deeply, and for what the engine refuses.
    static func space(_ table: LuaTable, owner: String) throws -> DeclaredSpace {
        var reader = SpaceReader(owner: owner)
        let space = try reader.space(of: reader.entries(of: table, .root), .root)
        return DeclaredSpace(space: space, handles: reader.handles, depth: reader.depth)
    }

    /// Reads the branches of a choice; the handles are those of its members, by branch.
    ///
    /// - Throws: as ``space(_:owner:)``, and for a branch that is no table with names.
    static func branches(_ table: LuaTable, owner: String) throws -> DeclaredChoice {
        var reader = SpaceReader(owner: owner)
        let members = try reader.members(of: reader.entries(of: table, .root), .root) {
            ParameterPath.root.branch($0)
        }
        let branches = try members.map { member in
            guard case .group(let space) = member.node else {
                throw LuaError(
                    "\(owner): \(member.name): expected a table of parameters, which may be empty")
            }
            return SearchSpace.Branch(member.name, space)
        }
        return DeclaredChoice(branches: branches, handles: reader.handles, depth: reader.depth)
    }

    private mutating func space(
        of entries: [(key: LuaValue, value: LuaValue)], _ path: ParameterPath
    ) throws -> SearchSpace {
        let members = try members(of: entries, path) { path.member($0) }
        do { return try SearchSpace(members) } catch let error as SettingError {
            throw LuaError("\(at(path)): \(error)")
        }
    }

    private mutating func members(
        of entries: [(key: LuaValue, value: LuaValue)], _ path: ParameterPath,
        at place: (String) -> ParameterPath
    ) throws -> [SearchSpace.Member] {
        try entries.map { key, value in
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL,
                !name.isEmpty
            else {
                throw LuaError("\(at(path)): expected names as keys, found \(key.shown)")
            }
            return (name: name, value: value)
        }
        .sorted { Name($0.name) < Name($1.name) }
        .map { SearchSpace.Member($0.name, try node($0.value, place($0.name))) }
    }

    private mutating func entries(
        of table: LuaTable, _ path: ParameterPath
    ) throws -> [(key: LuaValue, value: LuaValue)] {
        try enter(path, depth: 0)
        return try OptionReader.plain(table, at(path)).rawPairs()
    }

    /// Takes note of something at `path` that is itself nested `depth` deep.
    private mutating func enter(_ path: ParameterPath, depth inner: Int) throws {
        depth = max(depth, path.steps.count + inner)
        guard depth < Self.maximumDepth else {
            throw LuaError(
                "\(at(path)): tables nested more than \(Self.maximumDepth) deep "
                    + "(does one contain itself?)")
        }
    }

    private mutating func node(
        _ value: LuaValue, _ path: ParameterPath
    ) throws -> SearchSpace.Node {
        switch value {
        case .table(let table):
            guard let plain = try table.plain else { return opaque(value, path) }
            return try node(of: plain, path)
        case .object(let object):
            switch object.object {
            case let domain as DomainObject: return .domain(domain.domain)
            case let choice as ChoiceObject:
                try take(choice.declared.handles, depth: choice.declared.depth, path)
                return .choice(choice.declared.branches)
            case let space as SpaceObject:
                try take(space.declared.handles, depth: space.declared.depth, path)
                return .group(space.declared.space)
            default: return opaque(value, path)
            }
        case .function(let function):
            try refuseConstructor(function, path)
            return opaque(value, path)
        case .other: return opaque(value, path)
        default: return .constant(try Value(value, at(path)))
        }
    }

    private mutating func opaque(_ value: LuaValue, _ path: ParameterPath) -> SearchSpace.Node {
        handles[path] = value
        return .constant(.opaque(value.typeName))
    }

    /// Takes over the handles of a part that was declared by itself.
    private mutating func take(
        _ inner: [ParameterPath: LuaValue], depth: Int, _ path: ParameterPath
    ) throws {
        try enter(path, depth: depth)
        for (place, value) in inner { handles[place.below(path)] = value }
    }

    /// Functions are constants, but hardly those that make what may stand in a space.
    private func refuseConstructor(_ function: LuaFunction, _ path: ParameterPath) throws {
        guard let name = try function.nativeName,
            name == "ag.space" || DomainConstructors.names.contains(name)
        else { return }
        throw LuaError(
            "\(at(path)): expected a domain such as ag.Real(low, high), "
                + "got the function \(name) itself (parentheses are missing?)")
    }

    /// A table is an array when it has the key 1, else a group.
    private mutating func node(of table: LuaTable, _ path: ParameterPath) throws -> SearchSpace.Node
    {
        let entries = try entries(of: table, path)
        guard entries.contains(where: { if case .integer(1) = $0.key { true } else { false } })
        else { return .group(try space(of: entries, path)) }
        return .list(
            try arrayElements(of: table, at(path)).enumerated().map { index, element in
                try node(element, path.element(index))
            })
    }

    private func at(_ path: ParameterPath) -> String {
        path.description.isEmpty ? owner : "\(owner): \(path)"
    }
}
