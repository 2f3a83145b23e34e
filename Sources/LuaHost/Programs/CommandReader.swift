internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// Reads the table of `ag.command`.
enum CommandReader {
    private static let owner = "ag.command"
    private static let options = [
        "env", "cwd", "reports", "log", "stop", "pause", "max_suspended",
    ]

    /// - Throws: `LuaError` that names the field.
    static func spec(_ value: LuaValue) throws -> ProgramSpec {
        let fields = try ProgramFields(value, owner: owner, known: options)
        let reader = fields.options
        var spec = ProgramSpec(
            arguments: try fields.words().enumerated().map { index, word in
                try template(word, "argument \(index + 1)")
            })
        spec.environment = try environment(fields)
        spec.folder = try reader.text("cwd").map { try template($0, "cwd") }
        spec.log = try reader.text("log").map { try template($0, "log") }
        spec.reports = try reports(reader)
        try readStop(reader, into: &spec)
        spec.pause = try reader.choice("pause")
        spec.suspendedLimit = try reader.integer("max_suspended", atLeast: 0)
        return spec
    }

    private static func template(_ text: String, _ field: String) throws -> ArgumentTemplate {
        do { return try ArgumentTemplate(text) } catch {
            throw LuaError("\(owner): \(field): \(error)")
        }
    }

    private static func environment(
        _ fields: ProgramFields
    ) throws -> [String: ArgumentTemplate?] {
        var variables: [String: ArgumentTemplate?] = [:]
        for (name, text) in try fields.environment() {
            variables[name] = .some(try text.map { try template($0, "env: \(name)") })
        }
        return variables
    }

    private static func reports(_ reader: OptionReader) throws -> ProgramSpec.Reports {
        guard let text = try reader.text("reports"), text != "json" else { return .json }
        do { return .pattern(try ReportPattern(text)) } catch let error as SettingError {
            throw LuaError("\(owner): reports: \(error), or \"json\"")
        }
    }

    private static func readStop(_ reader: OptionReader, into spec: inout ProgramSpec) throws {
        guard reader.has("stop") else { return }
        let stop = try OptionReader(
            reader["stop"], owner: "\(owner): stop", known: ["signal", "kill_after"])
        if let name = try stop.text("signal") {
            guard let number = SignalName.number(of: name) else {
                let near = nearestName(to: name, among: SignalName.all)
                throw stop.error(
                    "signal", expected: "the name of a signal such as \"\(near ?? "TERM")\"")
            }
            spec.stopSignal = number
        }
        spec.killAfter = try ProgramFields.killAfter(stop)
    }
}
