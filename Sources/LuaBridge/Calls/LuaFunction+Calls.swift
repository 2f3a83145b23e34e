internal import CLua

extension LuaFunction {
    /// Calls the function on the current thread, where it cannot yield, and gives its results.
    ///
    /// - Throws: `LuaError` with the traceback of where the function failed.
    @discardableResult
    public func call(_ arguments: [LuaTree]) throws -> [LuaValue] {
        let state = reference.state
        let thread = state.current
        let top = lua_gettop(thread)
        try state.room(arguments.count + 4, on: thread)
        try state.push(reference, on: thread)
        do {
            for argument in arguments { try state.push(argument, on: thread) }
        } catch {
            lua_settop(thread, top)
            throw error
        }
        let status = clua_call(thread, Int32(arguments.count), LUA_MULTRET)
        guard status == LUA_OK else {
            throw LuaError(popping: thread, of: state, traceback: state.takeTraceback(on: thread))
        }
        return try state.popValues(lua_gettop(thread) - top, from: thread)
    }

    /// The name it was made with by `LuaState.function(_:_:)`; nil for one of the script's or Lua's.
    public var nativeName: String? {
        get throws {
            let (state, thread) = (reference.state, reference.state.current)
            try state.room(4, on: thread)
            try state.push(reference, on: thread)
            defer { lua_settop(thread, -2) }
            return clua_function_at(thread, -1).map {
                Unmanaged<NativeFunction>.fromOpaque($0).takeUnretainedValue().name
            }
        }
    }
}
