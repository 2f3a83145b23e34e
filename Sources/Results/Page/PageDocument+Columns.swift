internal import Engine
internal import Rendering

/// Trials and reports as columns.
extension PageDocument {
    /// A row for each trial.
    func columns(of trials: [Trial]) -> JSONValue {
        let explained =
            view.state.trials.count <= Self.explanationLimit
            ? nil : Set(view.state.front().map(\.trial))
        func column(_ name: String, _ value: (Trial) -> JSONValue) -> JSONValue.Member {
            .init(name, .array(trials.map(value)))
        }
        return .object([
            column("id") { JSONValue($0.id) },
            column("state") { .string(view.word(for: $0.state)) },
            column("bracket") { JSONValue($0.bracket) },
            column("origin") { .string($0.origin.rawValue) },
            column("start") { JSONValue($0.startTime) },
            column("error") { JSONValue($0.error) },
            column("why") {
                explained?.contains($0.id) == false
                    ? .null : JSONValue(view.explanation(of: $0.id))
            },
            column("decisions") { .array($0.decisions.map(row)) },
            column("promotions") {
                .array($0.promotions.map { .array([JSONValue($0.rung), JSONValue($0.time)]) })
            },
            column("failures") { trial in
                .array(
                    zip(trial.failureResources, trial.failures).map {
                        .array([JSONValue($0), .string($1)])
                    })
            },
            .init("args", arguments(of: trials)),
        ])
    }

    private func row(_ decision: Decision) -> JSONValue {
        .array([
            JSONValue(decision.rung), JSONValue(decision.resource),
            .string(decision.verdict.rawValue), JSONValue(decision.time),
            JSONValue(decision.standing.rank), JSONValue(decision.standing.outOf),
        ])
    }

    private func arguments(of trials: [Trial]) -> JSONValue {
        let places = Dictionary(view.parameters.enumerated().map { (Name($1), $0) }) { first, _ in
            first
        }
        var columns = Array(
            repeating: Array(repeating: JSONValue.null, count: trials.count),
            count: view.parameters.count)
        for (row, trial) in trials.enumerated() {
            for (path, value) in zip(trial.configuration.paths, trial.configuration.values) {
                if let place = places[path] { columns[place][row] = JSONValue(exact: value) }
            }
        }
        return .array(columns.map { .array($0) })
    }

    /// A row for each report that is held of trials from a place on, those of a trial together.
    func columns(of trials: [(trial: Trial, first: Int)]) -> JSONValue {
        let reports = held(of: trials)
        func column(_ value: (Trial, Report) -> JSONValue) -> JSONValue {
            .array(reports.flatMap { trial, reports in reports.map { value(trial, $0) } })
        }
        let seconds = secondsOfArrivals(of: Set(reports.map(\.trial.id)))
        var members: [JSONValue.Member] = [
            .init("trial", column { trial, _ in JSONValue(trial.id) }),
            .init("resource", column { _, report in JSONValue(report.resource) }),
            .init("time", column { _, report in JSONValue(report.time) }),
        ]
        if !seconds.isEmpty {
            members.append(
                .init(
                    "seconds",
                    column { trial, report in
                        seconds[ReportKey(trial: trial.id, resource: report.resource)].map {
                            .number($0)
                        } ?? .null
                    }))
        }
        if view.hasConstraints {
            members.append(
                .init(
                    "feasible",
                    column { _, report in JSONValue(view.state.isFeasible(report) ? 1 : 0) }))
        }
        let values = metrics.map { name in
            column { _, report in metric(report.metrics.value(of: Name(name))) }
        }
        return .object(members + [.init("metrics", .array(values))])
    }

    private func metric(_ value: Value?) -> JSONValue {
        guard let value else { return .null }
        if case .real(let real) = value, real.isInfinite {
            return .string(real > 0 ? "inf" : "-inf")
        }
        return JSONValue(value)
    }

    private struct ReportKey: Hashable {
        let trial: Int
        let resource: Resource
    }

    /// When reports came, of the last attempt that made them.
    private func secondsOfArrivals(of trials: Set<Int>) -> [ReportKey: Double] {
        var seconds: [ReportKey: Double] = [:]
        for arrival in view.receivedReports where trials.contains(arrival.trial) {
            seconds[ReportKey(trial: arrival.trial, resource: arrival.resource)] = arrival.seconds
        }
        return seconds
    }
}
