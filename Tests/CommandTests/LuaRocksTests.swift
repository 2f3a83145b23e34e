import Foundation
import Subprocess
import Testing

/// What LuaRocks installs for Lua 5.4 is found through `luarocks path`.
@Suite struct LuaRocksTests {
    private static let luarocks = "/usr/bin/luarocks"

    /// A rock with a module in Lua and one in C.
    private static let files = [
        "pure.lua": "return { twice = function(x) return 2 * x end }\n",
        "fast.c": """
        #include <lauxlib.h>
        #include <lua.h>
        static int half(lua_State *L) {
          lua_pushnumber(L, luaL_checknumber(L, 1) / 2);
          return 1;
        }
        int luaopen_fast(lua_State *L) {
          luaL_Reg functions[] = {{"half", half}, {NULL, NULL}};
          luaL_newlib(L, functions);
          return 1;
        }
        """,
        "sample-1.0-1.rockspec": """
        rockspec_format = "3.0"
        package = "sample"
        version = "1.0-1"
        source = { url = "." }
        dependencies = { "lua >= 5.4" }
        build = { type = "builtin", modules = { pure = "pure.lua", fast = "fast.c" } }
        """,
        "s.lua": """
        local ag = require "mohpo"
        local study = ag.experiment { space = { x = ag.Int(1, 9) }, objectives = { y = "MIN" },
          scheduler = ag.hyperband { max_t = 1 }, num_trials = 3,
          train = function(args, reporter)
            reporter { epoch = 1, y = require("fast").half(require("pure").twice(args.x)) }
          end }:run()
        for _, trial in ipairs(study.trials) do
          assert(trial.reports[1].y == trial.args.x)
        end
        print(require("pure").twice(4), require("fast").half(3))
        """,
        "run.sh": """
        set -e
        luarocks --lua-version 5.4 make --tree ./rocks sample-1.0-1.rockspec >log 2>&1
        eval "$(luarocks --lua-version 5.4 --tree ./rocks path --no-bin 2>/dev/null)"
        cd / && exec "$1" --quiet --study memory "$OLDPWD/s.lua"
        """,
    ]

    @Test func aRockInLuaAndOneInCLoad() async throws {
        guard FileManager.default.isExecutableFile(atPath: Self.luarocks) else {
            try Test.cancel("luarocks is not installed")
        }
        let folder = try Folder()
        for (name, text) in Self.files { try folder.write(text, to: name) }
        let command = try await Command.run(
            ["run.sh", Command.program], of: "/bin/sh", in: folder)
        let log = try? folder.read("log")
        #expect(command.status == .exited(0), "\(command.errors) \(log ?? "")")
        #expect(command.output == "8\t1.5\n")
    }
}
