internal import Engine
internal import LuaBridge
internal import Results

/// The members of a space or of one of its groups, by name.
typealias SpaceMembers = [SpaceMember]

/// One named entry of a search space, as the script wrote it.
struct SpaceMember {
    let name: String
    let node: SpaceNode
}

/// What can stand in a search space.
indirect enum SpaceNode {
    case domain(Domain)
    /// A constant that the engine can keep.
    case constant(Value)
    /// A constant that only Lua can hold: a function, a data set.
    case opaque(LuaValue)
    case group(SpaceMembers)
    case list([SpaceNode])
    case choice([(name: String, members: SpaceMembers)])
}

/// Reads a table of the script's as a search space.
///
/// Lua's tables have no order, so members are put in the order of their names.
struct SpaceReader {
    let owner: String

    /// Tables nested deeper than this are a mistake, or contain themselves.
    private static let maximumDepth = 32

    /// - Throws: `LuaError` that names the path of the entry, for keys that are no names, for a table
    ///   that contains itself, and for tables nested too deeply.
    func members(of table: LuaTable, path: String, depth: Int = 0) throws -> SpaceMembers {
        try members(of: entries(of: table, path, depth), path, depth)
    }

    private func members(
        of entries: [(key: LuaValue, value: LuaValue)], _ path: String, _ depth: Int
    ) throws -> SpaceMembers {
        try entries.map { key, value in
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL,
                !name.isEmpty
            else {
                throw LuaError("\(at(path)): expected names as keys, found \(key.shown)")
            }
            let inner = path.isEmpty ? name : "\(path).\(name)"
            return SpaceMember(name: name, node: try node(value, path: inner, depth: depth + 1))
        }
        .sorted { $0.name < $1.name }
    }

    private func entries(
        of table: LuaTable, _ path: String, _ depth: Int
    ) throws -> [(key: LuaValue, value: LuaValue)] {
        guard depth < Self.maximumDepth else {
            throw LuaError(
                "\(at(path)): tables nested more than \(Self.maximumDepth) deep "
                    + "(does one contain itself?)")
        }
        return try OptionReader.plain(table, at(path)).rawPairs()
    }

    private func node(_ value: LuaValue, path: String, depth: Int) throws -> SpaceNode {
        switch value {
        case .table(let table):
            guard let plain = try table.plain else { return .opaque(value) }
            return try node(of: plain, path: path, depth: depth)
        case .object(let object):
            switch object.object {
            case let domain as DomainObject: return .domain(domain.domain)
            case let choice as ChoiceObject: return .choice(choice.branches)
            case let space as SpaceObject: return .group(space.members)
            default: return .opaque(value)
            }
        case .function(let function):
            try refuseConstructor(function, path)
            return .opaque(value)
        case .other: return .opaque(value)
        default: return .constant(try Value(value, at(path)))
        }
    }

    /// Functions are constants, but hardly those that make what may stand in a space.
    private func refuseConstructor(_ function: LuaFunction, _ path: String) throws {
        guard let name = try function.nativeName,
            name == "ag.space" || DomainConstructors.names.contains(name)
        else { return }
        throw LuaError(
            "\(at(path)): expected a domain such as ag.Real(low, high), "
                + "got the function \(name) itself (parentheses are missing?)")
    }

    /// A table is an array when it has the key 1, else a group.
    private func node(of table: LuaTable, path: String, depth: Int) throws -> SpaceNode {
        let entries = try entries(of: table, path, depth)
        guard entries.contains(where: { if case .integer(1) = $0.key { true } else { false } })
        else { return .group(try members(of: entries, path, depth)) }
        return .list(
            try arrayElements(of: table, at(path)).enumerated().map { position, element in
                try node(element, path: "\(path)[\(position + 1)]", depth: depth + 1)
            })
    }

    private func at(_ path: String) -> String { path.isEmpty ? owner : "\(owner): \(path)" }
}

extension SearchSpace {
    /// The space as the engine keeps it: what only Lua can hold is known there by its description.
    init(_ members: SpaceMembers) throws {
        try self.init(members.map { Member($0.name, try Node($0.node)) })
    }
}

extension SearchSpace.Node {
    fileprivate init(_ node: SpaceNode) throws {
        switch node {
        case .domain(let domain): self = .domain(domain)
        case .constant(let value): self = .constant(value)
        case .opaque(let value): self = .constant(.opaque(value.typeName))
        case .group(let members): self = .group(try SearchSpace(members))
        case .list(let nodes): self = .list(try nodes.map { try SearchSpace.Node($0) })
        case .choice(let branches):
            self = .choice(
                try branches.map { SearchSpace.Branch($0.name, try SearchSpace($0.members)) })
        }
    }
}
