import Foundation
import LuaBridge
import Testing

/// Counts what a state holds of Swift's.
private final class Ledger {
    var alive = 0
}

private final class Account {
    let ledger: Ledger
    var total = 0
    init(_ ledger: Ledger) {
        self.ledger = ledger
        ledger.alive += 1
    }
    deinit { ledger.alive -= 1 }
}

private final class Plain {}

/// The whole bridge, step by step. Each step can be taken again after it failed.
private final class Exercise {
    let lua: LuaState
    let ledger: Ledger
    /// Steps of the set-up that are done, which must not be taken twice.
    private var done = 0
    private(set) var results: [String] = []

    init(_ lua: LuaState, _ ledger: Ledger) {
        self.lua = lua
        self.ledger = ledger
    }

    /// Takes all steps, and after each looks at the stack.
    func run() throws {
        for step in setUp[done...] {
            try balanced { try step() }
            done += 1
        }
        results = []
        for step in [values, objects, tables, errors, coroutines, ownCoroutines, chunks, random] {
            try balanced { try step() }
        }
    }

    private func balanced(_ step: () throws -> Void) throws {
        let height = lua.stackHeight
        defer { #expect(lua.stackHeight == height) }
        try step()
    }

    private func keep(_ text: String) throws {
        results += try lua.run(text: text, name: "=step").map(lua.describe)
    }

    // MARK: - Set-up

    private var setUp: [() throws -> Void] {
        [
            defineAccount, definePlain,
            { [self] in
                try global("Account") { [ledger] in try $0.return(object: Account(ledger)) }
                try global("Plain") { try $0.return(object: Plain()) }
            },
            {
                [self] in
                try global("echo") { try $0.return(all: $0.values(from: 1).map(\.luaTree)) }
                try global("through") { call in
                    try call.return(all: call.function(1).call([]).map(\.luaTree))
                }
            },
            {
                [self] in
                try global("read") { call in
                    _ = try (call.integer(1), call.number(2), call.text(3), call.table(4))
                    _ = try (call.rawPairs(4), call.function(5))
                    return try call.return(call.place()?.description)
                }
                try global("fail") { call in
                    let positions: [LuaError.Position] = [.none, .caller, .argument(1)]
                    throw LuaError("failed as it should", at: positions[try call.integer(1)])
                }
                try global("wait") { call in
                    let value = try call[1]
                    guard call.canSuspend else { return try call.return(value) }
                    return call.suspend { try $0.return(all: [value.luaTree, $0[1].luaTree]) }
                }
            },
            { [self] in
                try lua.preload("mine") { try $0.return(LuaTree.record([("x", .integer(7))])) }
            },
            { [self] in try lua.shareRandom() },
        ]
    }

    private func global(_ name: String, _ body: @escaping LuaNativeBody) throws {
        try lua.setGlobal(name, lua.function(name, body))
    }

    private func defineAccount() throws {
        let witness = Account(ledger)
        try lua.define(Account.self, name: "Account") { type in
            type.method("add", taking: ["amount"]) { account, call in
                account.total += try call.integer(2) + witness.total
                return try call.return(call[1])
            }
            type.property("total") { .integer($0.total) }
            type.property("list") { account, call in
                try call.return(LuaTree.array([.integer(account.total), .text("of many")]))
            }
            type.metamethod("__tostring") { try $1.return("an account of \($0.total)") }
            type.metamethod("__len") { try $1.return($0.total) }
            type.unknownField { _, call in throw LuaError("no field \(try call.text(2))") }
        }
    }

    private func definePlain() throws {
        try lua.define(Plain.self, name: "Plain") { type in
            type.method("touch", taking: []) { try $1.return(object: $0) }
        }
    }

    // MARK: - Steps

    private func values() throws {
        try lua.setGlobal(
            "tree",
            LuaTree.record([
                ("list", .array([.integer(1), .text("two"), .boolean(true), .number(0.5), .nil])),
                ("nested", .record([("deeper", .array([.array([])]))])),
            ]))
        try keep("return echo(1, 0.5, 'a', nil, true), #echo(tree.list), tree.list[2]")
        try keep("return read(1, 2, 'three', { 4, five = { 6 } }, print)")
        try keep("return require('mine').x, echo(('long '):rep(30))")
    }

    private func objects() throws {
        try keep("account = Account():add(3):add(4) return tostring(account), #account")
        try keep("return account.total, account.list[2], Plain():touch() ~= nil")
        try keep("return pcall(function() return account.nothing end)")
        try keep("return pcall(account.add, Plain(), 1)")
        let object = try lua.object(Account(ledger))
        try lua.setGlobal("kept", object)
        try keep("return kept:add(1).total")
        try lua.setGlobal("kept", LuaTree.nil)
    }

    private func tables() throws {
        let meta = try lua.table(.record([("__metatable", .boolean(false))]))
        let table = try lua.table(.table(elements: [.integer(5)], metatable: meta))
        try table.set("key", "value")
        try table.set(2, LuaTree.array([.text("in")]))
        let shown = try [table.get("key"), table.rawGet("key"), table.rawGet(1), table.get(2)]
        results += shown.dropLast().map(lua.describe)
        results += try ["\(table.rawCount)", "\(table.hasMetatable)", "\(table.rawPairs().count)"]
        results.append("\(try lua.globals.identity == lua.globals.identity)")
    }

    private func errors() throws {
        for kind in 0...2 { try keep("return pcall(fail, \(kind))") }
        try keep("return select(2, pcall(through, function() error({ code = 1 }) end)).code")
        try keep("return pcall(through, function() error('plain') end)")
        let raised = [
            "error()", "error({ code = 1, [2] = 'x' })", "fail(1)", "local x = nil + 1",
            "error(setmetatable({}, { __tostring = function() error('x') end }))",
            "error(setmetatable({}, { __tostring = function() return 'mine' end }))",
        ]
        for text in raised {
            do { try keep(text) } catch let error as LuaError {
                // Without memory the step itself fails, and is taken again.
                guard lua.failedAllocations == 0 || !isFailing else { throw error }
                results.append(error.message)
            }
        }
    }

    /// Whether allocations may fail in this run.
    var isFailing = false

    private func coroutine(_ body: String) throws -> LuaCoroutine {
        let made = try lua.run(text: "return function(...) \(body) end", name: "=trial")
        guard case .function(let function)? = made.first else { throw LuaError("no function") }
        return try LuaCoroutine(function, [.text("first"), .array([.integer(1)])])
    }

    private func coroutines() throws {
        let bodies = [
            "log = wait('a'); log = log .. wait(...)",
            "local x <close> = setmetatable({}, { __close = function() log = 'closed' end })"
                + " pcall(wait, 1) coroutine.yield(1, 2)",
            "wait() local function inner() error('broken') end inner()",
            "wait() error({ code = 2 })", "wait(Account())",
            "table.sort({ 3, 2, 1 }, function(a, b) return wait(a) < b end)",
        ]
        for body in bodies {
            let trial = try coroutine(body)
            for _ in 0..<2 where !trial.isDead { results.append(word(trial.resume())) }
            if let error = trial.close() { results.append(error.message) }
            try keep("return log")
        }
    }

    private func word(_ status: LuaCoroutine.Status) -> String {
        switch status {
        case .suspended: "suspended"
        case .yielded: "yielded"
        case .finished: "finished"
        case .failed(let error): "\(error.message), \(error.traceback == nil ? "no" : "a") trace"
        }
    }

    private func ownCoroutines() throws {
        try keep(
            """
            local made = coroutine.create(function(a) return a + coroutine.yield(wait(a)) end)
            local a, b = coroutine.resume(made, 1)
            local c, d = coroutine.resume(made, 2)
            local all = {}
            for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield({ i }) end end) do
              all[#all + 1] = v[1]
            end
            local closed = coroutine.create(function() local y <close> = nil coroutine.yield() end)
            coroutine.resume(closed)
            return a, b, c, d, table.concat(all), coroutine.close(closed),
              pcall(coroutine.wrap(function() error('inside') end))
            """)
    }

    private func chunks() throws {
        try keep("local a, b = load('return 1 +') return a, b, load('return 2')()")
        #expect(throws: LuaError.self) { try lua.load(text: "local =", name: "=bad") }
        #expect(throws: LuaError.self) { try lua.load(file: "/nowhere/at/all.lua") }
        let path = NSTemporaryDirectory() + "mohpo-lua-\(UUID().uuidString).lua"
        try "#!shebang\nreturn ...".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        results += try lua.load(file: path).call([.text("from a file")]).map(lua.describe)
    }

    private func random() throws {
        let generator = try LuaRandomGenerator(in: lua, seed: (1, 2))
        lua.use(generator)
        defer { lua.use(nil) }
        try keep("return math.random(1000000)")
    }
}

/// Row 18: whatever allocation fails, the script sees an error and everything else stays whole.
@Suite struct AllocationTests {
    /// What an exercise that never failed leaves: its results, and Lua's memory after it.
    private struct Reference {
        let results: [String]
        let bytes: Int

