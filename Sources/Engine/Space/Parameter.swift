/// One thing that a configuration may have a value of: a domain, or the choice between branches.
public struct Parameter: Hashable, Sendable {
    /// What its value can be.
    public enum Kind: Hashable, Sendable {
        case domain(Domain)
        /// The value is the name of one of these.
        case choice([SearchSpace.Branch])
    }

    /// What has to be chosen for the parameter to exist.
    public struct Condition: Hashable, Sendable {
        /// The position of a choice among the space's parameters.
        public let choice: Int
        /// The position of the branch among the choice's.
        public let branch: Int
    }

    /// The spelling of its path, which parameters of two branches may share.
    public let path: String
    /// What its value can be.
    public let kind: Kind
    /// The innermost branch it stands in; nil where it is always there.
    public let condition: Condition?

    /// The value of the first configuration.
    public var defaultValue: Value {
        switch kind {
        case .domain(let domain): domain.defaultValue
        case .choice(let branches): .string(branches[0].name)
        }
    }
}

extension SearchSpace {
    static func parameters(of members: [Member]) -> [Parameter] {
        var parameters: [Parameter] = []
        // By the path of each branch what holds for the parameters in it.
        var conditions: [ParameterPath: Parameter.Condition] = [:]
        for place in places(of: members) {
            let kind: Parameter.Kind
            switch place.node {
            case .domain(let domain): kind = .domain(domain)
            case .choice(let branches):
                kind = .choice(branches)
                for (index, branch) in branches.enumerated() {
                    conditions[place.path.branch(branch.name)] = .init(
                        choice: parameters.count, branch: index)
                }
            case .constant, .group, .list: continue
            }
            let condition = place.path.innermostBranch.flatMap { conditions[$0] }
            parameters.append(
                Parameter(path: place.path.description, kind: kind, condition: condition))
        }
        return parameters
    }

    /// The paths of all parameters, in order, those of every branch among them; what several branches
    /// have in common stands where the first of them has it.
    package var parameterPaths: [String] {
        var seen: Set<Name> = []
        return parameters.map(\.path).filter { seen.insert(Name($0)).inserted }
    }
}

extension ParameterPath {
    /// The path of the branch that this stands in, of the innermost of several.
    fileprivate var innermostBranch: ParameterPath? {
        var path = self
        while let step = path.steps.last {
            if case .branch = step { return path }
            path = path.outer
        }
        return nil
    }
}
