internal import Engine
internal import Foundation
internal import Rendering

/// A study as the file of Optuna's `JournalStorage`: one operation a line, a whole trial in each.
///
/// Optuna has one vector of values for a trial, where a study has many reports: it is that of the
/// last report with finite objectives, and all reports are in the trial's user attributes.
///
/// Source: optuna.storages.journal, whose format has been the same since Optuna 3.1.
struct OptunaJournal {
    private let state: StudyState
    private let created: Date
    private let parameters: OptunaParameters
    /// When each report came, in seconds since the study began.
    private var seconds: [ReportPlace: Double] = [:]

    private struct ReportPlace: Hashable {
        let trial: Int
        let resource: Resource
    }

    /// The codes of operations and states, which Optuna calls `JournalOperation` and `TrialState`.
    private enum Code {
        static let createStudy = 0
        static let setStudyUserAttribute = 2
        static let setStudySystemAttribute = 3
        static let createTrial = 4
        static let running = 0
        static let complete = 1
        static let pruned = 2
        static let failed = 3
    }

    /// - Parameter study: of one that does not know when it was created the times begin with 1970.
    init(_ study: StudyView) {
        state = study.state
        parameters = OptunaParameters(study.state.definition.space)
        created =
            study.created.flatMap { try? Date($0, strategy: .iso8601) }
            ?? Date(timeIntervalSince1970: 0)
        for report in study.receivedReports {
            seconds[.init(trial: report.trial, resource: report.resource)] = report.seconds
        }
    }

    /// The file's text; every line is ended.
    var text: String {
        let definition = state.definition
        let directions = definition.objectives.map { $0.direction == .minimize ? 1 : 2 }
        let names = definition.objectives.map { JSONValue.string($0.name) }
        let lines = [
            operation(
                Code.createStudy,
                [
                    .init("study_name", .string(definition.name)),
                    .init("directions", .array(directions.map { JSONValue($0) })),
                ]),
            attribute(
                Code.setStudySystemAttribute, kind: "system_attr", name: "study:metric_names",
                value: .array(names)),
            attribute(
                Code.setStudyUserAttribute, kind: "user_attr", name: "time_attr",
                value: .string(definition.hyperband.timeAttribute)),
        ]
        let trials = state.trials.map { operation(Code.createTrial, members(of: $0)) }
        return (lines + trials).joined(separator: "\n") + "\n"
    }

    /// Sets an attribute of the study.
    private func attribute(
        _ code: Int, kind: String, name: String, value: JSONValue
    ) -> String {
        operation(
            code, [.init("study_id", .integer(0)), .init(kind, .object([.init(name, value)]))])
    }

    private func operation(_ code: Int, _ members: [JSONValue.Member]) -> String {
        let head: [JSONValue.Member] = [
            .init("op_code", .integer(Int64(code))), .init("worker_id", .string("mohpo-lua")),
        ]
        return JSONValue.object(head + members).serialized()
    }

    // MARK: Trials

    private func members(of trial: Trial) -> [JSONValue.Member] {
        let last = trial.reports.last(where: state.isValid)
        let code = code(of: trial, hasValues: last != nil)
        let parameters = parameters.active(in: trial.configuration)
        // Optuna refuses values of a trial that failed.
        let values: JSONValue =
            code == Code.failed
            ? .null : last.map { .array(state.values(of: $0).map { .number($0) }) } ?? .null
        var members: [JSONValue.Member] = [
            .init("study_id", .integer(0)), .init("state", .integer(Int64(code))),
            .init("value", .null), .init("values", values),
            .init("datetime_start", .string(time(0))),
        ]
        if code != Code.running {
            members.append(.init("datetime_complete", .string(time(end(of: trial)))))
        }
        return members + [
            .init("params", .object(parameters.map { .init($0.name, $0.value) })),
            .init(
                "distributions",
                .object(parameters.map { .init($0.name, .string($0.distribution.serialized())) })),
            .init("user_attrs", .object(attributes(of: trial, values: last))),
            .init("system_attrs", .object(constraints(of: last))),
            .init("intermediate_values", .object(intermediate(of: trial))),
        ]
    }

    /// Optuna's own attribute: a value above 0 for each constraint that is violated.
    private func constraints(of report: Report?) -> [JSONValue.Member] {
        guard let report, !state.definition.constraints.isEmpty else { return [] }
        let violations = state.violations(of: report).map { JSONValue.number($0) }
        return [.init("constraints", .array(violations))]
    }

    private func code(of trial: Trial, hasValues: Bool) -> Int {
        switch trial.state {
        case .running: Code.running
        // What waits in a study that has finished waits for ever.
        case .paused: state.endReason == nil || state.isInterrupted ? Code.running : Code.pruned
        // Optuna wants values of a trial that is complete.
        case .completed: hasValues ? Code.complete : Code.failed
        case .stopped: Code.pruned
        case .failed: Code.failed
        }
    }

    private func attributes(of trial: Trial, values: Report?) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("trial", .integer(Int64(trial.id))),
            .init("state", .string(trial.state.rawValue)),
            .init("bracket", .integer(Int64(trial.bracket))),
            .init("resource", values.map { JSONValue($0.resource) } ?? .null),
        ]
        if let error = trial.error { members.append(.init("error", .string(error))) }
        let attribute = state.definition.hyperband.timeAttribute
        let reports = trial.reports.map { report -> JSONValue in
            let metrics = report.metrics.entries
            return .object(
                [.init(attribute, JSONValue(report.resource))]
                    + metrics.map { .init($0.name.text, OptunaDistribution.scalar($0.value)) })
        }
        return members + [.init("reports", .array(reports))]
    }

    /// Optuna has these for one objective only.
    private func intermediate(of trial: Trial) -> [JSONValue.Member] {
        guard state.definition.objectives.count == 1 else { return [] }
        // Steps are integers there: where resources are none, the reports are counted.
        let isWhole = state.definition.hyperband.isWhole
        return trial.reports.enumerated().filter { state.isValid($0.element) }.map {
            .init(
                isWhole ? "\($0.element.resource)" : "\($0.offset + 1)",
                .number(state.values(of: $0.element)[0]))
        }
    }

    private func end(of trial: Trial) -> Double {
        trial.reports.last.flatMap { seconds[.init(trial: trial.id, resource: $0.resource)] } ?? 0
    }

    /// As Python's `datetime.fromisoformat` reads it in all versions.
    private func time(_ seconds: Double) -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return created.addingTimeInterval(seconds).formatted(style).replacing("Z", with: "+00:00")
    }
}
