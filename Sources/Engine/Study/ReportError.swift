/// A report that cannot be taken. The trial has done something wrong; the study continues.
public enum ReportError: Error, Equatable, CustomStringConvertible {
    /// A field is missing or is not what it must be.
    case field(SettingError, trial: Int)
    /// The trial does not run: it has ended, waits, or never was.
    case notRunning(trial: Int, state: TrialState?)

    public var description: String {
        switch self {
        case .field(let error, let trial): "\(error) (trial \(trial))"
        case .notRunning(let trial, nil): "trial: expected a trial that runs, got \(trial)"
        case .notRunning(let trial, let state?):
            "trial: expected a trial that runs, got \(trial), which is \(state.rawValue)"
        }
    }
}

/// The checked content of a report.
struct CheckedReport {
    let resource: Resource
    let metrics: Metrics

    /// - Parameters:
    ///   - fields: what the trial reported, the resource included.
    ///   - last: the trial's last resource.
    /// - Throws: `ReportError` that names the first wrong field: the resource, then the objectives
    ///   and the metrics with constraints in their order, then the other metrics by name.
    init(
        _ fields: [Name: Value], trial: Int, after last: Resource, definition: StudyDefinition,
        columns: ObjectiveColumns? = nil
    ) throws {
        let attribute = definition.hyperband.timeAttribute
        func wrong(_ field: String, expected: String, got: String) -> ReportError {
            .field(SettingError(field: field, expected: expected, got: got), trial: trial)
        }
        let isWhole = definition.hyperband.isWhole
        var wanted: String { Self.wanted(after: last, isWhole: isWhole) }
        let timeName = Name(attribute)
        var given: Value?
        var entries: [(key: Name, value: Value)] = []
        entries.reserveCapacity(fields.count)
        for (name, value) in fields {
            if name == timeName { given = value } else { entries.append((name, value)) }
        }
        guard let given else {
            throw wrong(attribute, expected: wanted, got: "nothing")
        }
        guard let number = given.number else {
            throw wrong(attribute, expected: wanted, got: given.kind)
        }
        guard let resource = Resource(number), resource > last, resource.isWhole || !isWhole else {
            throw wrong(attribute, expected: wanted, got: "\(number)")
        }
        entries.sort { $0.key < $1.key }
        self.resource = resource
        var metrics = Metrics(sorted: entries)
        let hasAll = columns?.shareNames(with: &metrics) ?? false
        self.metrics = metrics
        // As a rule all is there.
        if hasAll, metrics.names.count + metrics.notes.count == entries.count { return }
        for name in Self.required(definition) where fields[Name(name)] == nil {
            throw wrong(name, expected: "a number", got: "nothing")
        }
        for name in Self.required(definition) {
            guard let value = fields[Name(name)], value.number == nil else { continue }
            throw wrong(name, expected: "a number", got: value.kind)
        }
        if let wrongEntry = entries.first(where: { !Metrics.canHold($0.value) }) {
            throw wrong(
                wrongEntry.key.text, expected: "a number, a string or a boolean",
                got: wrongEntry.value.kind)
        }
    }

    private static func wanted(after last: Resource, isWhole: Bool) -> String {
        switch (last, isWhole) {
        case (0, true): "a positive integer"
        case (0, false): "a number above 0"
        case (_, true): "an integer greater than \(last)"
        case (_, false): "a number greater than \(last)"
        }
    }

    /// The metrics that every report has: the objectives, and those with constraints.
    private static func required(_ definition: StudyDefinition) -> some Sequence<String> {
        [definition.objectives.lazy.map(\.name), definition.constraints.lazy.map(\.metric)].joined()
    }
}
