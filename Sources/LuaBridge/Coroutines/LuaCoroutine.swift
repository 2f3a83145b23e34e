internal import CLua

/// A Lua coroutine that Swift drives.
public final class LuaCoroutine {
    /// How a coroutine stands after it was resumed.
    public enum Status {
        /// Suspended by `LuaCall.suspend`.
        case suspended
        /// Suspended by the script's own `coroutine.yield`.
        case yielded
        /// Ended by itself.
        case finished
        /// Ended by an error. Indirect, so that a status is one word.
        indirect case failed(LuaError)
    }

    let state: LuaState
    let thread: OpaquePointer
    private let anchor: LuaReference
    private var arguments: Int32
    /// What the state sees of the coroutine while it runs.
    private let driven: DrivenThread

    /// Whether it has ended, by itself, by an error or by `close`.
    public var isDead: Bool { hasEnded }
    /// Apart from the public name, or every access would be checked for exclusivity at run time.
    private var hasEnded = false

    /// A coroutine that will call `function` with `arguments`.
    public init(_ function: LuaFunction, _ arguments: [LuaTree]) throws {
        state = function.reference.state
        try state.room(4, on: state.current)
        try state.check(clua_try_new_thread(state.current), on: state.current)
        thread = lua_tothread(state.current, -1)
        driven = DrivenThread(thread)
        clua_set_marks(thread, Int32(CLUA_DRIVEN))
        // A coroutine of the script's that was collected while suspended may have lived here.
        state.continuations[thread] = nil
        anchor = try LuaReference(popping: state.current, of: state)
        try state.room(arguments.count + 4, on: thread)
        try state.push(function.reference, on: thread)
        for argument in arguments { try state.push(argument, on: thread) }
        self.arguments = Int32(arguments.count)
    }

    /// Runs the coroutine until it suspends itself or ends.
    public func resume() -> Status {
        precondition(!hasEnded, "a dead coroutine was resumed")
        let outer = state.current
        let outerDriven = state.driven
        state.current = thread
        state.driven = Unmanaged.passUnretained(driven)
        var results: Int32 = 0
        let status = clua_drive(thread, outer, arguments, &results)
        state.driven = outerDriven
        clua_leave(state.host, thread, outer)
        arguments = 0
        if status == LUA_YIELD {
            lua_settop(thread, -results - 1)
            return state.host.pointee.suspending == 0 ? .yielded : .suspended
        }
        hasEnded = true
        return status == LUA_OK ? .finished : .failed(failure())
    }

    /// The coroutine's error, with the traceback that its dead stack still shows.
    ///
    /// A `__close` that raises while the stack unwinds replaces the error, as everywhere in Lua.
    private func failure() -> LuaError {
        let traceback = traceback()
        let refusal = refusal
        let error = reset(thread) ?? LuaError(refusal ?? "unknown error", at: .none)
        return LuaError(message: error.message, value: error.value, traceback: traceback)
    }

    /// Why Lua refused to resume at all, as it does where the C stack is nearly used up: the message
    /// is on the top, and the coroutine as alive as before.
    private var refusal: String? {
        guard lua_status(thread) == LUA_OK || lua_status(thread) == LUA_YIELD else { return nil }
        return (try? state.string(at: -1, of: thread))?.description
    }

    private func traceback() -> String? {
        guard (try? state.room(6, on: state.current)) != nil else { return nil }
        defer { lua_settop(state.current, -2) }
        guard clua_try_traceback(state.current, thread, 0) == LUA_OK else { return nil }
        // A few lines, which no budget is asked for: there may be no memory left.
        var length = 0
        return clua_string(state.current, -1, &length).map {
            String(decoding: UnsafeRawBufferPointer(start: $0, count: length), as: UTF8.self)
        }
    }

    /// The threads of the script's own that are suspended with this one, the innermost last.
    private var held: [OpaquePointer] {
        var held: [OpaquePointer] = []
        while let next = clua_held_by(held.last ?? thread) { held.append(next) }
        return held
    }

    /// Unwinds a stack, which runs the to-be-closed variables.
    ///
    /// - Returns: the error the thread died of or that closing raised. It is read on a live
    ///   thread: on a dead one nothing may be called.
    private func reset(_ thread: OpaquePointer) -> LuaError? {
        let outer = state.current
        state.current = thread
        lua_sethook(thread, nil, 0, 0)  // an interrupt ends the coroutine, not its clean-up
        let status = lua_resetthread(thread)
        clua_leave(state.host, thread, outer)
        guard status != LUA_OK else { return nil }
        guard (try? state.room(4, on: outer)) != nil else {
            return LuaError("stack overflow", at: .none)
        }
        lua_xmove(thread, outer, 1)
        return LuaError(popping: outer, of: state)
    }

    /// Ends a suspended coroutine, and those of the script's own that are suspended with it: their
    /// to-be-closed variables run, once, the innermost first.
    ///
    /// - Returns: the first error that closing them raised, if any.
    @discardableResult
    public func close() -> LuaError? {
        guard !hasEnded else { return nil }
        hasEnded = true
        driven.continuation = nil
        var first: LuaError?
        for inner in held.reversed() {
            clua_set_marks(inner, 0)
            state.continuations[inner] = nil
            let error = reset(inner)
            first = first ?? error
        }
        let last = reset(thread)
        return first ?? last
    }
}
