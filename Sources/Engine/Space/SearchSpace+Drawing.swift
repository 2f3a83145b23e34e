/// How a configuration comes about: one pass over the parameters that asks, at every one that is
/// active, which value to take.
extension SearchSpace {
    /// The configuration drawn at random for a trial.
    ///
    /// Every value depends on (seed, trial, attempt, the parameter's path) alone, so that adding a
    /// parameter leaves the draws of the others as they were.
    ///
    /// - Parameter arithmetic: what the rules of the study draw by.
    public func sample(
        seed: Int, trial: Int, attempt: Int = 0,
        by arithmetic: LogArithmetic = RungRules.current.drawing
    ) -> Configuration {
        configuration(
            branch: { path, branches in
                var stream = RandomStream(seed: seed, purpose: path, trial, attempt)
                return Int(stream.below(UInt64(branches.count)))
            },
            value: { path, domain in
                var stream = RandomStream(seed: seed, purpose: path, trial, attempt)
                return domain.sample(&stream, by: arithmetic)
            })
    }

    /// The configuration of defaults: the middle of numeric ranges, the first of a choice.
    public var defaults: Configuration {
        configuration(branch: { _, _ in 0 }, value: { $1.defaultValue })
    }

    /// The configuration of these values.
    ///
    /// - Parameters:
    ///   - branch: given a choice's path and branches, the position of the branch to take.
    ///   - value: given a parameter's path and domain, one of the domain's values.
    /// - Complexity: O(parameters, of all branches).
    func configuration(
        branch: (String, [Branch]) -> Int, value: (String, Domain) -> Value
    ) -> Configuration {
        var active = ActiveBranches(parameters)
        var paths: [Name] = []
        var values: [Value] = []
        for (index, parameter) in parameters.enumerated() where active.contains(parameter) {
            paths.append(Name(parameter.path))
            switch parameter.kind {
            case .domain(let domain): values.append(value(parameter.path, domain))
            case .choice(let branches):
                let chosen = branch(parameter.path, branches)
                active.choose(chosen, at: index)
                values.append(.string(branches[chosen].name))
            }
        }
        return Configuration(paths: paths, values: values)
    }
}

/// The branches chosen so far, in a pass over a space's parameters.
struct ActiveBranches {
    /// By the choice's position among the parameters; nil where nothing is chosen.
    private var chosen: [Int?]

    init(_ parameters: [Parameter]) {
        chosen = Array(repeating: nil, count: parameters.count)
    }

    /// Whether the parameter exists under what is chosen.
    func contains(_ parameter: Parameter) -> Bool {
        guard let condition = parameter.condition else { return true }
        return chosen[condition.choice] == condition.branch
    }

    /// Takes a branch of the choice at that position.
    mutating func choose(_ branch: Int, at choice: Int) { chosen[choice] = branch }
}
