import LuaBridge
import Testing

@Suite struct CallTests {
    /// Runs `text` and gives its results as `tostring` shows them.
    private func results(_ lua: LuaState, _ text: String) throws -> [String] {
        try lua.run(text: text, name: "=test").map(lua.describe)
    }

    @Test(arguments: [
        "9007199254740993", "math.mininteger", "math.maxinteger", "0.1", "1/0", "-0.0", "true",
        "nil", "'a\\0b\\xff'", "''",
    ])
    func valuesPassUnchanged(expression: String) throws {
        let lua = try LuaState()
        try lua.setGlobal("echo", lua.function("echo") { call in try call.return(call[1]) })
        let same =
            "local v = \(expression); local e = echo(v); "
            + "return rawequal(v, e) and math.type(v) == math.type(e)"
        #expect(try results(lua, same) == ["true"])
    }

    @Test func aTreeOfTablesIsBuiltWhole() throws {
        let lua = try LuaState()
        let tree = LuaTree.record([
            ("list", .array([.integer(1), .text("b"), .boolean(false)])),
            ("nested", .record([("x", .number(0.5))])),
        ])
        try lua.setGlobal("t", tree)
        #expect(
            try results(lua, "return t.list[2], #t.list, t.nested.x, next({}, nil)")
                == ["b", "3", "0.5", "nil"])
    }

    @Test func anErrorPointsAtTheLineThatCalled() throws {
        let lua = try LuaState()
        try lua.setGlobal("fail", lua.function("fail") { _ in throw LuaError("no such thing") })
        let text = "local ok, e = pcall(function()\n  fail()\nend)\nreturn e"
        #expect(try results(lua, text) == ["test:2: no such thing"])
        // Through pcall there is no Lua caller below; the script's line is still named.
        #expect(try results(lua, "return select(2, pcall(fail))") == ["test:1: no such thing"])
    }

    @Test func aWrongArgumentIsNamedAsInLua() throws {
        let lua = try LuaState()
        try lua.setGlobal("half", lua.function("half") { try $0.return($0.integer(1) / 2) })
        #expect(
            try results(lua, "return select(2, pcall(function() half('x') end))")
                == ["test:1: bad argument #1 to 'half' (integer expected, got string)"])
        #expect(
            try results(lua, "return select(2, pcall(function() half(3.5) end))")
                == ["test:1: bad argument #1 to 'half' (number has no integer representation)"])
        #expect(try results(lua, "return half(8.0)") == ["4"])
    }

    @Test func errorsOfTheScriptReachSwiftWithTheirTraceback() throws {
        let lua = try LuaState()
        let error = #expect(throws: LuaError.self) {
            try lua.run(text: "local function f() error('boom') end\nf()", name: "@dir/a.lua")
        }
        #expect(error?.message == "dir/a.lua:1: boom")
        #expect(error?.traceback?.contains("dir/a.lua:2: in main chunk") == true)
    }

    @Test(arguments: [
        ("error()", "nil"),
        ("error({ code = 1 })", "{ code = 1 }"),
        (
            "local t = {} for i = 1, 26 do t[string.char(96 + i)] = i end error(t)",
            "{ a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, … }"
        ),
        (
            "local t = {} for i = 20, 1, -1 do t[{}] = i end error(t)",
            "{ [table] = 1, [table] = 10, [table] = 11, [table] = 12, [table] = 13, [table] = 14, "
                + "[table] = 15, [table] = 16, … }"
        ),
        (
            "error({ a = {}, b = print, c = coroutine.create(print), [1] = 'x: 0xff' })",
            "{ [1] = x: 0xff, a = table, b = function, c = thread }"
        ),
        ("error({ a = io.stdout })", "{ a = file }"), ("error(io.stderr)", "file"),
        ("error(print)", "function"), ("error(setmetatable({}, {}))", "table"),
        ("error(setmetatable({}, { __tostring = function() return 'mine' end }))", "mine"),
        (
            "error(setmetatable({}, { __tostring = function() error('x') end }))",
            "(a table that cannot be shown)"
        ),
    ])
    func anyErrorValueIsShownReadably(script: String, message: String) throws {
        let lua = try LuaState()
        let error = #expect(throws: LuaError.self) { try lua.run(text: script, name: "=t") }
        #expect(error?.message == message)
    }

    @Test func aTableThrownThroughSwiftStaysTheSameTable() throws {
        let lua = try LuaState()
        try lua.setGlobal(
            "through",
            lua.function("through") { call in
                try call.function(1).call([])
                return try call.return()
            })
        let text = """
            local thrown = { code = 1 }
            local ok, caught = pcall(through, function() error(thrown) end)
            return ok, rawequal(thrown, caught)
            """
        #expect(try results(lua, text) == ["false", "true"])
    }

    @Test func memoryBeyondTheLimitIsAnErrorOfTheScript() throws {
        let lua = try LuaState(memoryLimit: 4 << 20)
        #expect(
            try results(lua, "return pcall(string.rep, 'x', 1 << 30)")
                == ["false", "not enough memory"])
        #expect(
            try results(
                lua, "return pcall(function() local t = {} while true do t[#t + 1] = {} end end)")
                == ["false", "not enough memory"])
        #expect(try results(lua, "return 1") == ["1"])
        #expect(lua.allocatedBytes <= 4 << 20)
    }

    /// A finaliser or a hook may change the table between two pairs.
    @Test func aTableIsReadAsOfOneMoment() throws {
        let lua = try LuaState()
        // The function holds the state.
        defer { lua.close() }
        try lua.setGlobal(
            "keys",
            lua.function("keys") { call in
                try call.return(call.rawPairs(1).map { lua.describe($0.key) })
            })
        let text = """
            local t, generation = {}, 0
            local function change()
              generation = generation + 1
              for key in pairs(t) do t[key] = nil end
              for i = 1, 20 + generation do t[generation .. ' ' .. i] = {} end
            end
            change()
            debug.sethook(change, 'c')
            local names = keys(t)
            debug.sethook()
            local of, seen = names[1]:match '%d+', {}
            for _, name in ipairs(names) do
              if seen[name] or name:match '%d+' ~= of then return 'mixed' end
              seen[name] = true
            end
            return generation > 20, #names == 20 + of
            """
        #expect(try results(lua, text) == ["true", "true"])
    }

    /// Row 20: an error of a Swift function keeps a message as long as one can be built.
    @Test func anErrorWhereTheStackOfCIsUsedUpStillHasAMessage() throws {
        let lua = try LuaState()
        try lua.setGlobal("fail", lua.function("fail") { _ in throw LuaError("no such thing") })
        let text = """
            local seen = {}
            local function f()
              seen[tostring(select(2, pcall(fail)))] = true
              return (('x'):gsub('x', f))
            end
            pcall(f)
            return seen['test:3: no such thing'], seen['nil']
            """
        #expect(try results(lua, text) == ["true", "nil"])
    }

    @Test func tooManyValuesAreRefused() throws {
        let lua = try LuaState()
        try lua.setGlobal("n", lua.function("n") { try $0.return($0.count) })
        let text = "return pcall(function() return n(table.unpack({}, 1, 10000000)) end)"
        #expect(try results(lua, text).first == "false")
        #expect(try results(lua, "return n(table.unpack({}, 1, 1000))") == ["1000"])
    }

    /// Every value read by reference adds to the registry, while it is read.
    @Test func theRegistryHasAnEnd() throws {
        let lua = try LuaState()
        try lua.setGlobal("count", lua.function("count") { try $0.return($0.rawPairs(1).count) })
        let text = """
            local n = 0
            for _ in pairs(debug.getregistry()) do n = n + 1 end
            return count(debug.getregistry()) - n
            """
        #expect(try results(lua, text) == ["0"])
    }

    @Test func aFunctionOfSwiftsIsKnownByItsName() throws {
        let lua = try LuaState()
        var names: [String?] = []
        try lua.setGlobal(
            "name",
            lua.function("to name") { call in
                names.append(try call.function(1).nativeName)
                return try call.return()
            })
        // Another function of C's with a value of its own.
        _ = try results(
            lua, "name(name) name(print) name(string.gmatch('', '')) name(function() end)")
        #expect(names == ["to name", nil, nil, nil])
    }

    @Test func modulesAreRequired() throws {
        let lua = try LuaState()
        try lua.preload("mine") { call in try call.return(LuaTree.record([("x", .integer(7))])) }
        #expect(
            try results(lua, "return require('mine').x, require('mine') == require('mine')")
                == ["7", "true"])
    }

    @Test(arguments: [
        ("local =", "t.lua:1:"), ("\u{1B}Lua", "t.lua: attempt to load a binary chunk"),
    ])
    func aChunkThatCannotBeCompiledSaysWhere(source: String, message: String) throws {
        let lua = try LuaState()
        let error = #expect(throws: LuaError.self) { try lua.run(text: source, name: "@t.lua") }
        #expect(
            error?.message.hasPrefix(message.replacing("t.lua: ", with: "")) == true
                || error?.message.hasPrefix(message) == true)
    }
}
