internal import CLua

/// A function of the script's, by reference.
public struct LuaFunction {
    let reference: LuaReference

    init(_ reference: LuaReference) { self.reference = reference }

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
}

extension LuaState {
    func takeTraceback(on thread: OpaquePointer) -> String? {
        guard (try? room(2, on: thread)) != nil else { return nil }
        clua_take_traceback(thread)
        defer { lua_settop(thread, -2) }
        return (try? string(at: -1, of: thread))?.description
    }

    /// The text of a value as `tostring` gives it; a value whose `__tostring` fails is named by its
    /// type.
    public func describe(_ value: LuaValue) -> String {
        let thread = current
        let top = lua_gettop(thread)
        defer { lua_settop(thread, top) }
        guard (try? room(6, on: thread)) != nil,
            (try? push(value.luaTree, on: thread)) != nil,
            clua_try_to_string(thread, -1) == LUA_OK,
            let text = try? string(at: -1, of: thread)
        else { return "(a \(value.typeName) that cannot be shown)" }
        return text.description
    }
}
