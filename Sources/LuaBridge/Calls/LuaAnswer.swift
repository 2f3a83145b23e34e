internal import CLua

/// What a call answers; made by the methods of `LuaCall`.
public struct LuaAnswer {
    /// For C: a number of results on the top of the stack, or a code.
    @usableFromInline let code: Int32
    /// The number or integer that is pushed when the call is over. One value has room then without
    /// asking: every call begins with free slots, and a body leaves the stack as it found it.
    @usableFromInline let bits: UInt64

    @inlinable static var pushesNumber: Int32 { .min }
    @inlinable static var pushesInteger: Int32 { .min + 1 }

    @inlinable
    init(code: Int32, bits: UInt64 = 0) {
        self.code = code
        self.bits = bits
    }

    static func values(_ count: Int32) -> LuaAnswer { LuaAnswer(code: count) }
    static var yield: LuaAnswer { LuaAnswer(code: Int32(CLUA_YIELD)) }

    @inlinable
    static func number(_ number: Double) -> LuaAnswer {
        LuaAnswer(code: pushesNumber, bits: number.bitPattern)
    }

    @inlinable
    static func integer(_ integer: Int) -> LuaAnswer {
        LuaAnswer(code: pushesInteger, bits: UInt64(bitPattern: Int64(integer)))
    }

    /// Pushes what is still to be pushed on the call's `thread`.
    ///
    /// - Returns: the code for C.
    @inline(__always)
    func give(on thread: OpaquePointer) -> Int32 {
        switch code {
        case Self.pushesNumber: lua_pushnumber(thread, Double(bitPattern: bits))
        case Self.pushesInteger: lua_pushinteger(thread, lua_Integer(bitPattern: bits))
        default: return code
        }
        return 1
    }
}
