extension LuaCall {
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

    /// Suspends the ``LuaCoroutine`` that the call was made in, and what of the script's own lies
    /// between. When it is resumed, `continuation` gives the answer.
    ///
    /// - Precondition: `canSuspend`.
    public func suspend(
        _ continuation: @escaping (LuaCall) throws -> LuaAnswer
    ) -> LuaAnswer {
        precondition(canSuspend, "a call that cannot be suspended was")
        withState { $0.suspend(thread, continuation) }
        return .yield
    }
}
