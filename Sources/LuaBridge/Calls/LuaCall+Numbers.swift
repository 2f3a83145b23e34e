internal import CLua

extension LuaCall {
    /// The numbers in the array part of the table at `position`, without metamethods.
    ///
    /// - Throws: `LuaError` where the argument is no table, or an element no number.
    public func numbers(_ position: Int) throws -> [Double] {
        guard lua_type(thread, Int32(position)) == LUA_TTABLE else {
            throw unexpected("table", position)
        }
        try withState { try $0.room(Int(CLUA_NUMBERS_ROOM), on: thread) }
        let count = Int(lua_rawlen(thread, Int32(position)))
        // With holes, a table of a few elements may have any length.
        guard count <= Int32.max else {
            throw LuaError("an array of too many numbers", at: .argument(position))
        }
        return try [Double](unsafeUninitializedCapacity: count) { numbers, filled in
            filled = clua_numbers(thread, Int32(position), numbers.baseAddress, count)
            guard filled == count else {
                throw LuaError("number expected at index \(filled + 1)", at: .argument(position))
            }
        }
    }

    /// Answers with a new array of numbers.
    public func `return`(numbers: [Double]) throws -> LuaAnswer {
        guard numbers.count <= Int32.max else { throw LuaError("an array of too many numbers") }
        try withState { state in
            try state.room(4, on: thread)
            let status = numbers.withUnsafeBufferPointer {
                clua_try_numbers(thread, $0.baseAddress, $0.count)
            }
            try state.check(status, on: thread)
        }
        return .values(1)
    }
}
