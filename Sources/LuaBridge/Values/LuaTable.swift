internal import CLua

/// A table of the script's, by reference.
public struct LuaTable {
    let reference: LuaReference

    init(_ reference: LuaReference) { self.reference = reference }

    var state: LuaState { reference.state }
    var thread: OpaquePointer { reference.state.current }

    /// Tells tables apart: equal for the same table only. For cycles and caches.
    public var identity: UnsafeRawPointer? {
        try? withPushed { lua_topointer(thread, $0) }
    }

    /// Whether reading the table could run code of the script's: it has a metatable.
    public var hasMetatable: Bool {
        get throws {
            try withPushed { index in
                guard lua_getmetatable(thread, index) != 0 else { return false }
                lua_settop(thread, -2)
                return true
            }
        }
    }

    /// The border of the array part, without metamethods.
    public var rawCount: Int {
        get throws { try withPushed { Int(lua_rawlen(thread, $0)) } }
    }

    /// Runs `body` with the table pushed, at the index that it is given.
    func withPushed<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let top = lua_gettop(thread)
        try state.room(8, on: thread)
        try state.push(reference, on: thread)
        defer { lua_settop(thread, top) }
        return try body(top + 1)
    }
}
