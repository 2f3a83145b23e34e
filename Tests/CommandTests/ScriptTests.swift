import Subprocess
import Testing

/// `mohpo-lua SCRIPT` as a Lua interpreter: arguments, streams, exit codes.
@Suite struct ScriptTests {
    private func run(
        _ script: String, _ arguments: [String] = [], name: String = "s.lua"
    ) async throws -> Command {
        let folder = try Folder()
        try folder.write(script, to: name)
        return try await Command.run(arguments.isEmpty ? [name] : arguments, in: folder)
    }

    @Test(arguments: [
        ("", ""), ("print('x', 1, 2.5)", "x\t1\t2.5\n"),
        ("#!/usr/bin/env mohpo-lua\nprint 'shebang'", "shebang\n"),
        ("\u{FEFF}print 'mark'", "mark\n"),
        ("print(_VERSION, #package.path > 0, math.type(3))", "Lua 5.4\ttrue\tinteger\n"),
    ])
    func aScriptPrintsToStandardOutput(script: String, output: String) async throws {
        let command = try await run(script)
        #expect(command.status == .exited(0))
        #expect(command.output == output)
        #expect(command.errors == "")
    }

    @Test func argumentsAreAsInLua() async throws {
        let script = "print(arg[0], #arg, ..., select('#', ...)) print(table.concat(arg, '|'))"
        for prefix in [[], ["run"]] {
            let arguments = prefix + ["s.lua", "one", "--two", "-3", "--", "four five"]
            let command = try await run(script, arguments)
            #expect(command.output == "s.lua\t5\tone\t5\none|--two|-3|--|four five\n")
        }
    }

    /// Row 41: one clear line with the file, and the line where there is one.
    @Test(arguments: [
        ("print('a'\nlocal", "s.lua:2: ')' expected (to close '(' at line 1) near 'local'"),
        ("\u{1B}LuaT", "s.lua: attempt to load a binary chunk (mode is 't')"),
    ])
    func aScriptThatCannotBeCompiled(script: String, message: String) async throws {
        let command = try await run(script)
        #expect(command.status == .exited(1))
        #expect(command.errors == "mohpo-lua: \(message)\n")
        #expect(command.output == "")
    }

    @Test(arguments: [
        ("nowhere.lua", "nowhere.lua: cannot open nowhere.lua"),
        (".", ".: cannot read ."),
    ])
    func aScriptThatCannotBeRead(path: String, message: String) async throws {
        let command = try await run("", [path])
        #expect(command.status == .exited(1))
        #expect(command.errors.hasPrefix("mohpo-lua: \(message)"))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test func anErrorIsShownWithItsTraceback() async throws {
        let command = try await run("local function f() error('boom') end\nprint(1)\nf()")
        #expect(command.status == .exited(1))
        #expect(command.output == "1\n")
        #expect(command.errors.hasPrefix("mohpo-lua: s.lua:1: boom\nstack traceback:\n"))
        #expect(command.errors.contains("s.lua:3: in main chunk"))
    }

    /// Rows 19 and 20: the thread's stack is large enough for what Lua allows.
    @Test(arguments: [
        "local function f() return 1 + f() end f()",
        "local function f(n) return (('x'):gsub('x', function() return f(n + 1) end)) end f(1)",
        "local function f() return coroutine.wrap(f)() end f()",
        "print(pcall(string.find, ('('):rep(100000), ('('):rep(100000)))"
            + " print(string.match(('a'):rep(180000), ('a?'):rep(180000)))",
    ])
    func endlessRecursionIsAnError(script: String) async throws {
        let command = try await run(script)
        #expect(command.status == .exited(1))
        #expect(command.errors.contains("stack overflow") || command.errors.contains("too complex"))
    }

    @Test(arguments: [
        ["--nonsense", "s.lua"], ["--workers", "0", "s.lua"], ["--workers", "x", "s.lua"], [],
        ["--format", "xml", "s.lua"], ["--time-out", "-1", "s.lua"], ["data", "fetch"],
    ])
    func badUsageIsTwo(arguments: [String]) async throws {
        let folder = try Folder()
        let command = try await Command.run(arguments, in: folder)
        #expect(command.status == .exited(2))
        #expect(command.errors.lowercased().contains("usage:"))
    }

    @Test func osExitEndsTheProcessWithItsCode() async throws {
        let script = """
            local ag = require "mohpo"
            ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9 }, num_trials = 3,
              train = function(args, reporter) os.exit(7) end }:run()
            """
        #expect(try await run(script).status == .exited(7))
    }

    @Test func helpAndVersionAreNoFailures() async throws {
        #expect(try await run("", ["--help"]).status == .exited(0))
        #expect(try await run("", ["--version"]).output == "0.1.0\n")
    }
}
