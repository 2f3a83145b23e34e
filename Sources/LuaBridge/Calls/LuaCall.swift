internal import CLua

/// A call from Lua to Swift while it runs: its arguments, and the way to answer.
public struct LuaCall {
    /// Not counted, which would cost more than the rest of a small call: the state outlives the call, as
    /// the thread does, without which a call is nothing.
    public unowned(unsafe) let state: LuaState
    let thread: OpaquePointer

    /// How many arguments there are.
    public let count: Int

    init(state: LuaState, thread: OpaquePointer) {
        self.state = state
        self.thread = thread
        count = Int(lua_gettop(thread))
    }

    /// Whether the call may wait for something without holding up its thread: a coroutine of Lua's
    /// with nothing on its stack that cannot be left and entered again.
    public var isYieldable: Bool { lua_isyieldable(thread) != 0 }

    /// Whether the call was made by `coroutine` itself and not by a coroutine it runs.
    public func isMade(by coroutine: LuaCoroutine) -> Bool { coroutine.thread == thread }

    // MARK: - Arguments (positions start at 1, as in Lua)

    /// Argument `position`, nil where it is missing.
    public subscript(position: Int) -> LuaValue {
        get throws { try state.value(at: Int32(position), of: thread) }
    }

    public func isNil(_ position: Int) -> Bool {
        lua_type(thread, Int32(position)) <= LUA_TNIL
    }

    /// The arguments from `position` on.
    public func values(from position: Int) throws -> [LuaValue] {
        position > count ? [] : try (position...count).map { try self[$0] }
    }

    public func integer(_ position: Int) throws -> Int {
        var isInteger: Int32 = 0
        let value = lua_tointegerx(thread, Int32(position), &isInteger)
        guard isInteger != 0, lua_type(thread, Int32(position)) == LUA_TNUMBER else {
            throw lua_type(thread, Int32(position)) == LUA_TNUMBER
                ? LuaError("number has no integer representation", at: .argument(position))
                : unexpected("integer", position)
        }
        return Int(value)
    }

    public func number(_ position: Int) throws -> Double {
        guard lua_type(thread, Int32(position)) == LUA_TNUMBER else {
            throw unexpected("number", position)
        }
        return lua_tonumberx(thread, Int32(position), nil)
    }

    /// A string of valid UTF-8.
    public func text(_ position: Int) throws -> String {
        guard let string = state.string(at: Int32(position), of: thread) else {
            throw unexpected("string", position)
        }
        guard let text = string.text else {
            throw LuaError("valid UTF-8 expected", at: .argument(position))
        }
        return text
    }

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

    // MARK: - Answers

    /// Answers with no value.
    public func `return`() throws -> LuaAnswer { LuaAnswer(code: 0) }

    /// Answers with one value.
    public func `return`(_ value: some LuaConvertible) throws -> LuaAnswer {
        try state.push(value.luaTree, on: thread)
        return LuaAnswer(code: 1)
    }

    /// Answers with one integer.
    @inline(__always)
    public func `return`(_ value: Int) throws -> LuaAnswer {
        try state.room(1, on: thread)
        lua_pushinteger(thread, lua_Integer(value))
        return LuaAnswer(code: 1)
    }

    /// Answers with one number.
    @inline(__always)
    public func `return`(_ value: Double) throws -> LuaAnswer {
        try state.room(1, on: thread)
        lua_pushnumber(thread, value)
        return LuaAnswer(code: 1)
    }

    /// Answers with several values.
    public func `return`(all values: [LuaTree]) throws -> LuaAnswer {
        try state.room(values.count, on: thread)
        for value in values { try state.push(value, on: thread) }
        return LuaAnswer(code: Int32(values.count))
    }

    /// Suspends the coroutine that made the call. When it is resumed, `continuation` gives the
    /// answer.
    ///
    /// - Precondition: `isYieldable`.
    public func suspend(
        _ continuation: @escaping (LuaCall) throws -> LuaAnswer
    ) -> LuaAnswer {
        precondition(isYieldable, "a call that cannot yield was suspended")
        state.suspend(thread, continuation)
        return LuaAnswer(code: Int32(CLUA_YIELD))
    }

    /// File and line of the script that made the call.
    public func place() -> LuaPlace? {
        var place = clua_place()
        guard (try? state.room(4, on: thread)) != nil,
            clua_try_where(thread, 1, &place) == LUA_OK, place.line > 0
        else { return nil }
        let chunk = withUnsafeBytes(of: place.chunk) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return LuaPlace(chunk: chunk, line: Int(place.line))
    }
}

/// What a call answers; made by the methods of `LuaCall`.
public struct LuaAnswer {
    let code: Int32
}

/// A line of a script.
public struct LuaPlace: Hashable, Sendable, CustomStringConvertible {
    public let chunk: String
    public let line: Int
    public var description: String { "\(chunk):\(line)" }
}
