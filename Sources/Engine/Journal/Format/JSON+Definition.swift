/// A study's definition in the event format.
extension JSON {
    /// A definition as `created` holds it. O(domains of the space and their choices).
    package init(_ definition: StudyDefinition) {
        var fields: [Name: JSON] = [
            "name": .text(definition.name), "seed": .integer(definition.seed),
            "space": JSON(definition.space),
            "objectives": .array(definition.objectives.map { JSON($0) }),
            "hyperband": JSON(definition.hyperband), "ranking": JSON(definition.ranking),
            "searcher": JSON(definition.searcher),
            "slots": .integer(definition.slots),
            "firstIsDefault": .boolean(definition.firstIsDefault),
            "order": .text(definition.order.rawValue), "retries": .integer(definition.retries),
            "endsOnFailure": .boolean(definition.endsOnFailure),
            "rules": .integer(definition.rules.rawValue),
        ]
        if !definition.constraints.isEmpty {
            fields["constraints"] = .array(definition.constraints.map { JSON($0) })
        }
        if !definition.initial.isEmpty {
            fields["initial"] = .array(definition.initial.map { JSON($0) })
        }
        if !definition.earlier.isEmpty {
            fields["earlier"] = .array(definition.earlier.map { JSON($0) })
        }
        if let limit = definition.trialLimit { fields["trialLimit"] = .integer(limit) }
        if definition.hasTimeLimit { fields["hasTimeLimit"] = .boolean(true) }
        if definition.continuesCompleted { fields["continuesCompleted"] = .boolean(true) }
        if let budget = definition.budget { fields["budget"] = JSON(budget) }
        if let limit = definition.noGainLimit { fields["noGainLimit"] = .integer(limit) }
        self = .object(fields)
    }

    /// - Throws: `FormatError`; `SettingError` where a setting is none that a study can have.
    package func definition() throws -> StudyDefinition {
        var definition = try StudyDefinition(
            name: text("name"), seed: integer("seed"), space: member("space").space(),
            objectives: array("objectives").map { try $0.objective() },
            hyperband: member("hyperband").hyperband(),
            ranking: self["ranking"]?.ranking() ?? .standard,
            searcher: self["searcher"]?.searcher() ?? .random,
            constraints: array("constraints", or: []).map { try $0.constraint() },
            initial: array("initial", or: []).map { try $0.configuration() },
            earlier: array("earlier", or: []).map { try $0.earlierStudy() },
            trialLimit: optionalInteger("trialLimit"),
            noGainLimit: optionalInteger("noGainLimit"), budget: optionalResource("budget"),
            hasTimeLimit: boolean("hasTimeLimit", or: false), slots: integer("slots", or: 4),
            firstIsDefault: boolean("firstIsDefault", or: true),
            order: word("order", or: .virtualTime), retries: integer("retries", or: 0),
            endsOnFailure: boolean("endsOnFailure", or: false), rules: rules())
        definition.continuesCompleted = try boolean("continuesCompleted", or: false)
        return definition
    }

    /// The first programs recorded no number.
    private func rules() throws -> RungRules {
        let number = try integer("rules", or: RungRules.first.rawValue)
        guard let rules = RungRules(rawValue: number) else {
            throw FormatError(
                "rules", expected: "rules that this program knows", got: self["rules"])
        }
        return rules
    }

    private init(_ objective: Objective) {
        self = .object([
            "name": .text(objective.name), "direction": .text(objective.direction.rawValue),
            "tolerance": .real(objective.tolerance),
        ])
    }

    private func objective() throws -> Objective {
        try Objective(text("name"), word("direction"), tolerance: real("tolerance", or: 0))
    }

    private init(_ constraint: Constraint) {
        var fields: [Name: JSON] = ["metric": .text(constraint.metric)]
        if let minimum = constraint.minimum { fields["min"] = .real(minimum) }
        if let maximum = constraint.maximum { fields["max"] = .real(maximum) }
        self = .object(fields)
    }

    private func constraint() throws -> Constraint {
        try Constraint(
            text("metric"), minimum: optionalReal("min"), maximum: optionalReal("max"))
    }

    private init(_ hyperband: Hyperband) {
        var fields: [Name: JSON] = [
            "timeAttribute": .text(hyperband.timeAttribute),
            "maxResource": JSON(hyperband.maxResource),
            "gracePeriod": JSON(hyperband.gracePeriod),
            "reductionFactor": .integer(hyperband.reductionFactor),
            "brackets": .integer(hyperband.brackets), "kind": .text(hyperband.kind.rawValue),
            "rungLevels": .array(hyperband.rungLevels.map { JSON($0) }),
        ]
        if !hyperband.isWhole { fields["resolution"] = JSON(hyperband.resolution) }
        self = .object(fields)
    }

    /// The levels are taken as they are, however the grace period once led to them; no level is as good
    /// as the end alone.
    private func hyperband() throws -> Hyperband {
        let levels = try array("rungLevels").map { level in
            guard let level = level.asResource else {
                throw FormatError("rungLevels", expected: "numbers", got: level)
            }
            return level
        }
        let (maximum, brackets) = (try resource("maxResource"), try integer("brackets", or: 1))
        let hyperband = try Hyperband(
            timeAttribute: text("timeAttribute", or: "epoch"), maxResource: maximum,
            resolution: resource("resolution", or: 1), gracePeriod: resource("gracePeriod", or: 1),
            reductionFactor: integer("reductionFactor", or: 3),
            brackets: brackets, kind: word("kind", or: .stopping),
            rungLevels: levels.isEmpty ? [maximum] : levels)
        guard hyperband.brackets == brackets else {
            throw SettingError(
                field: "brackets", expected: "at most one for each rung level",
                got: "\(brackets)")
        }
        return hyperband
    }

    /// The name alone where there is nothing to set.
    private init(_ searcher: SearcherChoice) {
        let settings = searcher.settings.fields
        self =
            settings.isEmpty
            ? .text(searcher.name)
            : .object([
                "name": .text(searcher.name),
                "settings": .object(
                    Dictionary(
                        uniqueKeysWithValues: settings.map { (Name($0), JSON($1)) })),
            ])
    }

    private func searcher() throws -> SearcherChoice {
        let name = try asText ?? text("name")
        guard let kind = SearcherKind(rawValue: name) else {
            throw FormatError("searcher", expected: "a known name", got: .text(name))
        }
        guard case .object(let settings)? = self["settings"] else { return kind.choice }
        return SearcherChoice(
            try kind.settings.init(
                fields: Dictionary(
                    try settings.map { ($0.text, try $1.value()) }
                ) { first, _ in first }))
    }

    private init(_ ranking: RankingRule) {
        self =
            switch ranking {
            case .randomWeights(let count):
                .object(["randomWeights": .object(["count": .integer(count)])])
            case .parEGO(let count, let rho):
                .object(["parEGO": .object(["count": .integer(count), "rho": .real(rho)])])
            case .nondominated: .object(["nondominated": .object([:])])
            case .hypervolume: .object(["hypervolume": .object([:])])
            }
    }

    private func ranking() throws -> RankingRule {
        let (tag, content) = try tagged()
        switch tag {
        case "randomWeights": return .randomWeights(count: try content.integer("count"))
        case "parEGO":
            return .parEGO(
                count: try content.integer("count"), rho: try content.real("rho", or: 0.05))
        case "nondominated": return .nondominated
        case "hypervolume": return .hypervolume
        default: throw FormatError(tag, expected: "a known ranking", got: content)
        }
    }
}
