internal import CLua

extension LuaState {
    /// Leaves the error's value on the top of the stack and gives the code that makes C raise it.
    @inline(never)
    fileprivate func raise(_ error: any Error, on thread: OpaquePointer) -> Int32 {
        let error = error as? LuaError ?? LuaError(String(describing: error))
        do {
            try room(4, on: thread)
            if let value = error.value {
                try push(value.luaTree, on: thread)
                return Int32(CLUA_RAISE)
            }
            try push(error.message.luaTree, on: thread)
        } catch {
            // Not even the message can be built. C raises one without another call.
            guard (error as? LuaError)?.message == "not enough memory" else {
                return Int32(CLUA_RAISE_OVERFLOW)
            }
            lua_settop(thread, 0)
            clua_push_memory_error(thread)
            return Int32(CLUA_RAISE)
        }
        switch error.position {
        case .none: return Int32(CLUA_RAISE)
        case .caller: return Int32(CLUA_RAISE_AT_CALLER)
        case .argument(let position):
            host.pointee.argument = Int32(position)
            return Int32(CLUA_RAISE_ARGUMENT)
        }
    }
}

/// Runs `body` for the call on `thread` and turns what it throws into a code for C.
///
/// Nothing is counted here, neither state nor function: both live as long as the call.
@inline(__always)
private func answer(
    on thread: OpaquePointer, _ body: (LuaCall) throws -> LuaAnswer
) -> Int32 {
    do {
        return try body(LuaCall(thread: thread)).give(on: thread)
    } catch {
        return LuaState.of(thread).raise(error, on: thread)
    }
}

private func surplus(of native: NativeFunction) -> LuaError {
    LuaError(
        native.parameters.refusal(of: native.name), at: .argument(Int(native.mostValues) + 1))
}

/// Entered from C when Lua calls a Swift function.
let callNative: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
    call($1!, on: $0!)
}

@inline(never)
private func call(_ function: UnsafeMutableRawPointer, on thread: OpaquePointer) -> Int32 {
    Unmanaged<NativeFunction>.fromOpaque(function)._withUnsafeGuaranteedRef { native in
        guard lua_gettop(thread) <= native.mostValues else {
            return answer(on: thread) { _ in throw surplus(of: native) }
        }
        return answer(on: thread, native.body)
    }
}

/// Entered from C when a coroutine that Swift suspended continues.
let resumeNative: @convention(c) (OpaquePointer?) -> Int32 = { thread in
    let continuation = LuaState.unmanaged(of: thread!)._withUnsafeGuaranteedRef {
        $0.takeContinuation(of: thread!)
    }
    guard let continuation else {
        preconditionFailure("a coroutine was resumed that no call had suspended")
    }
    return answer(on: thread!, continuation)
}
