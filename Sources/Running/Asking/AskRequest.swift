internal import Engine
internal import Platform

/// What a client that asks and tells says, one JSON object a line.
struct AskRequest: Equatable {
    enum Content: Equatable {
        /// For a trial, and the seconds of its lease; nil: those of the server.
        case ask(lease: Double?)
        case told(AskExecutor.Told)
        case add([Name: Value])
        case front
        case study
        case stop(Stopped)
    }

    /// What is to be stopped.
    enum Stopped: Equatable {
        case study
        case trial(Int)
    }

    /// Which trial, and which of its holders; nil where the request is about none.
    struct Holder: Equatable {
        let trial: Int
        let attempt: Int
    }

    /// Which of the requests it is.
    let verb: String
    let content: Content
    let holder: Holder?
    /// What the answer carries, too; nil where nothing is to be.
    let id: JSON?

    /// The requests that are about a trial.
    private static let told = ["report", "checkpoint", "done", "fail", "heartbeat"]
    private static let verbs = ["ask", "add", "front", "study", "stop"] + told

    /// - Throws: `AskRefusal` that names the field.
    init(_ line: [UInt8], _ names: ReportNames) throws {
        let json: JSON
        do { json = try LenientJSON.value(of: line) } catch {
            throw AskRefusal("\(error)", id: nil)
        }
        guard case .object(let members) = json else {
            throw AskRefusal("line: expected a JSON object", id: nil)
        }
        let id = members["id"]
        switch id {
        case nil, .integer, .text: self.id = id
        default: throw AskRefusal("id: expected an integer or a text", id: nil)
        }
        do {
            (verb, content, holder) = try Self.read(members, names)
        } catch let error as RequestError {
            throw AskRefusal(error.description, id: id)
        }
    }

    private static func read(
        _ members: [Name: JSON], _ names: ReportNames
    ) throws -> (String, Content, Holder?) {
        let found = verbs.filter { members[Name($0)] != nil }
        // `trial` and `study` stand beside a verb, too.
        guard found.count == 1, let verb = found.first, let value = members[Name(verb)] else {
            let given = members.keys.filter { $0 != "id" }.sorted().map(\.text)
            let near = given.lazy.compactMap { nearestName(to: $0, among: verbs) }.first
            throw RequestError(
                "line: expected one of \(verbs.joined(separator: ", ")), got "
                    + (given.isEmpty ? "nothing" : given.joined(separator: " and "))
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        let isTold = told.contains(verb)
        let known =
            [verb, "id"] + (isTold ? ["trial", "attempt"] : verb == "ask" ? ["lease"] : [])
        if let other = members.keys.sorted().map(\.text).first(where: { !known.contains($0) }) {
            let near = nearestName(to: other, among: known).map { "; did you mean \($0)?" }
            throw RequestError("\(other): unknown field\(near ?? "")")
        }
        guard verb != "ask" else { return (verb, .ask(lease: try lease(members["lease"])), nil) }
        return (verb, try content(verb, value, names: names), isTold ? try holder(members) : nil)
    }

    private static func lease(_ value: JSON?) throws -> Double? {
        let seconds: Double? =
            switch value {
            case nil: nil
            case .integer(let integer): Double(integer)
            case .real(let real): real
            default: .nan
            }
        guard let seconds else { return nil }
        guard seconds > 0, seconds <= longestLease else {
            throw RequestError("lease", expected: "seconds above 0", got: value)
        }
        return seconds
    }

    /// Seconds; more than any clock here will count.
    static let longestLease = 1e9

    private static func holder(_ members: [Name: JSON]) throws -> Holder {
        guard case .integer(let trial)? = members["trial"] else {
            throw RequestError("trial", expected: "the trial's number", got: members["trial"])
        }
        guard case .integer(let attempt)? = members["attempt"] else {
            throw RequestError(
                "attempt", expected: "the number that came with the trial", got: members["attempt"])
        }
        return Holder(trial: trial, attempt: attempt)
    }

    private static func content(
        _ verb: String, _ value: JSON, names: ReportNames
    ) throws -> Content {
        switch (verb, value) {
        case ("front", _): return .front
        case ("study", _): return .study
        case ("heartbeat", _): return .told(.heartbeat)
        case ("report", .object(let fields)): return .told(.report(names.fields(of: fields)))
        case ("report", _): throw RequestError(verb, expected: "an object of metrics", got: value)
        case ("checkpoint", _): return .told(.checkpoint(try names.resource(verb, value)))
        case ("done", .boolean(true)), ("done", .integer(1)): return .told(.done)
        case ("done", _): throw RequestError(verb, expected: "true", got: value)
        case ("fail", .text(let why)): return .told(.fail(why))
        case ("fail", _): throw RequestError(verb, expected: "why, as a text", got: value)
        case ("stop", _): return .stop(try stopped(value))
        case ("add", .object(let given)): return .add(parameters(given, below: ""))
        default: throw RequestError(verb, expected: "an object of parameters", got: value)
        }
    }

    /// `"study"`, or `{"trial":7}`: a number alone could be the `1` of a request without contents.
    private static func stopped(_ value: JSON) throws -> Stopped {
        if value == .text("study") { return .study }
        if case .object(let members) = value, members.count == 1,
            case .integer(let trial)? = members["trial"]
        {
            return .trial(trial)
        }
        throw RequestError("stop", expected: #""study" or {"trial":7}"#, got: value)
    }

    /// The parameters of a configuration by path.
    private static func parameters(_ given: [Name: JSON], below path: String) -> [Name: Value] {
        var values: [Name: Value] = [:]
        for (name, value) in given {
            add(value, at: path.isEmpty ? name.text : "\(path).\(name)", to: &values)
        }
        return values
    }

    private static func add(_ json: JSON, at path: String, to values: inout [Name: Value]) {
        switch json {
        case .boolean(let flag): values[Name(path)] = .boolean(flag)
        case .integer(let integer): values[Name(path)] = .integer(integer)
        case .real(let real): values[Name(path)] = .real(real)
        case .text(let text): values[Name(path)] = .string(text)
        case .null: break
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                add(element, at: "\(path).\(index + 1)", to: &values)
            }
        case .object(let members):
            if case .text(let name)? = members["name"] { values[Name(path)] = .string(name) }
            values.merge(parameters(members, below: path)) { first, _ in first }
        }
    }
}

/// Why a line is no request, and whose answer that is.
struct AskRefusal: Error {
    let text: String
    let id: JSON?

    init(_ text: String, id: JSON?) { (self.text, self.id) = (text, id) }
}
