internal import CLua

extension LuaCall {
    /// The numbers in the array part of the table at `position`, without metamethods.
    ///
    /// - Throws: `LuaError` where the argument is no table, or an element no number.
    public func numbers(_ position: Int) throws -> [Double] {
        guard lua_type(thread, Int32(position)) == LUA_TTABLE else {
            throw unexpected("table", position)
        }
        try state.room(1, on: thread)
        let count = Int(lua_rawlen(thread, Int32(position)))
        return try [Double](unsafeUninitializedCapacity: count) { numbers, filled in
            while filled < count {
                let type = lua_rawgeti(thread, Int32(position), lua_Integer(filled + 1))
                let number = lua_tonumberx(thread, -1, nil)
                lua_settop(thread, -2)
                guard type == LUA_TNUMBER else {
                    throw LuaError(
                        "number expected at index \(filled + 1)", at: .argument(position))
                }
                numbers[filled] = number
                filled += 1
            }
        }
    }

    /// Answers with a new array of numbers.
    public func `return`(numbers: [Double]) throws -> LuaAnswer {
        guard numbers.count <= Int32.max else { throw LuaError("an array of too many numbers") }
        try state.room(4, on: thread)
        try state.check(
            numbers.withUnsafeBufferPointer {
                clua_try_numbers(thread, $0.baseAddress, $0.count)
            }, on: thread)
        return LuaAnswer(code: 1)
    }
}
