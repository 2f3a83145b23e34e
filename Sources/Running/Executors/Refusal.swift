public import Engine
public import Platform

/// Why a message of a trial was refused. The trial has done something wrong or asks for too much; the
/// study continues.
public enum Refusal: Error, CustomStringConvertible {
    /// A report that the study cannot take.
    ///
    /// - hint: what was probably meant.
    case report(ReportError, hint: String?)
    /// There is no memory for a report.
    case memory(OutOfMemory)
    /// A checkpoint could not be stored.
    case checkpoint(RunError)
    /// The process that decides about the study has refused it.
    case elsewhere(String)

    /// A wrong report of `fields`. One that lacks a field may have it under another name.
    init(_ error: ReportError, fields: [Name: Value], of definition: StudyDefinition) {
        guard case .field(let wrong, _) = error, fields[Name(wrong.field)] == nil else {
            self = .report(error, hint: nil)
            return
        }
        let attribute = definition.hyperband.timeAttribute
        let known = Set(
            (definition.objectives.map(\.name) + definition.constraints.map(\.metric)
                + [attribute, "elapsed"]).map { Name($0) })
        let others = fields.keys.filter { !known.contains($0) }.sorted().map(\.text)
        if let nearest = nearestName(to: wrong.field, among: others) {
            self = .report(error, hint: "is \(nearest) meant?")
            return
        }
        self = .report(
            error,
            hint: wrong.field == attribute
                ? Self.resourceHint(others.filter { fields[Name($0)]?.number?.integer ?? 0 > 0 })
                : Self.given(others))
    }

    private static func given(_ names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        return "you gave \(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", …" : "")"
    }

    /// - Parameter names: those that may count the resource.
    private static func resourceHint(_ names: [String]) -> String? {
        guard let given = given(names), let first = names.first else { return nil }
        return "\(given): time_attr = \"\(first)\" names what counts"
    }

    public var description: String {
        switch self {
        case .report(let error, let hint?): "\(error); \(hint)"
        case .report(let error, nil): "\(error)"
        case .memory(let error): "\(error)"
        case .checkpoint(let error): "\(error)"
        case .elsewhere(let reason): reason
        }
    }
}
