internal import CLua

extension LuaState {
    /// Why there is no state.
    static var noMemory: LuaError { LuaError("not enough memory for a Lua state") }

    /// Throws the error value on the top of `thread`, popping it, unless `status` is `LUA_OK`.
    func check(_ status: Int32, on thread: OpaquePointer) throws {
        guard status != LUA_OK else { return }
        let error = LuaError(popping: thread, of: self)
        throw error
    }

    /// Makes room for `count` values on the stack of `thread`.
    func room(_ count: Int, on thread: OpaquePointer) throws {
        guard count < Int32.max, clua_room(thread, Int32(count)) != 0 else {
            throw LuaError("stack overflow: no room for \(count) values")
        }
    }
}
