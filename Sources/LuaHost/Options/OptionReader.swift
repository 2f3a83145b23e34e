internal import LuaBridge
internal import Platform
internal import Settings

/// The options table of one call of the script's, read field by field.
///
/// Only the table itself is read, with no metamethod, so reading runs no code of the script's. Errors
/// name the call, the field, what was expected and what was found, and are raised at the script's
/// line.
struct OptionReader {
    /// What the script called, as it stands before every message: "ag.hyperband".
    let owner: String
    private let fields: [String: LuaValue]

    /// - Parameters:
    ///   - known: the names there are. Any other field is an error that names the nearest.
    ///   - what: what the names are of, as such an error says it.
    init(
        _ value: LuaValue, owner: String, known: [String], what: String = "option"
    ) throws {
        guard case .table(let table) = value else {
            throw LuaError("\(owner): expected a table of options, got \(value.typeName)")
        }
        try self.init(
            pairs: Self.plain(table, owner).rawPairs(), owner: owner, known: known, what: what)
    }

    /// As above, of the pairs of a table that holds more than options.
    init(
        pairs: [(key: LuaValue, value: LuaValue)], owner: String, known: [String],
        what: String = "option"
    ) throws {
        self.owner = owner
        var fields: [String: LuaValue] = [:]
        for (key, value) in pairs {
            guard case .string(let bytes) = key, let name = bytes.text else {
                throw LuaError("\(owner): options have names, found \(key.shown)")
            }
            guard known.contains(name) else {
                throw LuaError("\(owner): \(Self.unknown(name, known: known, what: what))")
            }
            fields[name] = value
        }
        self.fields = fields
    }

    static func unknown(
        _ name: String, known: [String], what: String = "option"
    ) -> String {
        let hint =
            (nearestName(to: name, among: known) ?? shortened(name, known))
            .map { "did you mean \($0)?" }
            ?? "known are \(known.joined(separator: ", "))"
        return "\(name.shown()): unknown \(what); \(hint)"
    }

    /// The one name that begins with `name`, of three letters or more: `sep` for separator.
    private static func shortened(_ name: String, _ known: [String]) -> String? {
        let longer = known.filter { $0.hasPrefix(name.lowercased()) }
        return name.count >= 3 && longer.count == 1 ? longer[0] : nil
    }

    /// The table to read: `table` itself, or what a trial's arguments hold.
    ///
    /// A metatable could hide fields, invent them, or never end: options are plain tables, or the
    /// program's own.
    static func plain(_ table: LuaTable, _ owner: String) throws -> LuaTable {
        guard let plain = try table.plain else {
            throw LuaError("\(owner): expected a plain table, got one with a metatable")
        }
        return plain
    }

    subscript(field: String) -> LuaValue { fields[field] ?? .nil }

    /// The fields that are given.
    var names: Set<String> { Set(fields.keys) }

    func has(_ field: String) -> Bool { fields[field] != nil }

    /// An error about `field`.
    func error(_ field: String, expected: String) -> LuaError {
        LuaError("\(owner): \(field): expected \(expected), got \(self[field].shown)")
    }

    // MARK: - Typed reading: nil where the field is missing

    func integer(_ field: String) throws -> Int? {
        guard has(field) else { return nil }
        guard let value = self[field].asInteger else {
            throw error(field, expected: "an integer")
        }
        return value
    }

    func integer(_ field: String, atLeast least: Int) throws -> Int? {
        guard has(field) else { return nil }
        guard let value = self[field].asInteger, value >= least else {
            throw error(field, expected: "an integer of at least \(least)")
        }
        return value
    }

    func number(_ field: String) throws -> Double? {
        switch self[field] {
        case .nil: nil
        case .integer(let value): Double(value)
        case .number(let value): value
        default: throw error(field, expected: "a number")
        }
    }

    func boolean(_ field: String) throws -> Bool? {
        switch self[field] {
        case .nil: nil
        case .boolean(let value): value
        default: throw error(field, expected: "true or false")
        }
    }

    func text(_ field: String) throws -> String? {
        switch self[field] {
        case .nil: return nil
        case .string(let bytes):
            guard let text = bytes.textWithoutNUL else {
                throw LuaError("\(owner): \(field): expected valid UTF-8 without NUL")
            }
            return text
        default: throw error(field, expected: "a string")
        }
    }

    /// One of a closed set of strings.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ field: String, of type: Choice.Type = Choice.self
    ) throws -> Choice? where Choice.RawValue == String {
        guard let text = try text(field) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw error(field, expected: "one of \(names)")
        }
        return choice
    }

    /// The elements of an array: a table with the keys 1…n and no others.
    func elements(_ field: String) throws -> [LuaValue]? {
        guard has(field) else { return nil }
        guard case .table(let table) = self[field] else {
            throw error(field, expected: "an array")
        }
        return try arrayElements(
            of: Self.plain(table, "\(owner): \(field)"), "\(owner): \(field)")
    }
}
