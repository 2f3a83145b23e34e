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

    @Test func anErrorIsShownWithItsTraceback() async throws {
        let command = try await run("local function f() error('boom') end\nprint(1)\nf()")
        #expect(command.status == .exited(1))
        #expect(command.output == "1\n")
        #expect(command.errors.hasPrefix("mohpo-lua: s.lua:1: boom\nstack traceback:\n"))
        #expect(command.errors.contains("s.lua:3: in main chunk"))
    }

    @Test(arguments: [
        ["--nonsense", "s.lua"], ["--workers", "0", "s.lua"], ["--workers", "x", "s.lua"], [],
        ["--format", "xml", "s.lua"], ["--time-out", "-1", "s.lua"], ["data", "fetch"],
        ["--memory-limit", "x", "s.lua"], ["--memory-limit", "512", "s.lua"],
        ["--memory-limit", "-1G", "s.lua"], ["help", "nosuch"],
        ["help", "data", "nosuch"], ["help", "run", "nosuch"],
    ])
    func badUsageIsTwo(arguments: [String]) async throws {
        let folder = try Folder()
        let command = try await Command.run(arguments, in: folder)
        #expect(command.status == .exited(2))
        #expect(command.errors.lowercased().contains("usage:"))
    }

    @Test(arguments: [
        (["--trials", "abc"], "--trials: expected an integer of at least 1, got \"abc\""),
        (["--trials=1.5"], "--trials: expected an integer of at least 1, got 1.5"),
        (["--trials", "-3"], "--trials: expected an integer of at least 1, got -3"),
        (["--parallel", "0"], "--parallel: expected an integer of at least 1, got 0"),
        (["--parallel", "9999999"], "--parallel: expected an integer from 1 to 1000000"),
        (["--workers", "1025"], "--workers: expected an integer from 1 to 1024, got 1025"),
        (
            ["--durability", "disk"],
            "--durability: expected one of \"process\", \"power\", got \"disk\""
        ),
        (["--seed", "x"], "--seed: expected an integer, got \"x\""),
        (["--max-t", ""], "--max-t: expected an integer of at least 1, got \"\""),
        (["--time-out", "nan"], "--time-out: expected a number above 0, got nan"),
        (["--time-out", "soon"], "--time-out: expected a number above 0, got \"soon\""),
        (["--memory-limit", "-1G"], "--memory-limit: expected at least 1M, for example 512M"),
    ])
    func aValueThatCannotBeSaysWhatCan(options: [String], message: String) async throws {
        for command in ["run", "check"] {
            let command = try await Command.run([command] + options + ["s.lua"], in: Folder())
            #expect(command.status == .exited(2))
            #expect(command.errors.contains(message), "\(command.errors)")
        }
    }

    /// What the declaration of a setting says is what the help says.
    @Test func theHelpNamesTheSettings() async throws {
        let help = try await Command.run(["run", "--help"], in: Folder()).output
        let words = help.split { $0.isWhitespace }.joined(separator: " ")
        for line in [
            "--parallel <n> Slots: trials side by side (parallel_trials).",
            "--workers <n> Threads that compute; by default the cores, at most the slots.",
            "--seed <n> The seed of all random choices (seed).",
            "--trials <n> How many trials to run (num_trials).",
            "--max-t <n> The resource at which a trial is complete (max_t).",
            "--time-out <seconds> Seconds after which the search ends (time_out).",
            "--memory-limit <size> What the script, its data sets and its networks may hold: 512M",
        ] {
            #expect(words.contains(line), "\(help)")
        }
    }

    @Test(arguments: ["10", "x", "-1G", "9999999T", ""])
    func aMemoryLimitSaysWhatIsExpected(size: String) async throws {
        let command = try await Command.run(["--memory-limit=\(size)", "s.lua"], in: Folder())
        #expect(command.status == .exited(2))
        #expect(
            command.errors.contains("expected at least 1M, for example 512M"), "\(command.errors)")
    }

    @Test(arguments: [
        ("lst", "; did you mean the command list?\n"),
        ("Repport", "; did you mean the command report?\n"),
        ("lst.lua", ": No such file or directory\n"), ("./lst", ": No such file or directory\n"),
        ("something", ": No such file or directory\n"),
    ])
    func aWordNearACommandIsMatchedWithIt(word: String, end: String) async throws {
        let command = try await Command.run([word], in: Folder())
        #expect(command.status == .exited(1))
        #expect(command.errors == "mohpo-lua: \(word): cannot open \(word)\(end)")
    }

    @Test func aScriptMayHaveANameNearACommand() async throws {
        let folder = try Folder()
        try folder.write("print(1)", to: "lst")
        #expect(try await Command.run(["lst"], in: folder).output == "1\n")
    }

    @Test func helpForACommandThatThereIsNotNamesTheNearest() async throws {
        let command = try await Command.run(["help", "reprot"], in: Folder())
        #expect(command.status == .exited(2) && command.output == "")
        #expect(
            command.errors.hasPrefix(
                "Error: help: reprot: there is no such command; did you mean report?\n"))
    }

    @Test(arguments: [["--help"], ["help"], ["help", "report"], ["help", "data", "fetch"]])
    func helpIsNoFailure(arguments: [String]) async throws {
        #expect(try await run("", arguments).status == .exited(0))
    }

    @Test func theVersionIsNoFailure() async throws {
        #expect(try await run("", ["--version"]).output == "0.1.0\n")
    }
}
