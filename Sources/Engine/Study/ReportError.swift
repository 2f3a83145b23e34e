/// A report that cannot be taken. The trial has done something wrong; the study goes on.
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
        func wrong(_ field: String, _ expected: String, _ got: String) -> ReportError {
            .field(SettingError(field: field, expected: expected, got: got), trial: trial)
        }
        let wanted = last == 0 ? "a positive integer" : "an integer greater than \(last)"
        guard let given = fields[attribute] else { throw wrong(attribute, wanted, "nothing") }
        guard let number = given.number else { throw wrong(attribute, wanted, given.kind) }
        guard let resource = number.integer, resource > last else {
            throw wrong(attribute, wanted, "\(number)")
        }
        let objectives = definition.objectives.map(\.name)
        if let missing = objectives.first(where: { fields[$0] == nil }) {
            throw wrong(missing, "a number", "nothing")
        }
        var metrics: [String: Number] = [:]
        for name in objectives + fields.keys.sorted() where name != attribute {
            guard let value = fields[name] else { continue }
            guard let number = value.number else { throw wrong(name, "a number", value.kind) }
            metrics[name] = number
        }
        self.resource = resource
        self.metrics = Metrics(metrics)
    }
}
