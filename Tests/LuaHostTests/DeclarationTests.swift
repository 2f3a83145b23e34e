import LuaHost
import Testing

/// A declaration that is right, and scripts that are none; the mistakes are among the hostile scripts.
@Suite struct DeclarationTests {
    private static func declared(_ change: String) -> String {
        """
        local ag = require "mohpo"
        local t = { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 9 }, num_trials = 1, train = function() end }
        \(change)
        ag.experiment(t)
        """
    }

    @Test func nothingIsWrongWithADeclaration() async {
        let run = await ScriptRun.of(Self.declared("out 'fine'"))
        #expect(run.failure == nil)
        #expect(run.lines == ["fine"])
    }

    @Test(arguments: [
        ("local x =", "script.lua:1: unexpected symbol near <eof>"),
        ("\u{1B}Lua", "script.lua: attempt to load a binary chunk (mode is 't')"),
    ])
    func aScriptThatCannotBeCompiledIsNamed(script: String, message: String) async {
        #expect(await ScriptRun.of(script).failure?.message == message)
    }
}
