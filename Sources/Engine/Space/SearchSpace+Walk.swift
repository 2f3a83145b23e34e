extension SearchSpace {
    /// Something that stands in a space, and where.
    package struct Place: Sendable {
        /// Where the node stands.
        package let path: ParameterPath
        /// The node.
        package let node: Node
    }

    /// All that stands in the space in order, what holds others before what is in it, and every
    /// branch.
    ///
    /// - Complexity: O(nodes · depth).
    package var places: [Place] { Self.places(of: members) }

    static func places(of members: [Member]) -> [Place] {
        var places: [Place] = []
        add(members, below: .root, to: &places)
        return places
    }

    private static func add(
        _ members: [Member], below path: ParameterPath, to places: inout [Place]
    ) {
        for member in members { add(member.node, at: path.member(member.name), to: &places) }
    }

    private static func add(_ node: Node, at path: ParameterPath, to places: inout [Place]) {
        places.append(Place(path: path, node: node))
        switch node {
        case .constant, .domain: break
        case .group(let space): add(space.members, below: path, to: &places)
        case .list(let nodes):
            for (index, node) in nodes.enumerated() {
                add(node, at: path.element(index), to: &places)
            }
        case .choice(let branches):
            for branch in branches {
                add(branch.space.members, below: path.branch(branch.name), to: &places)
            }
        }
    }
}
