extension SearchSpace {
    /// What is not as it was in `old`, by path, in the order of this space.
    func changes(from old: SearchSpace) -> [DefinitionChange] {
        let before = old.leaves(prefix: "")
        let now = leaves(prefix: "")
        let removed = before.filter { leaf in !now.contains { $0.path == leaf.path } }
        return now.compactMap { leaf in
            guard let known = before.first(where: { $0.path == leaf.path }) else {
                // Earlier configurations lack a new parameter, unless it stands in a new branch.
                return leaf.change(
                    from: nil, isExtension: leaf.isConstant || leaf.isInBranch(newTo: before))
            }
            guard known.content != leaf.content else { return nil }
            return leaf.change(from: known, isExtension: leaf.content.contains(known.content))
        }
            + removed.map {
                DefinitionChange(
                    field: "space.\($0.path)", before: $0.content.text, now: nil,
                    isExtension: $0.isConstant)
            }
    }

    private func leaves(prefix: String) -> [Leaf] {
        members.flatMap { Self.leaves(of: $0.node, path: prefix + $0.name) }
    }

    private static func leaves(of node: Node, path: String) -> [Leaf] {
        switch node {
        case .domain(let domain): [Leaf(path: path, content: .domain(domain))]
        case .constant(let value): [Leaf(path: path, content: .constant(value))]
        case .group(let space): space.leaves(prefix: path + ".")
        case .list(let nodes):
            nodes.enumerated().flatMap { leaves(of: $1, path: "\(path)[\($0 + 1)]") }
        case .choice(let branches):
            [Leaf(path: path, content: .branches(branches.map(\.name)))]
                // The branch's name keeps parameters apart that two branches have in common.
                + branches.flatMap { $0.space.leaves(prefix: "\(path)(\($0.name)).") }
        }
    }
}

/// A parameter, a constant or the choice between branches.
private struct Leaf {
    enum Content: Equatable {
        case domain(Domain)
        case constant(Value)
        case branches([String])

        var text: String {
            switch self {
            case .domain(let domain): domain.description
            case .constant(let value): value.description
            case .branches(let names): "one of " + names.joined(separator: ", ")
            }
        }

        /// Whether a trial that had `old` could have had this.
        func contains(_ old: Content) -> Bool {
            switch (old, self) {
            case (.domain(let old), .domain(let new)): new.contains(old)
            case (.constant, .constant): true
            case (.branches(let old), .branches(let new)): Set(old).isSubset(of: new)
            case (.domain, _), (.constant, _), (.branches, _): false
            }
        }
    }

    let path: String
    let content: Content

    var isConstant: Bool { if case .constant = content { true } else { false } }

    /// Whether one of the branches it stands in was not among those of `old`.
    func isInBranch(newTo old: [Leaf]) -> Bool {
        old.contains { choice in
            guard case .branches(let names) = choice.content, path.hasPrefix(choice.path + "(")
            else { return false }
            return !names.contains { path.hasPrefix("\(choice.path)(\($0)).") }
        }
    }

    func change(from old: Leaf?, isExtension: Bool) -> DefinitionChange {
        DefinitionChange(
            field: "space.\(path)", before: old?.content.text, now: content.text,
            isExtension: isExtension)
    }
}
