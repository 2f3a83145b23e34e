extension SearchSpace {
    /// - Throws: `SettingError` when a name is empty, two things have one path, a choice has no
    ///   branch or two of one name, or a branch has a member `name`.
    static func check(_ members: [Member]) throws { _ = try paths(of: members, below: .root) }

    /// The spellings of all paths below `members`.
    private static func paths(
        of members: [Member], below outer: ParameterPath
    ) throws -> Set<Name> {
        var paths: Set<Name> = []
        for member in members {
            guard !member.name.isEmpty else {
                throw SettingError(
                    field: outer == .root ? "space" : outer.description,
                    expected: "a name for every member", got: "an empty one")
            }
            try add(self.paths(of: member.node, at: outer.member(member.name)), to: &paths)
        }
        return paths
    }

    private static func paths(of node: Node, at path: ParameterPath) throws -> Set<Name> {
        var paths: Set<Name>
        switch node {
        case .domain, .constant: paths = []
        case .group(let space): paths = try self.paths(of: space.members, below: path)
        case .list(let nodes):
            paths = []
            for (index, node) in nodes.enumerated() {
                try add(self.paths(of: node, at: path.element(index)), to: &paths)
            }
        case .choice(let branches):
            try check(branches, at: path)
            paths = try branches.reduce(into: []) { paths, branch in
                try paths.formUnion(
                    self.paths(of: branch.space.members, below: path.branch(branch.name)))
            }
        }
        try add([Name(path.description)], to: &paths)
        return paths
    }

    private static func add(_ new: Set<Name>, to paths: inout Set<Name>) throws {
        for path in new {
            guard paths.insert(path).inserted else {
                throw SettingError(
                    field: path.text, expected: "one parameter of this name", got: "two")
            }
        }
    }

    private static func check(_ branches: [Branch], at path: ParameterPath) throws {
        guard !branches.isEmpty else {
            throw SettingError(
                field: path.description, expected: "at least one branch", got: "none")
        }
        var names: Set<Name> = []
        for branch in branches {
            guard names.insert(Name(branch.name)).inserted else {
                throw SettingError(
                    field: path.description, expected: "different branches",
                    got: "\(branch.name) twice")
            }
            guard !branch.space.members.contains(where: { $0.name == "name" }) else {
                throw SettingError(
                    field: path.member("name").description,
                    expected: "no parameter \"name\" in a branch",
                    got: "one in \(branch.name), whose own name stands there")
            }
        }
    }
}
