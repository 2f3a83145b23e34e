package import Engine

/// The names that make a report of an object.
package struct ReportNames: Sendable {
    /// What counts the resource.
    package let timeAttribute: String
    /// The metrics that every report has.
    let metrics: [String]
    /// The time attribute and the metrics.
    private let all: [Name]
    /// Whether resources are whole numbers.
    private let isWhole: Bool

    /// Those of a study.
    package init(_ definition: StudyDefinition) {
        timeAttribute = definition.hyperband.timeAttribute
        isWhole = definition.hyperband.isWhole
        metrics = definition.objectives.map(\.name) + definition.constraints.map(\.metric)
        all = ([timeAttribute] + metrics).map { Name($0) }
    }

    /// `epoch, accuracy and latency`
    package var description: String {
        all.dropLast().map(\.text).joined(separator: ", ") + " and " + (all.last?.text ?? "")
    }

    /// The fields of an object as a report has them: what is null is no number, and what has parts is
    /// left out.
    func fields(of members: [Name: JSON]) -> [Name: Value] {
        var fields: [Name: Value] = [:]
        for (name, value) in members {
            switch value {
            case .integer(let integer): fields[name] = .integer(integer)
            case .real(let real): fields[name] = .real(real)
            case .boolean(let flag): fields[name] = .boolean(flag)
            case .text(let text): fields[name] = LenientJSON.number(of: text) ?? .string(text)
            case .null: if all.dropFirst().contains(name) { fields[name] = .real(.nan) }
            case .array, .object: break
            }
        }
        return fields
    }

    /// The resource that a value in the place of `verb` tells.
    ///
    /// - Throws: `RequestError` where it is none that the study has.
    func resource(_ verb: String, _ value: JSON) throws -> Resource {
        guard let resource = value.asResource, resource.isWhole || !isWhole else {
            throw RequestError(verb, expected: isWhole ? "an integer" : "a number", got: value)
        }
        return resource
    }

    /// How many of the names the fields have.
    func count(in fields: [Name: Value]) -> Int { all.count { fields[$0] != nil } }

    /// Whether the fields have all of them.
    func areAll(in fields: [Name: Value]) -> Bool { all.allSatisfy { fields[$0] != nil } }
}
