internal import CLua
internal import Platform

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

    /// Pops the `count` values on the top of `thread`.
    func popValues(_ count: Int32, from thread: OpaquePointer) throws -> [LuaValue] {
        let first = lua_gettop(thread) - count + 1
        defer { lua_settop(thread, first - 1) }
        return try (0..<count).map { try value(at: first + $0, of: thread) }
    }
}
