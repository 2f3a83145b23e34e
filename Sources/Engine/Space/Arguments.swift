/// The nested arguments of a trial: constants and the configuration's values in the shape of the
/// space.
///
/// A chosen branch becomes a group whose first member is `name`. An opaque constant keeps its
/// place as `.value(.opaque(description))`; a host that has the real thing builds its own arguments
/// with an ``ArgumentBuilder``.
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
        return members.first { Name($0.name) == Name(name) }?.argument
    }
}

extension SearchSpace {
    /// Assembles the arguments of a trial from a configuration of this space.
    ///
    /// - Throws: `SettingError` when the configuration lacks a parameter or names a branch that the
    ///   space does not have: it belongs to another space.
    public func arguments(for configuration: Configuration) throws -> Arguments {
        try arguments(for: configuration, with: PlainArguments())
    }
}

/// Builds the engine's own form of arguments.
private struct PlainArguments: ArgumentBuilder {
    func value(_ value: Value, at path: ParameterPath) -> Arguments { .value(value) }

    func list(_ elements: [Arguments], at path: ParameterPath) -> Arguments { .list(elements) }

    func group(
        _ members: [(name: String, argument: Arguments)], known: [String], at path: ParameterPath
    ) -> Arguments {
        .group(members.map { Arguments.Member($0.name, $0.argument) })
    }
}
