import LuaHost
import Running
import Synchronization
import Testing

/// What a session offers for the name at the end of a line.
@Suite struct CompletionTests {
    /// The completions of `text` in a session that has run `lines`.
    private func names(_ text: String, after lines: [String] = []) async throws -> [String] {
        try await onLuaThread { Result { try Self.names(text, lines) } }.get()
    }

    private static func names(_ text: String, _ lines: [String]) throws -> [String] {
        let host = try ScriptHost(
            settings: RunSettings(), interruption: Interruption(), observer: SilentObserver())
        defer { host.close() }
        var names: [String] = []
        try host.run(ScriptCommand(script: nil)) { repl in
            for line in lines { _ = repl.take(line) }
            names = repl.completions(of: text)
        }
        return names
    }

    @Test(arguments: [
        ("prin", ["print"]), ("x = (tos", ["tostring"]), ("re", ["repeat", "require", "return"]),
        ("string.re", ["rep", "reverse"]), ("string.rep(ag.Or", ["Ordinal"]),
        ("'a' ..typ", ["type"]), ("_VERSION:u", ["unpack", "upper"]), ("ag:Or", ["Ordinal"]),
        ("io.stdout:wr", ["write"]), ("_G.string.byt", ["byte"]), ("#ar", ["arg"]),
    ])
    func aNameIsCompleted(text: String, expected: [String]) async throws {
        #expect(try await names(text) == expected)
    }

    @Test(arguments: [
        "", "  ", "1", "x.", "nowhere.x", "1.", "f().x", "t[1].x", "string.rep.x", ":", ".",
        "a:b:c", "a:b.c", "prünt", "3x",
    ])
    func thereIsNothingToOffer(text: String) async throws {
        #expect(try await names(text) == [])
    }

    @Test func anObjectOffersWhatItHas() async throws {
        let lines = ["ds = data.table({ { 1 }, { 2 } }, { 1, 2 })", "t = { d = ds }"]
        #expect(try await names("ds:s", after: lines) == ["split", "standardize", "subset"])
        #expect(try await names("print(t.d.cl", after: lines) == ["classes"])
        #expect(try await names("ds:cl", after: lines) == [])
        #expect(try await names("ds.classes.", after: lines) == [])
    }

    @Test func noMetamethodRuns() async throws {
        let lines = [
            "calls = 0", "local function count() calls = calls + 1 end",
            "t = setmetatable({ own = 1 }, { __index = function() calls = calls + 1 end, "
                + "__pairs = error })",
            "derived = setmetatable({}, { __index = t })", "t.me = t",
            "loop = {} setmetatable(loop, { __index = loop })",
            "setmetatable(_G, { __index = function() calls = calls + 1 end })",
        ]
        #expect(try await names("t.o", after: lines) == ["own"])
        #expect(try await names("derived.me.o", after: lines) == ["own"])
        #expect(try await names("loop.missing.x", after: lines) == [])
        #expect(try await names("loop.", after: lines) == [])
        #expect(try await names("nowhere.x", after: lines + ["assert(calls == 0)"]) == [])
    }
}
