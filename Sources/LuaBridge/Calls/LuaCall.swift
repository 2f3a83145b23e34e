// Public for the parts that are inlined into their callers, which would pay for a call more each time;
// nothing of it appears in the interface.
public import CLua

/// A call from Lua to Swift while it runs: its arguments, and the way to answer.
///
/// It is one pointer, and asks Lua for the rest when that is wanted: a small call wants none of it.
public struct LuaCall {
    @usableFromInline let thread: OpaquePointer

    /// The state that the call was made in.
    public var state: LuaState { LuaState.of(thread) }

    /// How many arguments there are.
    public var count: Int { Int(lua_gettop(thread)) }

    /// Runs `body` with the state, uncounted, which would cost more than the rest of a small call: the
    /// state outlives the call, as the thread does, without which a call is nothing.
    @inline(__always)
    func withState<Result>(_ body: (LuaState) throws -> Result) rethrows -> Result {
        try LuaState.unmanaged(of: thread)._withUnsafeGuaranteedRef(body)
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

    // MARK: - Answers

    /// Answers with no value.
    public func `return`() throws -> LuaAnswer { .values(0) }

    /// Answers with one value.
    public func `return`(_ value: some LuaConvertible) throws -> LuaAnswer {
        try state.push(value.luaTree, on: thread)
        return .values(1)
    }

    /// Answers with one integer.
    @inlinable @inline(__always)
    public func `return`(_ value: Int) throws -> LuaAnswer { .integer(value) }

    /// Answers with one number.
    @inlinable @inline(__always)
    public func `return`(_ value: Double) throws -> LuaAnswer { .number(value) }

    /// Answers with several values.
    public func `return`(all values: [LuaTree]) throws -> LuaAnswer {
        try state.room(values.count, on: thread)
        for value in values { try state.push(value, on: thread) }
        return .values(Int32(values.count))
    }

    /// Suspends the coroutine that made the call. When it is resumed, `continuation` gives the
    /// answer.
    ///
    /// - Precondition: `isYieldable`.
    public func suspend(
        _ continuation: @escaping (LuaCall) throws -> LuaAnswer
    ) -> LuaAnswer {
        precondition(isYieldable, "a call that cannot yield was suspended")
        withState { $0.suspend(thread, continuation) }
        return .yield
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

/// A line of a script.
public struct LuaPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file, or what stands for it.
    public let chunk: String
    /// The line, from 1 on.
    public let line: Int
    public var description: String { "\(chunk):\(line)" }
}
