internal import Engine
internal import Foundation
internal import Rendering
internal import Storage

/// A study as the file of Optuna's `JournalStorage`: one operation a line, a whole trial in each.
///
/// Optuna has one vector of values for a trial, where a study has many reports: it is that of the
/// last report with finite objectives, and all reports are in the trial's user attributes.
///
/// Source: optuna.storages.journal, whose format has been the same since Optuna 3.1.
struct OptunaJournal {
    private let state: StudyState
    private let created: Date
    /// When each report came, in seconds since the study began.
    private var seconds: [ReportPlace: Double] = [:]
    /// Every domain that a path has in some branch: Optuna allows one for a name.
    private var domains: [String: [Domain]] = [:]

    private struct ReportPlace: Hashable {
        let trial: Int
        let resource: Int
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

    init(_ state: StudyState, created: String?, arrivals: [ReceivedReport]) {
        self.state = state
        self.created =
            created.flatMap { try? Date($0, strategy: .iso8601) } ?? Date(timeIntervalSince1970: 0)
        for arrival in arrivals {
            seconds[.init(trial: arrival.trial, resource: arrival.resource)] = arrival.seconds
        }
        collectDomains(.group(state.definition.space), "")
    }

    var text: String {
        let definition = state.definition
        var lines = [
            operation(
                Code.createStudy,
                [
                    .init("study_name", .string(definition.name)),
                    .init(
                        "directions",
                        .array(
                            definition.objectives.map {
                                .integer($0.direction == .minimize ? 1 : 2)
                            })),
                ]),
            operation(
                Code.setStudySystemAttribute,
                [
                    .init("study_id", .integer(0)),
                    .init(
                        "system_attr",
                        .object([
                            .init(
                                "study:metric_names",
                                .array(definition.objectives.map { .string($0.name) }))
                        ])),
                ]),
            operation(
                Code.setStudyUserAttribute,
                [
                    .init("study_id", .integer(0)),
                    .init(
                        "user_attr",
                        .object([
                            .init("time_attr", .string(definition.hyperband.timeAttribute))
                        ])),
                ]),
        ]
        lines += state.trials.map { operation(Code.createTrial, members(of: $0)) }
        return lines.joined(separator: "\n") + "\n"
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
        var parameters: [Parameter] = []
        collect(.group(state.definition.space), "", trial.configuration, into: &parameters)
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
            .init("system_attrs", .object([])),
            .init("intermediate_values", .object(intermediate(of: trial))),
        ]
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
            .init("resource", values.map { .integer(Int64($0.resource)) } ?? .null),
        ]
        if let error = trial.error { members.append(.init("error", .string(error))) }
        let attribute = state.definition.hyperband.timeAttribute
        let reports = trial.reports.map { report -> JSONValue in
            let metrics = zip(report.metrics.names, report.metrics.values)
            return .object(
                [.init(attribute, .integer(Int64(report.resource)))]
                    + metrics.map { .init($0, Self.json($1.value)) })
        }
        return members + [.init("reports", .array(reports))]
    }

    /// Optuna has these for one objective only.
    private func intermediate(of trial: Trial) -> [JSONValue.Member] {
        guard state.definition.objectives.count == 1 else { return [] }
        return trial.reports.filter(state.isValid).map {
            .init("\($0.resource)", .number(state.values(of: $0)[0]))
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

    // MARK: Parameters

    private struct Parameter {
        let name: String
        /// As Optuna keeps it: of a choice the number, of all else the real.
        let value: JSONValue
        let distribution: JSONValue
    }

    private mutating func collectDomains(_ node: SearchSpace.Node, _ path: String) {
        switch node {
        case .constant: break
        case .domain(let domain):
            if domains[path]?.contains(domain) != true { domains[path, default: []].append(domain) }
        case .group, .list:
            for (path, node) in Self.children(of: node, path) { collectDomains(node, path) }
        case .choice(let branches):
            for branch in branches { collectDomains(.group(branch.space), path) }
        }
    }

    private func collect(
        _ node: SearchSpace.Node, _ path: String, _ configuration: Configuration,
        into parameters: inout [Parameter]
    ) {
        switch node {
        case .constant: break
        case .domain(let domain):
            guard let value = configuration[path],
                let (kept, distribution) = Self.distribution(of: domain, value)
            else { return }
            let number = domains[path]?.firstIndex(of: domain) ?? 0
            let name = number == 0 ? path : "\(path)#\(number + 1)"
            parameters.append(.init(name: name, value: kept, distribution: distribution))
        case .group, .list:
            for (path, node) in Self.children(of: node, path) {
                collect(node, path, configuration, into: &parameters)
            }
        case .choice(let branches):
            guard
                let index = branches.firstIndex(where: {
                    configuration[path] == .string($0.name)
                })
            else { return }
            let names = branches.map { JSONValue.string($0.name) }
            parameters.append(
                .init(
                    name: path, value: .integer(Int64(index)),
                    distribution: Self.categorical(names)))
            collect(.group(branches[index].space), path, configuration, into: &parameters)
        }
    }

    private static func children(
        of node: SearchSpace.Node, _ path: String
    ) -> [(path: String, node: SearchSpace.Node)] {
        let prefix = path.isEmpty ? "" : path + "."
        return switch node {
        case .group(let space): space.members.map { (prefix + $0.name, $0.node) }
        case .list(let nodes): nodes.enumerated().map { ("\(prefix)\($0 + 1)", $1) }
        case .domain, .constant, .choice: []
        }
    }

    private static func distribution(
        of domain: Domain, _ value: Value
    ) -> (value: JSONValue, distribution: JSONValue)? {
        switch domain {
        case .real(let domain):
            guard let number = value.number?.double else { return nil }
            // Optuna has no grid on a logarithmic scale, and wants one to end at its upper bound.
            let step = domain.log ? nil : domain.step
            let high =
                step.map { domain.lo + ((domain.hi - domain.lo) / $0 + 1e-9).rounded(.down) * $0 }
                ?? domain.hi
            return (
                .number(number),
                distribution(
                    "Float",
                    [
                        .init("step", step.map { .number($0) } ?? .null),
                        .init("low", .number(domain.lo)), .init("high", .number(high)),
                        .init("log", .flag(domain.log)),
                    ])
            )
        case .int(let domain):
            guard let number = value.number?.double else { return nil }
            let step = domain.log ? 1 : domain.step
            let distance = UInt(bitPattern: domain.hi) &- UInt(bitPattern: domain.lo)
            let high = Int(
                bitPattern: UInt(bitPattern: domain.hi) &- distance % UInt(step))
            return (
                .number(number),
                distribution(
                    "Int",
                    [
                        .init("log", .flag(domain.log)), .init("step", .integer(Int64(step))),
                        .init("low", .integer(Int64(domain.lo))),
                        .init("high", .integer(Int64(high))),
                    ])
            )
        case .categorical(let options), .ordinal(let options):
            return options.values.firstIndex(of: value).map {
                (.integer(Int64($0)), categorical(options.values.map(json)))
            }
        case .boolean:
            guard case .boolean(let flag) = value else { return nil }
            return (.integer(flag ? 1 : 0), categorical([.flag(false), .flag(true)]))
        }
    }

    private static func categorical(_ choices: [JSONValue]) -> JSONValue {
        distribution("Categorical", [.init("choices", .array(choices))])
    }

    private static func distribution(
        _ name: String, _ attributes: [JSONValue.Member]
    ) -> JSONValue {
        .object([
            .init("name", .string(name + "Distribution")),
            .init("attributes", .object(attributes)),
        ])
    }

    /// A choice must be a scalar; what is none is its text.
    private static func json(_ value: Value) -> JSONValue {
        switch value {
        case .boolean(let flag): .flag(flag)
        case .integer(let integer): .integer(Int64(integer))
        case .real(let number): .number(number)
        case .string, .bytes, .list, .map, .opaque: .string(value.description)
        }
    }
}
