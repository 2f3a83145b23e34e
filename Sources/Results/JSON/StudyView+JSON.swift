internal import Engine
package import Rendering

/// A study as JSON, for other programs.
extension StudyView {
    /// One object: the study, its front, and its trials with their reports; indented, without a line
    /// feed at the end.
    package func json() -> String {
        JSONValue.object(
            head + [front, .init("trials", .array(state.trials.map { .object(facts(of: $0)) }))]
        )
        .serialized(isIndented: true)
    }

    /// All that there is to show of the study: the object of `json()`, and besides where the study
    /// stands, its settings, its rungs, and of every trial what was decided and why.
    ///
    /// A pure function of the view. The state holds the effective history alone, so what a resumption
    /// superseded is not in it.
    ///
    /// - Complexity: O(reports + decisions).
    package var document: JSONValue {
        let trials = state.trials.map { JSONValue.object(facts(of: $0) + course(of: $0)) }
        let rungs = RungSummary.all(of: state).map(\.json)
        return .object(
            [.init("format", JSONValue(1))] + head + standing + settings
                + [front, .init("rungs", .array(rungs)), .init("trials", .array(trials))])
    }

    /// The points of the front, each with its trial, its resource, its metrics and its arguments.
    package var frontDocument: JSONValue { front.value }

    /// The study's name, its objectives and where it stands.
    package var summaryDocument: JSONValue { .object(head + standing) }

    private var head: [JSONValue.Member] {
        let hyperband = state.definition.hyperband
        let goals = objectives.map { JSONValue.Member($0.name, .string($0.direction.rawValue)) }
        return [
            .init("name", .string(name)),
            .init("seed", JSONValue(state.definition.seed)),
            .init("time_attr", .string(resourceName)),
            .init("max_t", JSONValue(hyperband.maxResource)),
            .init("rung_levels", .array(hyperband.rungLevels.map { JSONValue($0) })),
            .init("objectives", .object(goals)),
            .init("ended", JSONValue(state.endReason?.rawValue)),
        ]
    }

    /// What is so at this moment.
    private var standing: [JSONValue.Member] {
        [
            .init("state", .string(status.rawValue)),
            .init("created", JSONValue(created)),
            .init("reports", JSONValue(state.reportCount)),
            .init("invalid_reports", JSONValue(state.invalidReportCount)),
            .init("knee", knee().map { .object(reference(to: $0)) } ?? .null),
        ]
    }

    private var settings: [JSONValue.Member] {
        let definition = state.definition
        let tolerances = objectives.map { JSONValue.Member($0.name, .number($0.tolerance)) }
        let settings: [JSONValue.Member] = [
            .init("type", .string(definition.hyperband.kind.rawValue)),
            .init("reduction_factor", JSONValue(definition.hyperband.reductionFactor)),
            .init("brackets", JSONValue(definition.hyperband.brackets)),
            .init("parallel_trials", JSONValue(definition.slots)),
            .init("num_trials", definition.trialLimit.map { JSONValue($0) } ?? .null),
            .init("tolerances", .object(tolerances)),
            .init("parameters", .array(parameters.map { .string($0) })),
            .init("metrics", .array(metrics.map { .string($0) })),
        ]
        return settings + constraints
    }

    /// The constraints, where there are some, and how many reports violate one.
    private var constraints: [JSONValue.Member] {
        guard hasConstraints else { return [] }
        let bounds = state.definition.constraints.map { constraint in
            JSONValue.Member(
                constraint.metric,
                .object(
                    [
                        constraint.minimum.map { JSONValue.Member("min", .number($0)) },
                        constraint.maximum.map { JSONValue.Member("max", .number($0)) },
                    ].compactMap(\.self)))
        }
        return [
            .init("constraints", .object(bounds)),
            .init("infeasible_reports", JSONValue(state.infeasibleReportCount)),
        ]
    }
}

// MARK: Points and trials

extension StudyView {
    private var front: JSONValue.Member {
        let points = front().map { point -> JSONValue in
            let metrics = state[ReportReference(trial: point.trial, index: point.index)]?.metrics
            let values = objectives.map {
                JSONValue.Member(
                    $0.name, metrics?[Name($0.name)].map { JSONValue($0.value) } ?? .null)
            }
            let configuration = state.trials[point.trial - 1].configuration
            return .object(reference(to: point) + values + [arguments(of: configuration)])
        }
        return .init("pareto_front", .array(points))
    }

