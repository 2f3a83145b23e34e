/// How a configuration comes about: one walk over the space that asks, at every parameter, which
/// value to take.
extension SearchSpace {
    /// The configuration drawn at random for a trial.
    ///
    /// Every value depends on (seed, trial, attempt, the parameter's path) alone, so that adding a
    /// parameter leaves the draws of the others as they were.
    public func sample(seed: Int, trial: Int, attempt: Int = 0) -> Configuration {
        configuration(
            branch: { path, branches in
                var stream = RandomStream(seed: seed, purpose: path, trial, attempt)
                return Int(stream.below(UInt64(branches.count)))
            },
            value: { path, domain in
                var stream = RandomStream(seed: seed, purpose: path, trial, attempt)
                return domain.sample(&stream)
            })
    }

    /// The configuration of defaults: the middle of numeric ranges, the first of a choice.
    public var defaults: Configuration {
        configuration(branch: { _, _ in 0 }, value: { $1.defaultValue })
    }

    /// The paths of all parameters, in order, those of every branch among them; what several branches have
    /// in common stands where the first of them has it.
    package var parameterPaths: [String] {
        var seen: Set<String> = []
        return paths(prefix: "").filter { seen.insert($0).inserted }
    }

    private func paths(prefix: String) -> [String] {
        members.flatMap { Self.paths(of: $0.node, at: prefix + $0.name) }
    }

    private static func paths(of node: Node, at path: String) -> [String] {
        switch node {
        case .constant: []
        case .domain: [path]
        case .group(let space): space.paths(prefix: path + ".")
        case .list(let nodes):
            nodes.enumerated().flatMap { paths(of: $1, at: "\(path).\($0 + 1)") }
        case .choice(let branches):
            [path] + branches.flatMap { $0.space.paths(prefix: path + ".") }
        }
    }

    /// Every active parameter of this space, in order: path, domain or branches.
    func configuration(
        branch: (String, [Branch]) -> Int, value: (String, Domain) -> Value
    ) -> Configuration {
        var entries: [Configuration.Entry] = []
        for member in members {
            Self.draw(member.node, member.name, into: &entries, branch, value)
        }
        return Configuration(entries)
    }

    private static func draw(
        _ node: Node, _ path: String, into entries: inout [Configuration.Entry],
        _ branch: (String, [Branch]) -> Int, _ value: (String, Domain) -> Value
    ) {
        switch node {
        case .constant: break
        case .domain(let domain): entries.append(.init(path, value(path, domain)))
        case .group(let space):
            for member in space.members {
                draw(member.node, "\(path).\(member.name)", into: &entries, branch, value)
            }
        case .list(let nodes):
            for (index, node) in nodes.enumerated() {
                draw(node, "\(path).\(index + 1)", into: &entries, branch, value)
            }
        case .choice(let branches):
            let chosen = branches[branch(path, branches)]
            entries.append(.init(path, .string(chosen.name)))
            for member in chosen.space.members {
                draw(member.node, "\(path).\(member.name)", into: &entries, branch, value)
            }
        }
    }
}
