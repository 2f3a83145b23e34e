internal import Engine
internal import Platform

/// What a program says on its socket, one JSON object a line.
enum ProgramRequest: Equatable {
    /// The first of a connection.
    case hello(trial: Int, secret: String)
    case report([Name: Value])
    case checkpoint(Resource)
    case done
    case fail(String)

    /// The version of the protocol, which a program names in its hello.
    static let version = 1

    private static let verbs: [Name] = ["hello", "report", "checkpoint", "done", "fail"]
    /// What stands beside a verb.
    private static let fields: [Name: [Name]] = ["hello": ["trial", "secret"]]

    /// - Throws: `RequestError` that names the field.
    init(_ line: [UInt8], _ names: ReportNames?) throws {
        let json: JSON
        do { json = try LenientJSON.value(of: line) } catch {
            throw RequestError("\(error)")
        }
        guard case .object(let members) = json else {
            throw RequestError("line: expected a JSON object, got \(json.shownKind)")
        }
        // Most requests are a verb and nothing else.
        if members.count == 1, let (verb, value) = members.first, Self.verbs.contains(verb) {
            self = try Self.request(verb.text, value, beside: members, names: names)
            return
        }
        let found = Self.verbs.filter { members[$0] != nil }
        guard let verb = found.first, found.count == 1, let value = members[verb] else {
            throw RequestError(Self.expected(in: members, found.map(\.text)))
        }
        let known = [verb] + (Self.fields[verb] ?? [])
        if let other = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw RequestError(Self.unknown(other.text, of: known.map(\.text)))
        }
        self = try Self.request(verb.text, value, beside: members, names: names)
    }

    private static func request(
        _ verb: String, _ value: JSON, beside members: [Name: JSON], names: ReportNames?
    ) throws -> ProgramRequest {
        switch (verb, value) {
        case ("hello", .integer(version)):
            guard case .integer(let trial)? = members["trial"] else {
                throw RequestError("trial", expected: "the trial's number", got: members["trial"])
            }
            guard case .text(let secret)? = members["secret"] else {
                throw RequestError(
                    "secret", expected: "the value of MOHPO_SECRET", got: members["secret"])
            }
            return .hello(trial: trial, secret: secret)
        case ("hello", .integer(let other)):
            throw RequestError("hello: expected version \(version), got \(other)")
        case ("hello", _): throw RequestError("hello", expected: "version \(version)", got: value)
        case ("report", .object(let fields)): return .report(names?.fields(of: fields) ?? [:])
        case ("report", _):
            throw RequestError("report", expected: "an object of metrics", got: value)
        case ("checkpoint", _):
            guard let names else {
                throw RequestError("hello: expected before anything else")
            }
            return .checkpoint(try names.resource(verb, value))
        case ("done", .boolean(true)): return .done
        case ("done", _): throw RequestError("done", expected: "true", got: value)
        case (_, .text(let why)): return .fail(why)
        default: throw RequestError("fail", expected: "why, as a text", got: value)
        }
    }

    private static func expected(in members: [Name: JSON], _ found: [String]) -> String {
        let verbs = verbs.map(\.text)
        let all = verbs.joined(separator: ", ")
        guard found.isEmpty else {
            return "line: expected one of \(all), got \(found.joined(separator: " and "))"
        }
        let given = members.keys.sorted().map(\.text)
        let near = given.lazy.compactMap { nearestName(to: $0, among: verbs) }.first
        return "line: expected one of \(all), got "
            + (given.isEmpty ? "an empty object" : given.prefix(5).joined(separator: ", "))
            + (near.map { "; did you mean \($0)?" } ?? "")
    }

    private static func unknown(_ name: String, of known: [String]) -> String {
        let near = nearestName(to: name, among: known).map { "; did you mean \($0)?" }
        return "\(name): unknown field\(near ?? "; known are \(known.joined(separator: ", "))")"
    }
}

/// Why a line is no request, in words for the program's author.
struct RequestError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    init(_ field: String, expected: String, got: JSON?) {
        self.init("\(field): expected \(expected), got \(got?.shownKind ?? "nothing")")
    }
}

extension JSON {
    /// The value itself where it is short, else its kind.
    fileprivate var shownKind: String {
        switch self {
        case .array: return "an array"
        case .object: return "an object"
        default:
            let text = written
            return text.utf8.count <= 40 ? text : "a long text"
        }
    }
}
