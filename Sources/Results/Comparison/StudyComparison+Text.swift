internal import Engine
package import Rendering

/// A comparison of studies as people and the page read it.
extension StudyComparison {
    /// A title, a table with a row for each study, and what its columns mean.
    package var text: String {
        let isOne = objectives.count == 1
        let volumes = isOne ? [] : ["hypervolume", "share", "on front", "on common front"]
        let header =
            ["study", "state", "trials", "reports", "\(resourceName)s"] + volumes
            + objectives.map { "best \($0.name)" }
        let rows = entries.map { entry -> [Cell] in
            let counts = [entry.view.state.trials.count, entry.view.state.reportCount]
            let volumes: [Cell] = [
                .number(entry.volume), .text(share(of: entry)),
                .integer(Int64(entry.front.count)), .integer(Int64(entry.common)),
            ]
            return [.text(entry.label), .text(entry.view.status.rawValue)]
                + counts.map { .integer(Int64($0)) } + [Cell(entry.spent)] + (isOne ? [] : volumes)
                + entry.view.bestValues.map { $0.map { .number($0) } ?? .empty }
        }
        let title =
            "\(entries.count) studies of \(Self.words(objectives))\n\n"
        let meaning =
            isOne
            ? ""
            : "\nshare: of the hypervolume of all fronts together. "
                + "common front: that of all studies together.\n"
        return title + TextTable(header: header, rows: rows).rendered() + meaning
    }

    private func share(of entry: Entry) -> String {
        volume > 0 ? "\(fixed(100 * entry.volume / volume, decimals: 1)) %" : ""
    }

    /// What stands above pictures and the page.
    package var title: String { entries.map(\.label).joined(separator: ", ") }

    /// The document that the page works from.
    ///
    /// | name | holds |
    /// |---|---|
    /// | `format` | 1 |
    /// | `compare` | `title`, `resource`, `objectives` (name, goal), `studies` |
    ///
    /// Each study has its name, state and totals, `hypervolume`, `share`, `common`, `best` by objective,
    /// `front` (columns: trial, resource, one for each objective) and `steps` (columns: reports, resource
    /// spent, virtual time, value).
    package var json: JSONValue {
        .object([
            .init("format", JSONValue(1)),
            .init(
                "compare",
                .object([
                    .init("title", .string(title)), .init("resource", .string(resourceName)),
                    .init(
                        "objectives",
                        .array(
                            objectives.map {
                                .object([
                                    .init("name", .string($0.name)),
                                    .init("goal", .string($0.direction.rawValue)),
                                ])
                            })),
                    .init("studies", .array(entries.map(json))),
                ])),
        ])
    }

    private func json(_ entry: Entry) -> JSONValue {
        let values = objectives.indices.map { index in
            JSONValue.array(entry.front.map { .number($0.values[index]) })
        }
        return .object([
            .init("name", .string(entry.label)),
            .init("state", .string(entry.view.status.rawValue)),
            .init("trials", JSONValue(entry.view.state.trials.count)),
            .init("reports", JSONValue(entry.view.state.reportCount)),
            .init("spent", JSONValue(entry.spent)),
            .init("hypervolume", .number(entry.volume)),
            .init("share", volume > 0 ? .number(entry.volume / volume) : .null),
            .init("common", JSONValue(entry.common)),
            .init("best", .array(entry.view.bestValues.map { $0.map { .number($0) } ?? .null })),
            .init(
                "front",
                .array(
                    [
                        .array(entry.front.map { JSONValue($0.trial) }),
                        .array(entry.front.map { JSONValue($0.resource) }),
                    ] + values)),
            .init(
                "steps",
                .array([
                    .array(entry.steps.map { JSONValue($0.step.reports) }),
                    .array(entry.steps.map { JSONValue($0.spent) }),
                    .array(entry.steps.map { JSONValue($0.step.time) }),
                    .array(entry.steps.map { .number($0.value) }),
                ])),
        ])
    }
}
