package import Engine

/// What to say of a space in which nothing varies.
extension SearchSpace {
    /// That there is one configuration, and how to vary it; nil where something varies.
    ///
    /// An array of constants is taken for a list of choices, which it is not.
    package var sameArgumentsNotice: String? {
        guard size == .finite(1) else { return nil }
        let start = "nothing in the space varies, so all trials would get the same arguments; "
        guard let (path, values) = Self.constantList(in: members, at: .root) else {
            return start + "ag.Real, ag.Int or ag.Categorical make a parameter"
        }
        let shown = values.prefix(5).map { "\($0)" } + (values.count > 5 ? ["…"] : [])
        return start + "\(path) is a constant array: write "
            + "\(path) = ag.Categorical { \(shown.joined(separator: ", ")) } to try its elements"
    }

    /// The first array of two constants or more.
    private static func constantList(
        in members: [Member], at path: ParameterPath
    ) -> (ParameterPath, [Value])? {
        for member in members {
            let path = path.member(member.name)
            switch member.node {
            case .group(let space):
                if let found = constantList(in: space.members, at: path) { return found }
            case .list(let nodes):
                let values = nodes.compactMap { node in
                    if case .constant(let value) = node { value } else { nil }
                }
                if values.count == nodes.count, values.count > 1 { return (path, values) }
            case .choice, .constant, .domain: break
            }
        }
        return nil
    }
}
