internal import Engine
internal import Rendering

/// A study as JSON, for other programs.
extension Study {
    /// One object: the study, its trials with their reports, and its front.
    package func json() -> String {
        let definition = state.definition
        let goals = objectives.map { JSONValue.Member($0.name, .string($0.direction.rawValue)) }
        let levels = definition.hyperband.rungLevels.map { JSONValue($0) }
        let value = JSONValue.object([
            .init("name", .string(name)),
            .init("seed", JSONValue(definition.seed)),
            .init("time_attr", .string(definition.hyperband.timeAttribute)),
            .init("max_t", JSONValue(definition.hyperband.maxResource)),
            .init("rung_levels", .array(levels)),
            .init("objectives", .object(goals)),
            .init("ended", state.endReason.map { .string($0.rawValue) } ?? .null),
            .init("pareto_front", .array(state.front().map(json))),
            .init("trials", .array(state.trials.map(json))),
        ])
        return value.serialized(isIndented: true)
    }

    private func json(_ point: Point) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("trial", JSONValue(point.trial)), .init("resource", JSONValue(point.resource)),
        ]
        let metrics = state[ReportReference(trial: point.trial, index: point.index)]?.metrics
        members += objectives.map {
            .init($0.name, metrics?[$0.name].map { JSONValue($0.value) } ?? .null)
        }
        return .object(members)
    }

    private func json(_ trial: Trial) -> JSONValue {
        let arguments = trial.configuration.entries.map {
            JSONValue.Member($0.path, JSONValue($0.value))
        }
        return .object([
            .init("id", JSONValue(trial.id)),
            .init("state", .string(trial.state.rawValue)),
            .init("bracket", JSONValue(trial.bracket)),
            .init("args", .object(arguments)),
            .init("reports", .array(trial.reports.map(json))),
            .init("error", trial.error.map { .string($0) } ?? .null),
        ])
    }

    private func json(_ report: Report) -> JSONValue {
        var members = [JSONValue.Member("resource", JSONValue(report.resource))]
        members += zip(report.metrics.names, report.metrics.values).map {
            .init($0, JSONValue($1.value))
        }
        return .object(members)
    }
}

extension JSONValue {
    fileprivate init(_ integer: Int) { self = .integer(Int64(integer)) }

    fileprivate init(_ value: Value) {
        switch value {
        case .boolean(let flag): self = .flag(flag)
        case .integer(let integer): self.init(integer)
        case .real(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .map(let fields):
            self = .object(
                fields.sorted { $0.key < $1.key }.map { .init($0.key, JSONValue($0.value)) })
        case .bytes, .opaque: self = .string(value.description)
        }
    }
}
