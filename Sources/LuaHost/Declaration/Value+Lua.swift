internal import Engine
internal import LuaBridge
internal import Results

extension Value {
    /// A constant or a choice of the script's, by value.
    ///
    /// - Throws: `LuaError` that starts with `owner`, for nil and for tables nested too deeply; other
    ///   values that Swift cannot hold are kept by their description.
    init(_ value: LuaValue, _ owner: String, depth: Int = 0) throws {
        switch value {
        case .nil: throw LuaError("\(owner): expected a value, got nil")
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let integer): self = .integer(integer)
        case .number(let number): self = .real(number)
        case .string(let string):
            self = string.text.map { .string($0) } ?? .bytes(string.bytes)
        case .table(let table):
            guard depth < 32 else {
                throw LuaError("\(owner): a table that is nested too deeply or contains itself")
            }
            self = try Value(table, owner, depth: depth)
        default: throw LuaError("\(owner): expected plain values, got a \(value.typeName)")
        }
    }

    private init(_ table: LuaTable, _ owner: String, depth: Int) throws {
        let table = try OptionReader.plain(table, owner)
        let pairs = try table.rawPairs()
        let isArray = pairs.contains { if case .integer(1) = $0.key { true } else { false } }
        guard !isArray else {
            self = .list(
                try arrayElements(of: table, owner).map { try Value($0, owner, depth: depth + 1) })
            return
        }
        var fields: [Name: Value] = [:]
        for (key, value) in pairs {
            guard case .string(let bytes) = key, let name = bytes.text else {
                throw LuaError("\(owner): expected names as keys, found \(key.shown)")
            }
            fields[Name(name)] = try Value(value, owner, depth: depth + 1)
        }
        self = .map(fields)
    }

    /// The value for Lua. An opaque one has no other form than its description here.
    var luaTree: LuaTree {
        switch self {
        case .boolean(let flag): .boolean(flag)
        case .integer(let integer): .integer(integer)
        case .real(let number): .number(number)
        case .string(let text): .text(text)
        case .bytes(let bytes): .string(LuaString(bytes: bytes))
        case .list(let values): .array(values.map(\.luaTree))
        case .map(let fields):
            .record(fields.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value.luaTree) })
        case .opaque(let description): .text(description)
        }
    }
}

extension Resource {
    /// The resource for Lua: an integer where it is whole.
    var luaTree: LuaTree { isWhole ? .integer(whole) : .number(double) }
}

extension LuaCall {
    /// A resource: an integer, or a number that is finite.
    ///
    /// - Throws: `LuaError` that names the argument.
    func resource(_ position: Int) throws -> Resource {
        if case .integer(let whole) = try self[position] { return Resource(whole) }
        let number = try number(position)
        guard let resource = Resource(number) else {
            throw LuaError("expected a finite number, got \(number)", at: .argument(position))
        }
        return resource
    }
}
