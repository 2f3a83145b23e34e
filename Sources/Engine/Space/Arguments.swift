/// The nested arguments of a trial: constants and the configuration's values in the shape of the
/// space.
///
/// A chosen branch becomes a group whose first member is `name`. An opaque constant keeps its
/// place as `.value(.opaque(description))`; the host finds the real thing by the description.
public indirect enum Arguments: Hashable, Sendable {
    /// A named argument.
    public struct Member: Hashable, Sendable {
        /// The member's name in the space; `name` for the name of a chosen branch.
        public let name: String
        /// What it is.
        public let argument: Arguments

        /// A member of a group.
        public init(_ name: String, _ argument: Arguments) {
            self.name = name
            self.argument = argument
        }
    }

    case value(Value)
    case group([Member])
    case list([Arguments])

    /// The member of a group by name; nil for a name that is not there, and for anything else than
    /// a group.
    public subscript(name: String) -> Arguments? {
        guard case .group(let members) = self else { return nil }
        return members.first { $0.name == name }?.argument
    }
}

extension SearchSpace {
    /// Assembles the arguments of a trial from a configuration of this space.
    ///
    /// - Throws: `SettingError` when the configuration lacks a parameter or names a branch that the
    ///   space does not have: it belongs to another space.
    public func arguments(for configuration: Configuration) throws -> Arguments {
        let values = Dictionary(
            configuration.entries.map { ($0.path, $0.value) },
            uniquingKeysWith: { first, _ in first })
        return .group(try Self.assemble(members, prefix: "", values))
    }

    private static func assemble(
        _ members: [Member], prefix: String, _ values: [String: Value]
    ) throws -> [Arguments.Member] {
        try members.map { member in
            .init(member.name, try assemble(member.node, prefix + member.name, values))
        }
    }

    private static func assemble(
        _ node: Node, _ path: String, _ values: [String: Value]
    ) throws -> Arguments {
        switch node {
        case .constant(let value): return .value(value)
        case .domain(let domain): return .value(try value(at: path, values, "a value of \(domain)"))
        case .group(let space):
            return .group(try assemble(space.members, prefix: path + ".", values))
        case .list(let nodes):
            return .list(
                try nodes.enumerated().map { try assemble($1, "\(path).\($0 + 1)", values) })
        case .choice(let branches):
            let names = branches.map(\.name).joined(separator: ", ")
            let chosen = try value(at: path, values, "one of \(names)")
            guard let branch = branches.first(where: { .string($0.name) == chosen }) else {
                throw SettingError(field: path, expected: "one of \(names)", got: "\(chosen)")
            }
            let members = try assemble(branch.space.members, prefix: path + ".", values)
            return .group([.init("name", .value(chosen))] + members)
        }
    }

    private static func value(
        at path: String, _ values: [String: Value], _ expected: String
    ) throws -> Value {
        guard let value = values[path] else {
            throw SettingError(field: path, expected: expected, got: "nothing")
        }
        return value
    }
}
