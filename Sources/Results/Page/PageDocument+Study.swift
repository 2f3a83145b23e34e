internal import Engine
internal import Rendering

/// The study's own facts and its parameters.
extension PageDocument {
    /// Where the study stands and how it was declared.
    var study: [JSONValue.Member] {
        standing + settings + [
            .init("resume", JSONValue(resume)), .init("explain", .string(explain)),
            .init("control", .flag(isControlled)),
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
            .init("trials", JSONValue(state.trials.count)),
            .init("states", .object(states)),
            .init("reports", JSONValue(state.reportCount)),
            .init("used_resource", JSONValue(state.usedResource)),
            .init("saved_resource", JSONValue(savedResource)),
            .init("invalid", JSONValue(state.invalidReportCount)),
            .init("infeasible", JSONValue(state.infeasibleReportCount)),
        ]
    }

    /// How many trials are in each state, under the words for the states.
    private var states: [JSONValue.Member] {
        var counts: [String: Int] = [:]
        for trial in view.state.trials { counts[view.word(for: trial.state), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { .init($0.key, JSONValue($0.value)) }
    }

    /// The resource that trials did not use because they were stopped, or still wait.
    private var savedResource: Resource {
        let most = view.state.definition.hyperband.maxResource
        return view.state.trials.reduce(0) { sum, trial in
            guard trial.state == .stopped || trial.state == .paused else { return sum }
            return sum + max(0, most - (trial.reports.last?.resource ?? 0))
        }
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
        view.parameterColumns.map { column in
            let steps = column.steps.map { step -> JSONValue in
                switch step {
                case .member(let name), .branch(let name): .string(name.text)
                case .element(let number): JSONValue(number)
                }
            }
            return .object([
                .init("path", .string(column.path)), .init("label", .string(column.label)),
                .init("kind", .string(column.kind)), .init("steps", .array(steps)),
                .init("log", .flag(column.isLogarithmic)),
                .init(
                    "choices",
                    column.choices.map { .array($0.map { JSONValue(exact: $0) }) } ?? .null),
            ])
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
