internal import CLua

/// The body of a Swift function that Lua can call.
public typealias LuaNativeBody = (LuaCall) throws -> LuaAnswer

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

    /// Whether the call can be suspended until Swift resumes the ``LuaCoroutine`` that it was made in:
    /// nothing between the two is on a stack that cannot be left and entered again. Coroutines of the
    /// script's own in between are suspended with it.
    public var canSuspend: Bool { clua_can_suspend(thread) != 0 }
}
