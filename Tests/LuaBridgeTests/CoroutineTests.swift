import LuaBridge
import Testing

/// `wait(v)` suspends the coroutine and gives `v` back when it is resumed.
private func stateWithWait() throws -> LuaState {
    let lua = try LuaState()
    try lua.setGlobal(
        "wait",
        lua.function("wait") { call in
            let value = try call[1]
            guard call.canSuspend else { return try call.return("at once") }
            return call.suspend { call in try call.return(value) }
        })
    try lua.run(text: "log = {}", name: "=setup")
    return lua
}

private func coroutine(_ lua: LuaState, _ body: String) throws -> LuaCoroutine {
    let chunk = try lua.load(text: "return function(...) \(body) end", name: "=test")
    guard case .function(let function) = try chunk.call([])[0] else { fatalError() }
    return try LuaCoroutine(function, [.integer(1)])
}

private func log(_ lua: LuaState) throws -> String {
    try lua.describe(lua.run(text: "return table.concat(log, ' ')", name: "=log")[0])
}

private func word(for status: LuaCoroutine.Status) -> String {
    switch status {
    case .suspended: "suspended"
    case .yielded: "yielded"
    case .finished: "finished"
    case .failed(let error): "failed: \(error)"
    }
}

@Suite struct CoroutineTests {
    @Test(arguments: [
        "log[1] = wait('a'); log[2] = wait('b')",
        "pcall(pcall, function() log[1] = wait('a') end); log[2] = wait('b')",
        "for _, v in ipairs { 'a', 'b' } do log[#log + 1] = wait(v) end",
    ])
    func aSuspendedCallGetsItsAnswer(body: String) throws {
        let lua = try stateWithWait()
        let trial = try coroutine(lua, body)
        #expect(
            (1...3).map { _ in word(for: trial.resume()) } == [
                "suspended", "suspended", "finished",
            ])
        #expect(try log(lua) == "a b")
    }

    @Test(arguments: [
        "table.sort({ 2, 1 }, function(a, b) log[1] = wait('x'); return a < b end)",
        "string.gsub('x', 'x', function() log[1] = wait('x') end)",
        "log[1] = tostring(setmetatable({}, { __tostring = function() return wait('x') end }))",
    ])
    func whereLuaCannotYieldTheCallIsNotYieldable(body: String) throws {
        let lua = try stateWithWait()
        guard case .finished = try coroutine(lua, body).resume() else {
            Issue.record()
            return
        }
        #expect(try log(lua) == "at once")
    }

    @Test func manySuspendedCoroutinesKeepTheirOwnAnswers() throws {
        let lua = try stateWithWait()
        let trials = try (1...50).map { try coroutine(lua, "log[\($0)] = wait('\($0)')") }
        for trial in trials { _ = trial.resume() }
        for trial in trials.reversed() { _ = trial.resume() }
        #expect(try log(lua) == (1...50).map(String.init).joined(separator: " "))
    }

    @Test func closingRunsToBeClosedVariablesOnceInReverse() throws {
        let lua = try stateWithWait()
        let trial = try coroutine(
            lua,
            """
            local function closing(n)
              return setmetatable({}, { __close = function() log[#log + 1] = n .. wait('') end })
            end
            local a <close> = closing 'a'
            local b <close> = closing 'b'
            wait()
            """)
        _ = trial.resume()
        #expect(trial.close() == nil)
        #expect(trial.close() == nil)
        #expect(try log(lua) == "bat once aat once")
    }

    @Test func anErrorWhileClosingIsGivenAndTheOthersAreClosed() throws {
        let lua = try stateWithWait()
        let trial = try coroutine(
            lua,
            """
            local a <close> = setmetatable({}, { __close = function() log[1] = 'a' end })
            local b <close> = setmetatable({}, { __close = function() error('late') end })
            wait()
            """)
        _ = trial.resume()
        #expect(trial.close()?.message == "test:2: late")
        #expect(try log(lua) == "a")
    }

    @Test func aFailureHasMessageAndTraceback() throws {
        let lua = try stateWithWait()
        let trial = try coroutine(
            lua,
            """
            local a <close> = setmetatable({}, { __close = function(_, e) log[1] = e end })
            local function inner() wait(); error('broken') end
            inner()
            """)
        _ = trial.resume()
        guard case .failed(let error) = trial.resume() else {
            Issue.record()
            return
        }
        #expect(error.message == "test:2: broken")
        #expect(error.traceback?.contains("inner") == true)
        #expect(try log(lua) == "test:2: broken")
    }

    @Test func aYieldOfTheScriptsOwnIsToldApart() throws {
        let lua = try stateWithWait()
        let trial = try coroutine(lua, "coroutine.yield(1, 2, 3); wait()")
        #expect(
            (1...3).map { _ in word(for: trial.resume()) } == ["yielded", "suspended", "finished"])
    }

    /// Row 20: Lua refuses to resume a coroutine where C's stack is nearly used up.
    @Test func aCoroutineThatCannotBeResumedSaysWhy() throws {
        let lua = try stateWithWait()
        defer { lua.close() }
        let trial = try coroutine(lua, "wait()")
        _ = trial.resume()
        try lua.setGlobal(
            "resume",
            lua.function("resume") { call in
                guard !trial.isDead, case .failed(let error) = trial.resume() else {
                    return try call.return("it was resumed")
                }
                return try call.return(error.message)
            })
        // A message handler runs above the limit that Lua sets to nested calls.
        let text = """
            local function f() return (('x'):gsub('x', f)) end
            return select(2, xpcall(f, resume))
            """
        #expect(try lua.describe(lua.run(text: text, name: "=t")[0]) == "C stack overflow")
    }

    @Test func endlessRecursionIsAnErrorOfTheCoroutine() throws {
        let lua = try stateWithWait()
        let trial = try coroutine(lua, "local function f() return 1 + f() end; f()")
        guard case .failed(let error) = trial.resume() else {
            Issue.record()
            return
        }
        #expect(error.message.contains("stack overflow"))
        #expect(try lua.describe(lua.run(text: "return 1", name: "=t")[0]) == "1")
    }

    @Test(arguments: [
        ("coroutine.resume(other)", "cannot resume the coroutine of a trial"),
        ("coroutine.close(other)", "cannot close the coroutine of a trial"),
        ("coroutine.close(coroutine.running())", "cannot close a running coroutine"),
        (
            "error(select(2, coroutine.resume(coroutine.running())))",
            "cannot resume non-suspended coroutine"
        ),
    ])
    func aDrivenCoroutineIsTheHostsAlone(expression: String, message: String) throws {
        let lua = try stateWithWait()
        let other = try coroutine(lua, "other = coroutine.running(); log[1] = wait('a')")
        _ = other.resume()
        let trial = try coroutine(lua, "log[1] = select(2, pcall(function() \(expression) end))")
        _ = trial.resume()
        #expect(try log(lua).hasSuffix(message))
        guard case .finished = other.resume() else {
            Issue.record()
            return
        }
    }

    /// Coroutines of the script's own behave as in plain Lua, value for value.
    @Test(arguments: [
        "local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b); return c end)"
            + " return coroutine.resume(co, 1, 2), select(2, coroutine.resume(co, 'x')),"
            + " coroutine.status(co), coroutine.resume(co)",
        "return coroutine.resume(coroutine.create(function() error({}) end))",
        "return pcall(coroutine.wrap(function() error('x') end))",
        "local f = coroutine.wrap(function() return 1 end) f() return pcall(f)",
        "return pcall(coroutine.wrap(function() error(setmetatable({}, { __tostring = nil })) end))",
        "return pcall(coroutine.resume, 1)",
        "return pcall(coroutine.wrap, 1)",
        "return coroutine.close(coroutine.create(print))",
        "local co = coroutine.create(function() local x <close> = setmetatable({}, "
            + "{ __close = function() error('c') end }) coroutine.yield() end)"
            + " coroutine.resume(co) return coroutine.close(co)",
        "local co co = coroutine.create(function() return coroutine.resume(co) end)"
            + " return coroutine.resume(co)",
        "local co co = coroutine.create(function()"
            + " return pcall(coroutine.wrap(function() coroutine.close(co) end)) end)"
            + " return coroutine.resume(co)",
        "local a = {} for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)"
            + " do a[#a + 1] = v end return table.concat(a)",
        "return coroutine.resume(coroutine.create(function(...) return select('#', ...) end),"
            + " table.unpack({}, 1, 200))",
        "return pcall(coroutine.wrap(function() return pcall(coroutine.close,"
            + " coroutine.running()) end))",
    ])
    func ownCoroutinesBehaveAsInLua(script: String) throws {
        let shown = { (lua: LuaState) in
            try lua.run(text: script, name: "=t").map { value in
                if case .table = value { "table" } else { lua.describe(value) }
            }
        }
        let plain = try LuaState(standardCoroutines: true)
        #expect(try shown(LuaState()) == shown(plain))
    }
}
