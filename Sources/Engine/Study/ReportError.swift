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
    let resource: Int
    let metrics: Metrics

    /// - Parameters:
    ///   - fields: what the trial reported, the resource included.
    ///   - last: the trial's last resource.
    /// - Throws: `ReportError` that names the first wrong field: the resource, then the objectives
    ///   in their order, then the other metrics by name.
    init(
        _ fields: [String: Value], trial: Int, after last: Int, definition: StudyDefinition
    ) throws {
        let attribute = definition.hyperband.timeAttribute
        func wrong(_ field: String, expected: String, got: String) -> ReportError {
            .field(SettingError(field: field, expected: expected, got: got), trial: trial)
        }
        let wanted = last == 0 ? "a positive integer" : "an integer greater than \(last)"
        guard let given = fields[attribute] else {
            throw wrong(attribute, expected: wanted, got: "nothing")
        }
        guard let number = given.number else {
            throw wrong(attribute, expected: wanted, got: given.kind)
        }
        guard let resource = number.integer, resource > last else {
            throw wrong(attribute, expected: wanted, got: "\(number)")
        }
        if let missing = Self.required(definition).first(where: { fields[$0] == nil }) {
            throw wrong(missing, expected: "a number", got: "nothing")
        }
        var numbers: [(name: String, number: Number)] = []
        numbers.reserveCapacity(fields.count)
        for (name, value) in fields where name != attribute {
            guard let number = value.number else {
                let (name, value) = Self.firstWrong(fields, definition)
                throw wrong(name, expected: "a number", got: value.kind)
            }
            numbers.append((name, number))
        }
        numbers.sort { $0.name < $1.name }
        self.resource = resource
        metrics = Metrics(sortedNames: numbers.map(\.name), values: numbers.map(\.number))
    }

    /// The metrics that every report has: the objectives, and those with constraints.
    private static func required(_ definition: StudyDefinition) -> [String] {
        definition.objectives.map(\.name) + definition.constraints.map(\.metric)
    }

    /// The first field that should be a number and is none: the objectives in their order, then the
    /// others by name.
    private static func firstWrong(
        _ fields: [String: Value], _ definition: StudyDefinition
    ) -> (name: String, value: Value) {
        for name in required(definition) + fields.keys.sorted()
        where name != definition.hyperband.timeAttribute {
            if let value = fields[name], value.number == nil { return (name, value) }
        }
        preconditionFailure("asked only when there is one")
    }
}
