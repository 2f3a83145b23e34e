internal import CLua

extension LuaState {
    /// The pairs of the table at `index`, all as of one moment, without metamethods.
    func rawPairs(
        at index: Int32, of thread: OpaquePointer
    ) throws -> [(key: LuaValue, value: LuaValue)] {
        try room(6, on: thread)
        let top = lua_gettop(thread)
        defer { lua_settop(thread, top) }
        var count: lua_Integer = 0
        try check(clua_try_pairs(thread, index, &count), on: thread)
        // Making references allocates, which may run finalisers: the table itself could change.
        let copy = top + 1
        return try stride(from: 1, to: count, by: 2).map { position in
            lua_rawgeti(thread, copy, position)
            lua_rawgeti(thread, copy, position + 1)
            defer { lua_settop(thread, copy) }
            return (try value(at: -2, of: thread), try value(at: -1, of: thread))
        }
    }

    /// A new table in this state.
    public func table(_ tree: LuaTree = .table()) throws -> LuaTable {
        try room(4, on: current)
        try push(tree, on: current)
        return LuaTable(try LuaReference(popping: current, of: self))
    }

    /// The key under which the host's own metatables hold what their tables show. A table is compared
    /// by identity, so that no script can write such a key that was not given this one.
    public var contentKey: LuaTable? {
        get { contentReference.map(LuaTable.init) }
        set { contentReference = newValue?.reference }
    }
}
