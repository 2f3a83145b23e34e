// Public for the parts that are inlined into their callers, which would pay for a call more each time;
// nothing of it appears in the interface.
public import CLua

/// Arguments; positions start at 1, as in Lua.
extension LuaCall {
    /// Argument `position`, nil where it is missing.
    public subscript(position: Int) -> LuaValue {
        get throws { try state.value(at: Int32(position), of: thread) }
    }

    /// Whether an argument is nil or missing.
    public func isNil(_ position: Int) -> Bool {
        lua_type(thread, Int32(position)) <= LUA_TNIL
    }

    /// The arguments from `position` on.
    public func values(from position: Int) throws -> [LuaValue] {
        position > count ? [] : try (position...count).map { try self[$0] }
    }

    /// An integer, or a number that is one.
    ///
    /// - Throws: `LuaError` that names the argument; so do the methods below.
    @inlinable @inline(__always)
    public func integer(_ position: Int) throws -> Int {
        var isInteger: Int32 = 0
        let value = lua_tointegerx(thread, Int32(clamping: position), &isInteger)
        guard isInteger != 0, lua_type(thread, Int32(clamping: position)) == LUA_TNUMBER else {
            try refuseInteger(position)
        }
        return Int(value)
    }

    /// A number or an integer; a string that looks like one is none.
    @inlinable @inline(__always)
    public func number(_ position: Int) throws -> Double {
        guard lua_type(thread, Int32(clamping: position)) == LUA_TNUMBER else {
            try refuse("number", position)
        }
        return lua_tonumberx(thread, Int32(clamping: position), nil)
    }

    // Apart, so that arguments that are right pay nothing for the making of errors.
    @inline(never) @usableFromInline
    func refuse(_ expected: String, _ position: Int) throws -> Never {
        throw unexpected(expected, position)
    }

    @inline(never) @usableFromInline
    func refuseInteger(_ position: Int) throws -> Never {
        guard lua_type(thread, Int32(position)) == LUA_TNUMBER else {
            throw unexpected("integer", position)
        }
        throw LuaError("number has no integer representation", at: .argument(position))
    }

    /// A string of valid UTF-8.
    public func text(_ position: Int) throws -> String {
        guard let string = try state.string(at: Int32(position), of: thread) else {
            throw unexpected("string", position)
        }
        guard let text = string.text else {
            throw LuaError("valid UTF-8 expected", at: .argument(position))
        }
        return text
    }

    /// A table, by reference.
    public func table(_ position: Int) throws -> LuaTable {
        guard case .table(let table) = try self[position] else {
            throw unexpected("table", position)
        }
        return table
    }

    /// The pairs of the table at `position`, without metamethods and without keeping the table.
    public func rawPairs(_ position: Int) throws -> [(key: LuaValue, value: LuaValue)] {
        guard lua_type(thread, Int32(position)) == LUA_TTABLE else {
            throw unexpected("table", position)
        }
        return try state.rawPairs(at: Int32(position), of: thread)
    }

    /// A function of Lua's or of Swift's.
    public func function(_ position: Int) throws -> LuaFunction {
        guard case .function(let function) = try self[position] else {
            throw unexpected("function", position)
        }
        return function
    }

    /// "bad argument #n to 'f' (number expected, got nil)".
    public func unexpected(_ expected: String, _ position: Int) -> LuaError {
        let type = lua_type(thread, Int32(position))
        let got =
            type == LUA_TNONE ? "no value" : (try? self[position])?.typeName ?? "another value"
        return LuaError("\(expected) expected, got \(got)", at: .argument(position))
    }
}
