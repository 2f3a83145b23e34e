internal import CLua

extension LuaState {
    /// Pushes the value that `reference` keeps; the caller has made room.
    func push(_ reference: LuaReference, on thread: OpaquePointer) throws {
        guard reference.state === self else {
            throw LuaError("a value of another Lua state")
        }
        lua_rawgeti(thread, luaRegistryIndex, lua_Integer(reference.slot))
    }

    /// Keeps the value at `index` of `thread`'s stack alive.
    func reference(to index: Int32, of thread: OpaquePointer) throws -> LuaReference {
        try room(4, on: thread)
        lua_pushvalue(thread, index)
        return try LuaReference(popping: thread, of: self)
    }
}