    /// Which report a point is, its resource under its own name too.
    private func reference(to point: Point) -> [JSONValue.Member] {
        [.init("trial", JSONValue(point.trial))] + resource(point.resource)
    }

    private func resource(_ resource: Resource) -> [JSONValue.Member] {
        [.init("resource", JSONValue(resource)), .init(resourceName, JSONValue(resource))]
    }

    private func arguments(of configuration: Configuration) -> JSONValue.Member {
        let values = configuration.entries.map { JSONValue.Member($0.path, JSONValue($0.value)) }
        return .init("args", .object(values))
    }

    private func facts(of trial: Trial) -> [JSONValue.Member] {
        [
            .init("id", JSONValue(trial.id)),
            .init("state", .string(word(for: trial.state))),
            .init("bracket", JSONValue(trial.bracket)),
            arguments(of: trial.configuration),
            .init("reports", .array(trial.reports.map(json))),
            .init("error", JSONValue(trial.error)),
        ]
    }

    private func json(_ report: Report) -> JSONValue {
        let metrics = report.metrics.entries.map {
            JSONValue.Member($0.name.text, JSONValue($0.value))
        }
        let feasible =
            hasConstraints && report.metrics.value(of: "feasible") == nil
            ? [JSONValue.Member("feasible", .flag(state.isFeasible(report)))] : []
        return .object(resource(report.resource) + metrics + feasible)
    }

    // MARK: What was decided

    private func course(of trial: Trial) -> [JSONValue.Member] {
        let failures = zip(trial.failureResources, trial.failures).map { resource, error in
            JSONValue.object(self.resource(resource) + [.init("error", .string(error))])
        }
        return [
            .init("start_time", JSONValue(trial.startTime)),
            .init("origin", .string(trial.origin.rawValue)),
            .init("start_reason", trial.startReason.map { .object(model($0)) } ?? .null),
            .init("decisions", .array(trial.decisions.map(json))),
            .init("promotions", .array(trial.promotions.map(json))),
            .init("retried", .array(failures)),
        ]
    }

    private func json(_ decision: Decision) -> JSONValue {
        .object(
            [
                .init("rung", JSONValue(decision.rung)),
                .init("resource", JSONValue(decision.resource)),
                .init("verdict", .string(decision.verdict.rawValue)),
                .init("time", JSONValue(decision.time)),
            ] + reason(decision.standing))
    }

    private func json(_ promotion: Promotion) -> JSONValue {
        .object(
            [
                .init("rung", JSONValue(promotion.rung)), .init("time", JSONValue(promotion.time)),
            ] + reason(promotion.standing)
                + [.init("model", promotion.reason.map { .object(model($0)) } ?? .null)])
    }

    private func reason(_ standing: Standing) -> [JSONValue.Member] {
        [
            .init("rank", JSONValue(standing.rank)),
            .init("out_of", JSONValue(standing.outOf)),
            .init("quota", JSONValue(standing.quota)),
            .init("ahead", .array(standing.ahead.map { JSONValue($0) })),
            .init("is_valid", .flag(!standing.isInvalid)),
        ]
    }

    /// What a model expected, in the objectives' own direction.
    private func model(_ reason: SlotReason) -> [JSONValue.Member] {
        [
            .init("rule", .string(reason.rule.rawValue)),
            .init("compared", JSONValue(reason.compared)),
            .init("chosen", reason.chosen.map(json) ?? .null),
            .init("runner_up", reason.runnerUp.map(json) ?? .null),
        ]
    }

    private func json(_ expectation: SlotReason.Expectation) -> JSONValue {
        let expected = zip(objectives, zip(expectation.costs, expectation.deviations)).map {
            JSONValue.Member(
                $0.name,
                .object([
                    .init("mean", .number($0.cost($1.0))), .init("deviation", .number($1.1)),
                ]))
        }
        return .object([
            .init("trial", expectation.trial.map { JSONValue($0) } ?? .null),
            .init("index", .number(expectation.index)),
            .init("resource", JSONValue(expectation.resource)),
            .init("expected", .object(expected)),
        ])
    }
}
