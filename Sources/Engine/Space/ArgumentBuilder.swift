/// Makes a host's form of a trial's arguments, from the inside out, in one walk over the space.
public protocol ArgumentBuilder {
    /// The host's form of one argument.
    associatedtype Argument

    /// A constant, or a parameter's value.
    func value(_ value: Value, at path: ParameterPath) throws -> Argument

    /// An array.
    func list(_ elements: [Argument], at path: ParameterPath) throws -> Argument

    /// A group of members in the order of the space; of a choice, `name` and the members of the
    /// chosen branch.
    ///
    /// - Parameter known: the names that may be asked for: also those of branches not chosen.
    func group(
        _ members: [(name: String, argument: Argument)], known: [String], at path: ParameterPath
    ) throws -> Argument
}

extension SearchSpace {
    /// Assembles the arguments of a trial from a configuration of this space.
    ///
    /// - Throws: `SettingError` when the configuration lacks a parameter or names a branch that the
    ///   space does not have: it belongs to another space. And what the builder throws.
    public func arguments<Builder: ArgumentBuilder>(
        for configuration: Configuration, with builder: Builder
    ) throws -> Builder.Argument {
        let values = Dictionary(
            zip(configuration.paths, configuration.values),
            uniquingKeysWith: { first, _ in first })
        return try ArgumentAssembly(values: values, builder: builder).group(members, at: .root)
    }
}

/// The walk that puts the values of a configuration into the shape of its space.
private struct ArgumentAssembly<Builder: ArgumentBuilder> {
    let values: [Name: Value]
    let builder: Builder

    func group(
        _ members: [SearchSpace.Member], at path: ParameterPath
    ) throws -> Builder.Argument {
        try builder.group(
            arguments(of: members, below: path), known: members.map(\.name), at: path)
    }

    private func arguments(
        of members: [SearchSpace.Member], below path: ParameterPath
    ) throws -> [(name: String, argument: Builder.Argument)] {
        try members.map { ($0.name, try argument($0.node, at: path.member($0.name))) }
    }

    private func argument(
        _ node: SearchSpace.Node, at path: ParameterPath
    ) throws -> Builder.Argument {
        switch node {
        case .constant(let value): try builder.value(value, at: path)
        case .domain(let domain):
            try builder.value(value(at: path, expected: "a value of \(domain)"), at: path)
        case .group(let space): try group(space.members, at: path)
        case .list(let nodes):
            try builder.list(
                nodes.enumerated().map { try argument($1, at: path.element($0)) }, at: path)
        case .choice(let branches): try chosen(of: branches, at: path)
        }
    }

    private func chosen(
        of branches: [SearchSpace.Branch], at path: ParameterPath
    ) throws -> Builder.Argument {
        let expected = "one of " + branches.map(\.name).joined(separator: ", ")
        let chosen = try value(at: path, expected: expected)
        guard let branch = branches.first(where: { .string($0.name) == chosen }) else {
            throw SettingError(
                field: path.description, expected: expected, got: "\(chosen)")
        }
        let name = try builder.value(chosen, at: path.member("name"))
        let members = try arguments(of: branch.space.members, below: path.branch(branch.name))
        let known = branches.flatMap { $0.space.members.map(\.name) }
        return try builder.group([("name", name)] + members, known: ["name"] + known, at: path)
    }

    private func value(at path: ParameterPath, expected: @autoclosure () -> String) throws -> Value
    {
        guard let value = values[Name(path.description)] else {
            throw SettingError(field: path.description, expected: expected(), got: "nothing")
        }
        return value
    }
}
