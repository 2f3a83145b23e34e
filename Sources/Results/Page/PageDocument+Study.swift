internal import Engine
internal import Rendering

/// The study's own facts and its parameters.
extension PageDocument {
    /// Where the study stands and how it was declared.
    var study: [JSONValue.Member] {
        standing + settings + [
            .init("resume", JSONValue(resume)), .init("explain", .string(explain)),
        ]
    }

    private var standing: [JSONValue.Member] {
        let state = view.state
        return [
            .init("name", .string(view.name)),
            .init("state", .string(view.status.rawValue)),
            .init("created", JSONValue(view.created)),
            .init("ended", JSONValue(state.endReason?.rawValue)),
            .init("ended_text", JSONValue(state.endReason?.sentence)),
            .init("seconds", view.receivedReports.last.map { .number($0.seconds) } ?? .null),
            .init("used_resource", JSONValue(state.usedResource)),
            .init("invalid", JSONValue(state.invalidReportCount)),
            .init("infeasible", JSONValue(state.infeasibleReportCount)),
        ]
    }

    private var settings: [JSONValue.Member] {
        let definition = view.state.definition
        let hyperband = definition.hyperband
        let levels = (0..<hyperband.brackets).map { bracket in
            JSONValue.array(hyperband.levels(ofBracket: bracket).map { JSONValue($0) })
        }
        return [
            // As a text: JavaScript's numbers do not hold every seed.
            .init("seed", .string(String(definition.seed))),
            .init("resource", .string(view.resourceName)),
            .init("max_t", JSONValue(hyperband.maxResource)),
            .init("type", .string(hyperband.kind.rawValue)),
            .init("reduction_factor", JSONValue(hyperband.reductionFactor)),
            .init("brackets", JSONValue(hyperband.brackets)),
            .init("levels", .array(levels)),
            .init("slots", JSONValue(definition.slots)),
            .init("num_trials", definition.trialLimit.map { JSONValue($0) } ?? .null),
            .init("budget", definition.budget.map { JSONValue($0) } ?? .null),
            .init("objectives", .array(view.objectives.map(json))),
            .init("constraints", .array(definition.constraints.map(json))),
        ]
    }

    private func json(_ objective: Objective) -> JSONValue {
        .object([
            .init("name", .string(objective.name)),
            .init("goal", .string(objective.direction.rawValue)),
        ])
    }

    private func json(_ constraint: Constraint) -> JSONValue {
        .object([
            .init("metric", .string(constraint.metric)),
            .init("min", constraint.minimum.map { .number($0) } ?? .null),
            .init("max", constraint.maximum.map { .number($0) } ?? .null),
        ])
    }

    /// Every path once, what branches share among them.
    var parameters: [JSONValue] {
        let space = view.state.definition.space
        let byPath = Dictionary(grouping: space.parameters) { $0.path }
        let names = ColumnNames(
            fixed: ["trial"], resource: view.resourceName, metrics: metrics,
            parameters: view.parameters)
        return zip(view.parameters, names.parameters).map { path, label in
            json(byPath[path] ?? [], path: path, label: label)
        }
    }

    private func json(_ parameters: [Parameter], path: String, label: String) -> JSONValue {
        let kinds = Set(parameters.map(\.kind.word))
        let steps = path.split(separator: ".").map { step in
            Int(step).map { JSONValue($0) } ?? .string(String(step))
        }
        // What two branches declare differently is shown by the values alone.
        let choices = parameters.count == 1 ? parameters[0].kind.choices : nil
        return .object([
            .init("path", .string(path)), .init("label", .string(label)),
            .init("kind", .string(kinds.count == 1 ? kinds.first ?? "" : "categorical")),
            .init("steps", .array(steps)),
            .init("log", .flag(parameters.allSatisfy(\.kind.isLogarithmic))),
            .init("choices", choices.map { .array($0.map { JSONValue(exact: $0) }) } ?? .null),
        ])
    }
}

extension Parameter.Kind {
    /// The kind in a word.
    fileprivate var word: String {
        switch self {
        case .domain(.int): "int"
        case .domain(.real): "real"
        case .domain(.categorical): "categorical"
        case .domain(.ordinal): "ordinal"
        case .domain(.boolean): "boolean"
        case .choice: "choice"
        }
    }

    fileprivate var isLogarithmic: Bool {
        switch self {
        case .domain(.int(let domain)): domain.log
        case .domain(.real(let domain)): domain.log
        case .domain(.categorical), .domain(.ordinal), .domain(.boolean), .choice: false
        }
    }

    fileprivate var choices: [Value]? {
        switch self {
        case .domain(.categorical(let options)), .domain(.ordinal(let options)): options.values
        case .domain(.boolean): [.boolean(false), .boolean(true)]
        case .choice(let branches): branches.map { .string($0.name) }
        case .domain(.int), .domain(.real): nil
        }
    }
}

extension JSONValue {
    /// A value that JavaScript reads back exactly: integers beyond 2^53 as texts.
    init(exact value: Value) {
        if case .integer(let integer) = value, integer.magnitude > 1 << 53 {
            self = .string(String(integer))
        } else {
            self.init(value)
        }
    }
}
