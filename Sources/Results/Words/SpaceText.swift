package import Engine

/// A search space as `check` and `print` show it.
extension SearchSpace {
    /// `space: 12 configurations`, then a line for every member.
    package var text: String {
        (["space: \(sizeText)"] + lines(indent: "  ")).joined(separator: "\n")
    }

    /// `12 configurations`
    package var sizeText: String {
        switch size {
        case .finite(1): "1 configuration"
        case .finite(let count): "\(count) configurations"
        case .infinite: "infinitely many configurations"
        }
    }

    /// One line for every member, those of groups and branches further in.
    package func lines(indent: String) -> [String] {
        members.flatMap { Self.lines(of: $0.node, named: $0.name, indent: indent) }
    }

    private static func lines(
        of node: Node, named name: String, indent: String
    ) -> [String] {
        switch node {
        case .domain(let domain): ["\(indent)\(name): \(domain)"]
        case .constant(let value): ["\(indent)\(name) = \(value)"]
        case .group(let space): ["\(indent)\(name)"] + space.lines(indent: indent + "  ")
        case .list(let nodes):
            ["\(indent)\(name)"]
                + nodes.enumerated().flatMap { index, node in
                    lines(of: node, named: "[\(index + 1)]", indent: indent + "  ")
                }
        case .choice(let branches):
            ["\(indent)\(name): one of"]
                + branches.flatMap { branch in
                    ["\(indent)  \(branch.name)"] + branch.space.lines(indent: indent + "    ")
                }
        }
    }
}
