import LuaBridge
import Synchronization
import Testing

/// Memory of native objects, counted with Lua's.
@Suite struct MemoryTests {
    /// Holds bytes of the state's memory.
    private final class Holder {
        let memory: LuaMemory
        let bytes: Int
        init?(_ memory: LuaMemory, _ bytes: Int) {
            guard memory.take(bytes) else { return nil }
            (self.memory, self.bytes) = (memory, bytes)
        }
        deinit { memory.give(bytes) }
    }

    private func state(limit: Int? = nil) throws -> LuaState {
        let lua = try LuaState(memoryLimit: limit)
        try lua.define(Holder.self, name: "Holder") { _ in }
        let hold = try lua.function("hold") { call in
            guard let holder = Holder(call.state.memory, try call.integer(1)) else {
                throw LuaError("not enough memory")
            }
            return try call.return(object: holder)
        }
        try lua.setGlobal("hold", hold)
        return lua
    }

    /// Garbage that only natives make large is collected, also where the script has stopped that.
    @Test(arguments: ["", "collectgarbage 'stop'", "collectgarbage 'generational'"])
    func nativeGarbageIsCollected(mode: String) throws {
        let lua = try state()
        defer { lua.close() }
        try lua.run(text: "\(mode) for i = 1, 10000 do hold(1 << 20) end", name: "=test")
        #expect(lua.memory.nativeBytes < 256 << 20)
        #expect(lua.collectGarbage() && lua.memory.nativeBytes == 0)
    }

    @Test func theLimitIsOfBothTogether() throws {
        let lua = try state(limit: 8 << 20)
        defer { lua.close() }
        let script = """
            kept = hold(6 << 20)
            local ok = pcall(hold, 2 << 20)
            local long = pcall(string.rep, "x", 2 << 20)
            kept = nil
            collectgarbage()
            return ok, long, #string.rep("x", 2 << 20)
            """
        let results = try lua.run(text: script, name: "=test").map(lua.describe)
        #expect(results == ["false", "false", "2097152"])
    }

    /// Asked for by natives and by Lua's own allocator, as long as there is something to give.
    @Test func whatIsReclaimedIsGranted() throws {
        let lua = try state(limit: 8 << 20)
        defer { lua.close() }
        let cache = Mutex(6)
        let memory = lua.memory
        #expect(memory.take(6 << 20))
        memory.reclaim { [unowned memory] bytes in
            cache.withLock { cache in
                guard cache > 0 else { return false }
                cache -= 1
                memory.give(1 << 20)
                return true
            }
        }
        let script = """
            local held = hold(3 << 20)
            local text = ("x"):rep(2 << 20)
            return #text, (pcall(hold, 4 << 20)), (pcall(string.rep, "x", 1 << 40))
            """
        let results = try lua.run(text: script, name: "=test").map(lua.describe)
        #expect(results == ["2097152", "false", "false"])
        #expect(cache.withLock { $0 } == 0)
        #expect(!memory.take(9 << 20))
    }

    @Test func whatIsGivenBackLateHarmsNothing() throws {
        let lua = try state()
        let memory = lua.memory
        let late = try #require(Holder(memory, 100))
        lua.close()
        #expect(memory.nativeBytes == late.bytes && memory.luaBytes == 0)
    }
}
