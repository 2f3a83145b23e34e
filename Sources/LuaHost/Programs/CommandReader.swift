internal import Engine
internal import LuaBridge
internal import Platform
internal import Running

/// Reads the table of `ag.command`.
enum CommandReader {
    private static let owner = "ag.command"

    /// - Throws: `LuaError` that names the field.
    static func spec(_ value: LuaValue) throws -> ProgramSpec {
        let fields = try ProgramFields(value, owner: owner, for: CommandOptions.self)
        var spec = ProgramSpec(
            arguments: try fields.words().enumerated().map { index, word in
                try template(word, "argument \(index + 1)")
            })
        spec.environment = try environment(fields)
        let options: CommandOptions = try fields.read()
        spec.folder = try options.folder.map { try template($0, "cwd") }
        spec.log = try options.log.map { try template($0, "log") }
        spec.reports = try reports(options.reports)
        let ending = try ending(fields.options)
        spec.killAfter = ending.killAfter
        SignalName.number(of: ending.signal).map { spec.stopSignal = $0 }
        (spec.pause, spec.suspendedLimit) = (options.pause, options.suspendedLimit)
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

    private static func reports(_ text: String) throws -> ProgramSpec.Reports {
        guard text != "json" else { return .json }
        do { return .pattern(try ReportPattern(text)) } catch let error as SettingError {
            throw LuaError("\(owner): reports: \(error), or \"json\"")
        }
    }

    private static func ending(_ reader: OptionReader) throws -> EndingOptions {
        guard reader.has("stop") else { return EndingOptions() }
        return try EndingOptions.read(reader["stop"], owner: "\(owner): stop").options
    }
}
