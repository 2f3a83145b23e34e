internal import Engine
internal import Rendering

/// What the page shows beside trials and reports.
extension PageDocument {
    /// How much each parameter matters, as columns.
    var importance: JSONValue {
        let places = Dictionary(
            view.parameters.enumerated().map { ($1, $0) }
        ) { first, _ in first }
        let entries = view.importance()
        let objectives = view.objectives.indices.map { index in
            JSONValue.array(entries.map { .number($0.objectives[index]) })
        }
        return .array(
            [
                .array(entries.map { JSONValue(places[$0.parameter] ?? 0) }),
                .array(entries.map { .number($0.front) }),
            ] + objectives)
    }

    /// The reports that keep something, in order.
    var keptReports: JSONValue {
        .array(
            kept.sorted { ($0.trial, $0.resource) < ($1.trial, $1.resource) }
                .map { .array([JSONValue($0.trial), JSONValue($0.resource)]) })
    }
}
