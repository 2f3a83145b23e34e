extension SearchSpace {
    /// What is not as it was in `old`, by path, in the order of this space.
    ///
    /// - Complexity: O(places).
    func changes(from old: SearchSpace) -> [DefinitionChange] {
        let (before, now) = (Leaves(old), Leaves(self))
        let removed = before.all.filter { now[$0.path] == nil }
        return now.all.compactMap { leaf in
            guard let known = before[leaf.path] else {
                // Earlier trials have a new parameter at its default, which it always has.
                return leaf.change(from: nil, isExtension: true)
            }
            guard !leaf.content.isSame(as: known.content) else { return nil }
            return leaf.change(from: known, isExtension: leaf.content.canFollow(known.content))
        }
            + removed.map {
                DefinitionChange(
                    field: "space.\($0.path.qualified)", before: $0.content.text, now: nil,
                    isExtension: $0.isConstant)
            }
    }
}

/// The parameters, constants and choices of a space.
private struct Leaves {
    let all: [Leaf]
    private let positions: [ParameterPath: Int]

    init(_ space: SearchSpace) {
        let all = space.places.compactMap(Leaf.init)
        self.all = all
        positions = Dictionary(
            uniqueKeysWithValues: all.enumerated().map { ($1.path, $0) })
    }

    subscript(path: ParameterPath) -> Leaf? { positions[path].map { all[$0] } }
}

/// A parameter, a constant or the choice between branches.
private struct Leaf {
    enum Content: Equatable {
        case domain(Domain)
        case constant(Value)
        case branches([Name])

        var text: String {
            switch self {
            case .domain(let domain): domain.description
            case .constant(let value): value.description
            case .branches(let names):
                "one of " + names.map(\.text).joined(separator: ", ")
            }
        }

        /// Whether this is `old`, but for how a default that is not given was rounded.
        func isSame(as old: Content) -> Bool {
            guard case .domain(let new) = self, case .domain(let old) = old else {
                return self == old
            }
            return new.isSame(as: old)
        }

        /// Whether a study can continue with this in place of `old`: a domain that is wider or
        /// narrower, where earlier trials keep their values; other constants; further branches.
        func canFollow(_ old: Content) -> Bool {
            switch (old, self) {
            case (.domain(let old), .domain(let new)): new.contains(old) || old.contains(new)
            case (.constant, .constant): true
            case (.branches(let old), .branches(let new)): Set(old).isSubset(of: new)
            case (.domain, _), (.constant, _), (.branches, _): false
            }
        }
    }

    let path: ParameterPath
    let content: Content

    init?(_ place: SearchSpace.Place) {
        path = place.path
        switch place.node {
        case .domain(let domain): content = .domain(domain)
        case .constant(let value): content = .constant(value)
        case .choice(let branches): content = .branches(branches.map { Name($0.name) })
        case .group, .list: return nil
        }
    }

    var isConstant: Bool { if case .constant = content { true } else { false } }

    func change(from old: Leaf?, isExtension: Bool) -> DefinitionChange {
        DefinitionChange(
            field: "space.\(path.qualified)", before: old?.content.text, now: content.text,
            isExtension: isExtension)
    }
}
