internal import Engine
internal import Rendering

/// A parameter of a trial as Optuna stores it.
struct OptunaParameter {
    /// The path; where it has another domain in another branch, with `#` and a number.
    let name: String
    /// The index of a choice; of all else the number.
    let value: JSONValue
    /// An object with the distribution's name and attributes.
    let distribution: JSONValue
}

/// A space's parameters as Optuna knows them: flat names, each with one distribution.
struct OptunaParameters {
    private let space: SearchSpace
    /// Every domain that a path has in some branch: Optuna allows one for a name.
    private var domains: [Name: [Domain]] = [:]

    init(_ space: SearchSpace) {
        self.space = space
        collectDomains(of: .group(space), at: "")
    }

    private mutating func collectDomains(of node: SearchSpace.Node, at path: String) {
        switch node {
        case .constant: break
        case .domain(let domain):
            if domains[Name(path)]?.contains(domain) != true {
                domains[Name(path), default: []].append(domain)
            }
        case .group, .list:
            for (path, node) in Self.children(of: node, at: path) {
                collectDomains(of: node, at: path)
            }
        case .choice(let branches):
            for branch in branches { collectDomains(of: .group(branch.space), at: path) }
        }
    }

    /// The parameters of a trial, in the order of the space.
    func active(in configuration: Configuration) -> [OptunaParameter] {
        active(below: .group(space), at: "", in: configuration)
    }

    private func active(
        below node: SearchSpace.Node, at path: String, in configuration: Configuration
    ) -> [OptunaParameter] {
        switch node {
        case .constant: return []
        case .domain(let domain):
            guard let value = configuration[path],
                let (stored, distribution) = OptunaDistribution.of(domain, value: value)
            else { return [] }
            let number = domains[Name(path)]?.firstIndex(of: domain) ?? 0
            let name = number == 0 ? path : "\(path)#\(number + 1)"
            return [.init(name: name, value: stored, distribution: distribution)]
        case .group, .list:
            return Self.children(of: node, at: path).flatMap {
                active(below: $0.node, at: $0.path, in: configuration)
            }
        case .choice(let branches):
            let names = branches.map(\.name)
            guard let index = names.firstIndex(where: { configuration[path] == .string($0) })
            else { return [] }
            let choice = OptunaParameter(
                name: path, value: JSONValue(index),
                distribution: OptunaDistribution.categorical(names.map { .string($0) }))
            return [choice]
                + active(below: .group(branches[index].space), at: path, in: configuration)
        }
    }

    private static func children(
        of node: SearchSpace.Node, at path: String
    ) -> [(path: String, node: SearchSpace.Node)] {
        let prefix = path.isEmpty ? "" : path + "."
        return switch node {
        case .group(let space): space.members.map { (prefix + $0.name, $0.node) }
        case .list(let nodes): nodes.enumerated().map { ("\(prefix)\($0 + 1)", $1) }
        case .domain, .constant, .choice: []
        }
    }
}
