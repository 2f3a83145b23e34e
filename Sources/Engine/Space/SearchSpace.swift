/// What can be varied: parameters, constants, groups of them, and conditional branches, each under
/// a name and in order.
///
/// A parameter is known by its ``ParameterPath``. A choice is a parameter too: its value is the
/// branch's name. The parameters of a branch have the choice's path as prefix (`optimizer`,
/// `optimizer.beta_1`), and two branches may use the same names, since only one of them is ever
/// there.
public struct SearchSpace: Sendable {
    /// One named thing of a space.
    public struct Member: Hashable, Sendable {
        /// Its name, not empty.
        public let name: String
        /// What stands under the name.
        public let node: Node

        /// A member of a space.
        public init(_ name: String, _ node: Node) {
            self.name = name
            self.node = node
        }
    }

    /// One branch of a choice.
    public struct Branch: Hashable, Sendable {
        /// The value of the choice when this branch is chosen.
        public let name: String
        /// What exists then.
        public let space: SearchSpace

        /// A branch of a choice.
        public init(_ name: String, _ space: SearchSpace) {
            self.name = name
            self.space = space
        }
    }

    /// What stands under a name.
    public indirect enum Node: Hashable, Sendable {
        case domain(Domain)
        case constant(Value)
        case group(SearchSpace)
        /// An array; its elements' names are 1, 2 …
        case list([Node])
        /// Exactly one of the branches, chosen by the searcher; the first is the default.
        case choice([Branch])
    }

    /// In order; their paths are all different.
    public let members: [Member]

    /// The parameters of the space in order, those of every branch among them.
    public let parameters: [Parameter]

    /// - Throws: `SettingError` when a name is empty, two things have one path, a choice has no
    ///   branch or two of one name, or a branch has a member `name` (which is the branch's own name).
    public init(_ members: [Member]) throws {
        self.members = members
        try Self.check(members)
        parameters = Self.parameters(of: members)
    }

    private init() { (members, parameters) = ([], []) }

    /// The space without parameters, which has one configuration: the empty one.
    public static let empty = SearchSpace()
}

/// The parameters follow from the members.
extension SearchSpace: Hashable {
    public static func == (left: SearchSpace, right: SearchSpace) -> Bool {
        left.members == right.members
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