        init() throws {
            let lua = try LuaState()
            let exercise = Exercise(lua, Ledger())
            try exercise.run()
            try exercise.run()
            results = exercise.results
            bytes = try settled(lua)
            lua.close()
        }
    }

    /// Two make one request fail, as Lua tries again after it has collected its garbage.
    @Test(arguments: [2, Int.max]) func everyAllocationMayFail(inARow count: Int) throws {
        let reference = try Reference()
        #expect(reference.results.count > 50)
        var first = 1
        while try fails(AllocationFailure(first: first, count: count), reference) { first += 1 }
        #expect(first > 1000)
    }

    /// - Returns: whether the failure came to pass.
    private func fails(_ failure: AllocationFailure, _ reference: Reference) throws -> Bool {
        let ledger = Ledger()
        let lua = try LuaState()
        let exercise = Exercise(lua, ledger)
        exercise.isFailing = true
        lua.fail(failure)
        do { try exercise.run() } catch let error as LuaError {
            #expect(lua.failedAllocations > 0, "\(error)")
        }
        lua.fail(nil)
        exercise.isFailing = false
        try exercise.run()
        #expect(exercise.results == reference.results, "allocation \(failure.first)")
        let bytes = try settled(lua)
        #expect(abs(bytes - reference.bytes) < 4096, "allocation \(failure.first)")
        #expect(lua.objectCount == 1, "only the account in the global is left")
        lua.close()
        #expect(lua.allocatedBytes == 0 && lua.objectCount == 0)
        #expect(ledger.alive == 0)
        return lua.failedAllocations > 0
    }

