internal import Engine
internal import Rendering

/// Trials and reports as columns.
extension PageDocument {
    /// A row for each trial.
    func columns(of trials: [Trial]) -> JSONValue {
        let explained =
            view.state.trials.count <= Self.explanationLimit
            ? nil : Set(front.map(\.trial))
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
        let held = held(of: trials)
        let count = held.reduce(0) { $0 + $1.places.count }
        func column(_ value: (Trial, Int) -> JSONValue) -> JSONValue {
            var column: [JSONValue] = []
            column.reserveCapacity(count)
            for (trial, places) in held {
                for place in places { column.append(value(trial, place)) }
            }
            return .array(column)
        }
        var members: [JSONValue.Member] = [
            .init("trial", column { trial, _ in JSONValue(trial.id) }),
            .init("resource", column { JSONValue($0.reports[$1].resource) }),
            .init("time", column { JSONValue($0.reports[$1].time) }),
        ]
        let isTimed = held.contains { trial, places in
            places.contains { times[trial: trial.id, $0] != nil }
        }
        if isTimed {
            members.append(
                .init("seconds", column { seconds(times[trial: $0.id, $1]) }))
        }
        if view.hasConstraints {
            members.append(
                .init(
                    "feasible",
                    column { JSONValue(view.state.isFeasible($0.reports[$1]) ? 1 : 0) }))
        }
        let values = metrics.map { Name($0) }.map { name in
            column { metric($0.reports[$1].metrics.value(of: name)) }
        }
        return .object(members + [.init("metrics", .array(values))])
    }

    /// A time as it stands in a column.
    func seconds(_ seconds: Double?) -> JSONValue { seconds.map { .number($0) } ?? .null }

    private func metric(_ value: Value?) -> JSONValue {
        guard let value else { return .null }
        if case .real(let real) = value, real.isInfinite {
            return .string(real > 0 ? "inf" : "-inf")
        }
        return JSONValue(value)
    }
}
