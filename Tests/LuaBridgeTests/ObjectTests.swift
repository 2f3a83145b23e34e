import LuaBridge
import Testing

private final class Counter {
    nonisolated(unsafe) static var alive = 0
    var total = 0
    init() { Counter.alive += 1 }
    deinit { Counter.alive -= 1 }
}

private final class Other {}

private func stateWithCounter() throws -> LuaState {
    let lua = try LuaState()
    try lua.define(Counter.self, name: "Counter") { type in
        type.method("add", taking: ["amount"]) { counter, call in
            counter.total += try call.integer(2)
            return try call.return()
        }
        type.property("total") { counter in .integer(counter.total) }
        type.metamethod("__tostring") { counter, call in
            try call.return("Counter(\(counter.total))")
        }
    }
    try lua.define(Other.self, name: "Other") { type in
        type.method("touch", taking: []) { _, call in try call.return(true) }
    }
    try lua.setGlobal("Counter", lua.function("Counter") { try $0.return(object: Counter()) })
    try lua.setGlobal("Other", lua.function("Other") { try $0.return(object: Other()) })
    return lua
}

@Suite(.serialized) struct ObjectTests {
    private func message(_ lua: LuaState, _ expression: String) throws -> String {
        let text = "return select(2, pcall(function() return \(expression) end))"
        return lua.describe(try lua.run(text: text, name: "=t")[0])
    }

    @Test func surplusArgumentsAreRefused() throws {
        let lua = try stateWithCounter()
        try lua.setGlobal(
            "pair", lua.function("pair", taking: ["a", "b"]) { try $0.return($0.count) })
        for (call, expected) in [
            ("Counter():add(1, 2)", "#2 to 'add' (no such argument; add takes amount)"),
            ("Counter():add(1, nil)", "#2 to 'add' (no such argument; add takes amount)"),
            (
                "Other():touch(1, 2, 3)",
                "#1 to 'touch' (no such argument; touch takes no arguments)"
            ),
            ("pair(1, 2, 3)", "#3 to 'pair' (no such argument; pair takes a, b)"),
        ] {
            #expect(try message(lua, call).hasSuffix("bad argument " + expected), "\(call)")
        }
        #expect(try lua.run(text: "return pair(1, nil)", name: "=t").count == 1)
    }

    @Test func methodsPropertiesAndText() throws {
        let lua = try stateWithCounter()
        let text = "c = Counter(); c:add(3); c:add(4); return c.total, tostring(c), c.nothing"
        #expect(
            try lua.run(text: text, name: "=t").map(lua.describe) == ["7", "Counter(7)", "nil"])
    }

    @Test func aWrongSelfIsRefused() throws {
        let lua = try stateWithCounter()
        let cases = [
            ("Counter().add(5)", "bad argument #1 to 'add' (Counter expected, got integer)"),
            ("Counter().add(Other(), 5)", "bad argument #1 to 'add' (Counter expected, got Other)"),
            ("Counter().add()", "bad argument #1 to 'add' (Counter expected, got no value)"),
            (
                "Counter().add(io.stdout, 1)",
                "bad argument #1 to 'add' (Counter expected, got userdata)"
            ),
        ]
        for (expression, expected) in cases {
            #expect(try message(lua, expression) == "t:1: " + expected)
        }
    }

    @Test func aForeignUserdataUnderOurMetatableIsRefused() throws {
        let lua = try stateWithCounter()
        let text = """
            local c = Counter()
            local file = io.tmpfile()
            debug.setmetatable(file, debug.getmetatable(c))
            return pcall(function() return file:add(1) end)
            """
        #expect(try lua.run(text: text, name: "=t").map(lua.describe).first == "false")
    }

    @Test func whatANativeFunctionHoldsIsNotTheScripts() throws {
        let lua = try stateWithCounter()
        #expect(
            try message(lua, "debug.setupvalue(Counter, 1, io.stdout)")
                .hasSuffix("(Lua function expected)"))
        let text = """
            local a, b = 1
            local function f() return a, b end
            local name = debug.setupvalue(f, 2, 7)
            return name, debug.setupvalue(f, 3, 0), f()
            """
        #expect(try lua.run(text: text, name: "=t").map(lua.describe) == ["b", "nil", "1", "7"])
    }

    @Test func theMetatableIsHiddenAndItsFinaliserCallsInVain() throws {
        let lua = try stateWithCounter()
        #expect(try message(lua, "getmetatable(Counter())") == "false")
        let text = """
            local c = Counter()
            local gc = debug.getmetatable(c).__gc
            gc(c); gc(c); gc(io.stdout)
            return pcall(function() return c:add(1) end)
            """
        let results = try lua.run(text: text, name: "=t").map(lua.describe)
        #expect(results == ["false", "t:4: calling 'add' on bad self (a closed Counter)"])
    }

    @Test func objectsLiveExactlyAsLongAsLuaOrSwiftHoldsThem() throws {
        let before = Counter.alive
        let lua = try stateWithCounter()
        try lua.run(text: "for i = 1, 100 do Counter() end keep = Counter()", name: "=t")
        try lua.run(text: "collectgarbage() collectgarbage()", name: "=t")
        #expect(Counter.alive == before + 1)
        lua.close()
        #expect(Counter.alive == before)
    }
}
