internal import CLua

extension LuaState {
    /// Compiles the script at `path`; a first line that starts with `#` and a byte order mark are
    /// skipped, and a compiled (binary) chunk is refused.
    ///
    /// - Throws: `LuaError` with `file:line: what`, or why the file cannot be read.
    public func load(file path: String) throws -> LuaFunction {
        try room(4, on: main)
        try check(clua_try_load_file(main, path, "t"), on: main)
        return try LuaFunction(LuaReference(popping: main, of: self))
    }

    /// Compiles what standard input holds, as `load(file:)` does a file; messages call it "stdin".
    public func loadStandardInput() throws -> LuaFunction {
        try room(4, on: main)
        try check(clua_try_load_file(main, nil, "t"), on: main)
        return try LuaFunction(LuaReference(popping: main, of: self))
    }

    /// Compiles Lua source. `name` stands in messages: `@file` for a file, `=text` for itself.
    public func load(text: String, name: String) throws -> LuaFunction {
        try room(4, on: main)
        let status = text.withCString { clua_try_load(main, $0, text.utf8.count, name) }
        try check(status, on: main)
        return try LuaFunction(LuaReference(popping: main, of: self))
    }

    /// Compiles and runs Lua source and gives what it returns; the arguments are its `...`.
    @discardableResult
    public func run(
        text: String, name: String, _ arguments: [LuaTree] = []
    ) throws -> [LuaValue] {
        try load(text: text, name: name).call(arguments)
    }

    /// Makes `require(name)` call `open`, which returns the module.
    public func preload(_ name: String, open: @escaping LuaNativeBody) throws {
        try room(6, on: main)
        try push(function(name, open).reference, on: main)
        try check(clua_try_preload(main, name), on: main)
    }

    /// The table of globals, `_G`.
    public var globals: LuaTable {
        get throws {
            try room(2, on: main)
            lua_rawgeti(main, luaRegistryIndex, luaGlobalsIndex)
            return try LuaTable(LuaReference(popping: main, of: self))
        }
    }

    /// Sets a global.
    public func setGlobal(_ name: String, _ value: some LuaConvertible) throws {
        try globals.set(name, value)
    }
}
