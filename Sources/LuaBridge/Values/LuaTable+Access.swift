internal import CLua

extension LuaTable {
    /// What stands for the table where no code of the script's may run: the table itself when it has
    /// no metatable, and the content of a table whose metatable holds it under
    /// ``LuaState/contentKey``; nil for any other table with a metatable.
    public var plain: LuaTable? {
        get throws {
            try withPushed { index in
                guard lua_getmetatable(thread, index) != 0 else { return self }
                guard let key = state.contentReference else { return nil }
                try state.push(key, on: thread)
                lua_rawget(thread, index + 1)
                guard case .table(let content) = try state.value(at: -1, of: thread) else {
                    return nil
                }
                return content
            }
        }
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
}
