internal import CLua

/// Keeps one Lua value alive from Swift, in the registry.
final class LuaReference {
    /// Strong: a value must not outlive its state.
    let state: LuaState
    let slot: Int32

    /// Takes the value on the top of `thread` and pops it.
    init(popping thread: OpaquePointer, of state: LuaState) throws {
        state.releaseDropped()
        var slot: Int32 = 0
        do { try state.room(3, on: thread) } catch {
            lua_settop(thread, -2)
            throw error
        }
        try state.check(clua_try_reference(thread, &slot), on: thread)
        self.state = state
        self.slot = slot
    }

    deinit { state.releases.add(slot) }
}
