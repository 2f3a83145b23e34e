/// What can be varied: parameters, constants, groups of them, and conditional branches, each under
/// a name and in order.
///
/// A parameter is known by its path, the names from the outside in joined by dots. A choice is a
/// parameter too: its value is the branch's name. The parameters of a branch have the choice's path
/// as prefix (`optimizer`, `optimizer.beta_1`), and two branches may use the same names, since only
/// one of them is ever there.
public struct SearchSpace: Hashable, Sendable, Codable {
    /// One named thing of a space.
    public struct Member: Hashable, Sendable, Codable {
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
    public struct Branch: Hashable, Sendable, Codable {
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
    public indirect enum Node: Hashable, Sendable, Codable {
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

    /// - Throws: `SettingError` when a name is empty, two things have one path, a choice has no
    ///   branch or two of one name, or a branch has a member `name` (which is the branch's own name).
    public init(_ members: [Member]) throws {
        self.members = members
        _ = try Self.checkedPaths(members, prefix: "")
    }

    private init(unchecked members: [Member]) { self.members = members }

    /// The space without parameters, which has one configuration: the empty one.
    public static let empty = SearchSpace(unchecked: [])

    /// The paths of all leaves below `members`; throws on the first that occurs twice.
    private static func checkedPaths(_ members: [Member], prefix: String) throws -> Set<String> {
        var paths: Set<String> = []
        for member in members {
            let path = prefix + member.name
            guard !member.name.isEmpty else {
                throw SettingError(
                    field: prefix.isEmpty ? "space" : String(prefix.dropLast()),
                    expected: "a name for every member", got: "an empty one")
            }
            for leaf in try checkedPaths(member.node, path: path) {
                guard paths.insert(leaf).inserted else {
                    throw SettingError(
                        field: leaf, expected: "one parameter of this name", got: "two")
                }
            }
        }
        return paths
    }

    private static func checkedPaths(_ node: Node, path: String) throws -> Set<String> {
        switch node {
        case .domain, .constant: return [path]
        case .group(let space):
            return try checkedPaths(space.members, prefix: path + ".").union([path])
        case .list(let nodes):
            let members = nodes.enumerated().map { Member("\($0.offset + 1)", $0.element) }
            return try checkedPaths(members, prefix: path + ".").union([path])
        case .choice(let branches):
            var names: Set<String> = []
            var paths: Set<String> = [path]
            guard !branches.isEmpty else {
                throw SettingError(field: path, expected: "at least one branch", got: "none")
            }
            for branch in branches {
                guard names.insert(branch.name).inserted else {
                    throw SettingError(
                        field: path, expected: "different branches", got: "\(branch.name) twice")
                }
                guard !branch.space.members.contains(where: { $0.name == "name" }) else {
                    throw SettingError(
                        field: path + ".name", expected: "no parameter \"name\" in a branch",
                        got: "one in \(branch.name), whose own name stands there")
                }
                try paths.formUnion(checkedPaths(branch.space.members, prefix: path + "."))
            }
            return paths
        }
    }
}
