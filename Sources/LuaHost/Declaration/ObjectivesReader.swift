internal import Engine
internal import LuaBridge
internal import Results

/// Reads objectives: `{ name = "MAX" }`, `{ name = { "MIN", tolerance = 0.05 } }`, or an array of
/// `{ "name", "MAX" }` where their order matters.
enum ObjectivesReader {
    /// Names that a front's points use themselves.
    static let reserved = ["trial", "resource", "args"]

    static func objectives(_ value: LuaValue, _ owner: String) throws -> [Objective] {
        let owner = "\(owner): objectives"
        guard case .table(let given) = value else {
            throw LuaError(
                "\(owner): expected a table such as { accuracy = \"MAX\" }, got \(value.shown)")
        }
        let table = try OptionReader.plain(given, owner)
        let pairs = try table.rawPairs()
        guard !pairs.isEmpty else {
            throw LuaError("\(owner): expected at least one, each \"MAX\" or \"MIN\", got none")
        }
        let isArray = pairs.contains { if case .integer = $0.key { true } else { false } }
        return try isArray
            ? arrayElements(of: table, owner).enumerated().map { position, element in
                try fromArray(element, "\(owner)[\(position + 1)]")
            }
            : pairs.map { try fromField($0.key, value: $0.value, owner: owner) }.sorted {
                Name($0.name) < Name($1.name)
            }
    }

    private static func fromField(
        _ key: LuaValue, value: LuaValue, owner: String
    ) throws -> Objective {
        let name = try name(key, owner)
        let owner = "\(owner): \(name)"
        guard case .table(let given) = value else {
            return try objective(name, direction: value, tolerance: .nil, owner: owner)
        }
        let table = try OptionReader.plain(given, owner)
        try checkKeys(of: table, positions: 1, owner)
        return try objective(
            name, direction: table.rawGet(1), tolerance: table.rawGet("tolerance"), owner: owner)
    }

    private static func fromArray(_ element: LuaValue, _ owner: String) throws -> Objective {
        guard case .table(let given) = element else {
            throw LuaError("\(owner): expected { \"name\", \"MAX\" }, got \(element.shown)")
        }
        let table = try OptionReader.plain(given, owner)
        try checkKeys(of: table, positions: 2, owner)
        let name = try name(table.rawGet(1), owner)
        return try objective(
            name, direction: table.rawGet(2), tolerance: table.rawGet("tolerance"),
            owner: "\(owner): \(name)")
    }

    /// Nothing but the first `positions` and a tolerance may be in an objective's table.
    private static func checkKeys(of table: LuaTable, positions: Int, _ owner: String) throws {
        for (key, _) in try table.rawPairs() {
            switch key {
            case .integer(let position) where (1...positions).contains(position): break
            case .string(let name) where name == LuaString("tolerance"): break
            case .string(let name):
                throw LuaError(
                    "\(owner): \(OptionReader.unknown(name.description, known: ["tolerance"]))")
            default: throw LuaError("\(owner): expected no more than these, found [\(key.shown)]")
            }
        }
    }

    private static func name(_ value: LuaValue, _ owner: String) throws -> String {
        guard case .string(let bytes) = value, let name = bytes.textWithoutNUL,
            !name.isEmpty
        else { throw LuaError("\(owner): expected a name, got \(value.shown)") }
        guard !reserved.contains(name) else {
            throw LuaError("\(owner): \(name): a point has a field of this name; choose another")
        }
        return name
    }

    /// The hint for a direction as the name of a metric: `{ MAX = "accuracy" }`.
    private static func turned(_ name: String, _ direction: LuaValue) -> String {
        guard Objective.Direction(rawValue: name) != nil, case .string(let metric) = direction
        else { return "" }
        return "; is it the other way round, \(metric) = \"\(name)\"?"
    }

    private static func objective(
        _ name: String, direction: LuaValue, tolerance: LuaValue, owner: String
    ) throws -> Objective {
        guard case .string(let text) = direction,
            let direction = Objective.Direction(rawValue: text.description)
        else {
            throw LuaError(
                "\(owner): expected \"MAX\" or \"MIN\", got \(direction.shown)"
                    + turned(name, direction))
        }
        guard tolerance.isNil || tolerance.asNumber != nil else {
            throw LuaError("\(owner): tolerance: expected a number, got \(tolerance.shown)")
        }
        do {
            return try Objective(name, direction, tolerance: tolerance.asNumber ?? 0)
        } catch let error as SettingError {
            throw LuaError("\(owner): tolerance: expected \(error.expected), got \(error.got)")
        }
    }
}