    @Test(arguments: [2, Int.max]) func aStateMayFailToBeMade(inARow count: Int) throws {
        var first = 1
        while true {
            let failure = AllocationFailure(first: first, count: count)
            guard
                let lua = try? LuaState(standardCoroutines: false, failing: failure)
            else {
                first += 1
                continue
            }
            let hasFailed = lua.failedAllocations > 0
            lua.close()
            #expect(lua.allocatedBytes == 0)
            if !hasFailed { break }
            first += 1
        }
        #expect(first > 100)
    }

    @Test func anErrorWithoutMemoryHasNoOtherErrorsTraceback() throws {
        let lua = try LuaState()
        let script = try lua.load(text: "local t = ... return ('x'):rep(t)", name: "=s")
        let first = #expect(throws: LuaError.self) { try script.call([.text("no number")]) }
        #expect(first?.traceback?.contains("s:1") == true)
        lua.fail(AllocationFailure(first: 3))
        let second = #expect(throws: LuaError.self) { try script.call([.integer(100_000)]) }
        lua.fail(nil)
        #expect(second?.message == "not enough memory")
        #expect(second?.traceback == nil)
    }
}

/// Bytes that Lua holds when all garbage is collected.
private func settled(_ lua: LuaState) throws -> Int {
    try lua.run(text: "log = nil collectgarbage() collectgarbage()", name: "=settle")
    try lua.run(text: "collectgarbage() collectgarbage()", name: "=settle")
    return lua.allocatedBytes
}
