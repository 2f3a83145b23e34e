internal import CLua
internal import Platform

/// A Lua value as Swift sees it: scalars by value, the rest by reference.
public enum LuaValue {
    case `nil`
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(LuaString)
    case table(LuaTable)
    case function(LuaFunction)
    case object(LuaObject)
    /// A thread or a light userdata, which Swift only passes on.
    case other(LuaOpaque)

    /// The name of the value's type as messages give it: "integer" and "number" apart, objects by
    /// the name of their own type.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .table: "table"
        case .function: "function"
        case .object(let object): object.typeName
        case .other(let value): value.typeName
        }
    }

    /// Whether it is nil.
    public var isNil: Bool {
        if case .nil = self { true } else { false }
    }
}

/// A value that Swift cannot look into.
public struct LuaOpaque {
    let reference: LuaReference
    public let typeName: String
}

extension LuaState {
    /// The value at `index` of `thread`'s stack.
    func value(at index: Int32, of thread: OpaquePointer) throws -> LuaValue {
        switch lua_type(thread, index) {
        case LUA_TNONE, LUA_TNIL: return .nil
        case LUA_TBOOLEAN: return .boolean(lua_toboolean(thread, index) != 0)
        case LUA_TNUMBER:
            return lua_isinteger(thread, index) != 0
                ? .integer(Int(lua_tointegerx(thread, index, nil)))
                : .number(lua_tonumberx(thread, index, nil))
        case LUA_TSTRING: return .string(try string(at: index, of: thread)!)
        case LUA_TTABLE: return .table(LuaTable(try reference(to: index, of: thread)))
        case LUA_TFUNCTION: return .function(LuaFunction(try reference(to: index, of: thread)))
        case LUA_TUSERDATA: return try object(at: index, of: thread)
        case let type:
            let name = String(cString: lua_typename(thread, type))
            return .other(
                LuaOpaque(reference: try reference(to: index, of: thread), typeName: name))
        }
    }

    /// The string at `index`, or nil for a value of any other type.
    ///
    /// - Throws: `OutOfMemory` where the budget of the moment has no room for a copy.
    func string(at index: Int32, of thread: OpaquePointer) throws -> LuaString? {
        var length = 0
        guard let start = clua_string(thread, index, &length) else { return nil }
        let charge = try MemoryCharge.ofCopy(length)
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        return LuaString(Array(bytes), charge: charge)
    }

    func reference(to index: Int32, of thread: OpaquePointer) throws -> LuaReference {
        try room(4, on: thread)
        lua_pushvalue(thread, index)
        return try LuaReference(popping: thread, of: self)
    }

    /// Pops the `count` values on the top of `thread`.
    func popValues(_ count: Int32, from thread: OpaquePointer) throws -> [LuaValue] {
        let first = lua_gettop(thread) - count + 1
        defer { lua_settop(thread, first - 1) }
        return try (0..<count).map { try value(at: first + $0, of: thread) }
    }
}
