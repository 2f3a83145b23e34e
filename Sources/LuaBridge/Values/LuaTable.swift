internal import CLua

/// A table of the script's, by reference.
public struct LuaTable {
    let reference: LuaReference

    init(_ reference: LuaReference) { self.reference = reference }

    private var state: LuaState { reference.state }
    private var thread: OpaquePointer { reference.state.current }

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

    /// What stands for the table where no code of the script's may run: the table itself when it has
    /// no metatable, and the content of a table whose metatable holds it under
    /// ``LuaState/contentKey``; nil for any other table with a metatable.
    public var plain: LuaTable? {
        get throws {
            try withPushed { index in
                guard lua_getmetatable(thread, index) != 0 else { return self }
                guard let key = state.contentKey else { return nil }
                try state.push(key.reference, on: thread)
                lua_rawget(thread, index + 1)
                guard case .table(let content) = try state.value(at: -1, of: thread) else {
                    return nil
                }
                return content
            }
        }
    }

    /// The border of the array part, without metamethods.
    public var rawCount: Int {
        get throws { try withPushed { Int(lua_rawlen(thread, $0)) } }
    }

    /// `t[key]`, without metamethods.
    public func rawGet(_ key: String) throws -> LuaValue {
        try withPushed { index in
            try state.push(key.luaTree, on: thread)
            lua_rawget(thread, index)
            defer { lua_settop(thread, -2) }
            return try state.value(at: -1, of: thread)
        }
    }

    /// `t[index]`, without metamethods.
    public func rawGet(_ position: Int) throws -> LuaValue {
        try withPushed { index in
            lua_rawgeti(thread, index, lua_Integer(position))
            defer { lua_settop(thread, -2) }
            return try state.value(at: -1, of: thread)
        }
    }

    /// All pairs, without metamethods, in Lua's order (which is none).
    public func rawPairs() throws -> [(key: LuaValue, value: LuaValue)] {
        try withPushed { try state.rawPairs(at: $0, of: thread) }
    }

    /// `t[key]`, as the script would read it.
    public func get(_ key: some LuaConvertible) throws -> LuaValue {
        try withPushed { index in
            try state.push(key.luaTree, on: thread)
            try state.check(clua_try_get(thread, index), on: thread)
            defer { lua_settop(thread, -2) }
            return try state.value(at: -1, of: thread)
        }
    }

    /// `t[key] = value`, as the script would write it.
    public func set(_ key: some LuaConvertible, _ value: some LuaConvertible) throws {
        try withPushed { index in
            try state.push(key.luaTree, on: thread)
            try state.push(value.luaTree, on: thread)
            try state.check(clua_try_set(thread, index), on: thread)
        }
    }

    private func withPushed<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let top = lua_gettop(thread)
        try state.room(8, on: thread)
        try state.push(reference, on: thread)
        defer { lua_settop(thread, top) }
        return try body(top + 1)
    }
}

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
}
