internal import Engine
internal import LuaBridge
internal import Rendering
internal import Results

extension ScriptHost {
    /// What `check` prints: every experiment the script declared, with what it would run.
    package var descriptions: [String] {
        experiments.declarations.compactMap { declaration in
            (try? declaration.definition(settings)).map { text(of: $0, declaration) }
        }
    }

    private func text(
        of definition: StudyDefinition, _ declaration: ExperimentDeclaration
    ) -> String {
        let place = declaration.place.map { " (\($0))" } ?? ""
        let options = settings.applied(to: declaration.options)
        let trials = definition.trialLimit.map { "\($0) trial\($0 == 1 ? "" : "s")" }
        let time = options.timeOut.map { "at most \($0) seconds" }
        let gain = definition.noGainLimit.map { "until \($0) in a row gain nothing" }
        let trialTime = options.trialTimeOut.map { "at most \($0) seconds a trial" }
        let budget = definition.budget.map { "budget \($0)" }
        let limits = [trials, budget, gain, time, trialTime].compactMap { $0 }
            .joined(separator: ", ")
        let lines =
            ["experiment \(definition.name)\(place)", "  space: \(definition.space.sizeText)"]
            + definition.space.lines(indent: "    ")
            + ["  objectives"]
            + definition.objectives.map { objective in
                let tolerance =
                    objective.tolerance > 0 ? ", tolerance \(objective.tolerance)" : ""
                return "    \(objective.name): \(objective.direction.rawValue)\(tolerance)"
            }
        let rules =
            Self.constraints(definition.constraints)
            + Self.rungs(
                of: definition.hyperband, isStandard: declaration.scheduler.options.kind == nil)
            + Self.given(definition)
            + [Self.search(of: definition)]
            + [
                "  \(limits) in \(definition.slots) slot\(definition.slots == 1 ? "" : "s"), seed \(definition.seed), "
                    + Self.ranking(of: definition)
            ]
        return (lines + rules).joined(separator: "\n")
    }

    private static func constraints(_ constraints: [Constraint]) -> [String] {
        guard !constraints.isEmpty else { return [] }
        return ["  constraints"]
            + constraints.map { constraint in
                let bounds = [
                    constraint.minimum.map { "at least \(readable($0))" },
                    constraint.maximum.map { "at most \(readable($0))" },
                ]
                return "    \(constraint.metric): "
                    + bounds.compactMap(\.self).joined(separator: ", ")
            }
    }

    /// Who chooses configurations.
    private static func search(of definition: StudyDefinition) -> String {
        let isModel = definition.hyperband.kind == .model
        let trials = definition.earlier.reduce(0) { $0 + $1.trials.count }
        return "  configurations: " + (isModel ? "proposed by the model" : definition.searcher.name)
            + (trials > 0 ? ", which learns from \(trials) trials of earlier studies" : "")
    }

    private static func ranking(of definition: StudyDefinition) -> String {
        definition.hyperband.kind == .model
            ? "\(definition.ranking.text) chooses which records train the model"
            : "ranking \(definition.ranking.text)"
    }

    /// The configurations of the first trials, where some are given.
    private static func given(_ definition: StudyDefinition) -> [String] {
        guard !definition.initial.isEmpty else { return [] }
        return ["  first trials" + (definition.firstIsDefault ? ", after the defaults" : "")]
            + definition.initial.map { "    \($0)" }
    }

    /// - Parameter isStandard: the script does not say the type.
    private static func rungs(of hyperband: Hyperband, isStandard: Bool) -> [String] {
        let shares = hyperband.bracketProbabilities
        let rule =
            hyperband.kind == .model
            ? "a model chooses which paused trials continue"
            : "the best 1 in \(hyperband.reductionFactor) of a rung continue"
        let header =
            "  hyperband (\(hyperband.kind.rawValue)\(isStandard ? ", by default" : "")): "
            + "\(hyperband.timeAttribute) up to "
            + "\(hyperband.maxResource)"
            + (hyperband.isWhole ? "" : " in steps of \(hyperband.resolution)") + ", \(rule)"
        return [header]
            + shares.enumerated().map { bracket, share in
                let levels = hyperband.levels(ofBracket: bracket).map(\.description)
                let percent =
                    shares.count > 1 ? " (\(Int((share * 100).rounded())) % of trials)" : ""
                let text = levels.isEmpty ? "none" : levels.joined(separator: ", ")
                return "    bracket \(bracket): rungs \(text)\(percent)"
            }
    }
}

extension RankingRule {
    fileprivate var text: String {
        switch self {
        case .randomWeights(let count): "random_weights (\(count))"
        case .parEGO(let count, let rho): "parego (\(count), rho \(rho))"
        case .nondominated: "nondominated"
        case .hypervolume: "hypervolume"
        }
    }
}
