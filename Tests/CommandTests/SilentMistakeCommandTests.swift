import Subprocess
import Testing

/// Mistakes that raise no error, on the command line.
@Suite struct SilentMistakeCommandTests {
    private static func experiment(_ name: String, _ train: String) -> String {
        """
        local ag = require "mohpo"
        local \(name) = ag.experiment { name = "\(name)", space = { x = ag.Real(0, 1) },
          objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 3,
          train = function(_, reporter) \(train) end }

        """
    }

    private func run(
        _ script: String, _ arguments: [String], input: String = ""
    ) async throws -> Command {
        let folder = try Folder()
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(arguments, in: folder, input: input)
        #expect(command.status == .exited(0))
        return command
    }

    @Test(arguments: [
        (
            ["s.lua"],
            "mohpo-lua: warning: s.lua:2: experiment \"e\" was never run: "
                + "call :run() on what ag.experiment gives\n"
        ),
        (["--quiet", "s.lua"], ""), (["check", "s.lua"], ""), (["-i", "s.lua"], ""),
    ])
    func anExperimentThatIsNeverRun(arguments: [String], errors: String) async throws {
        #expect(try await run(Self.experiment("e", ""), arguments).errors == errors)
    }

    @Test(arguments: [
        ("ag.simulate(e)", ["--study", "x.db"], true), ("ag.simulate(e)", [], false),
        ("ag.simulate(e) e:run()", ["--study", "x.db"], false),
    ])
    func aStudyThatNothingIsKeptIn(calls: String, options: [String], isTold: Bool) async throws {
        let train = "for i = 1, 9 do reporter { epoch = i, loss = 1, elapsed = i } end"
        let command = try await run(Self.experiment("e", train) + calls, options + ["s.lua"])
        let warning = "--study x.db: ag.simulate keeps no study, and nothing else was run"
        #expect(command.errors.contains(warning) == isTold, "\(command.errors)")
    }

    // MARK: - Trials

    @Test(arguments: [[], ["--format", "csv"]])
    func everyStudyOfFailedTrialsIsNamed(options: [String]) async throws {
        let good = "reporter { epoch = 9, loss = 1 }"
        let folder = try Folder()
        let script =
            Self.experiment("a", "error 'no'") + "a:run()" + Self.experiment("b", good) + "b:run()"
            + Self.experiment("c", "error 'no'") + "c:run() c:run()"
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(options + ["s.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(
            command.errors.hasSuffix(
                "mohpo-lua: a: every trial failed\nmohpo-lua: c: every trial failed\n"))
    }

    @Test(arguments: [
        ("notice", []), ("info", ["info: trial 1 completed at epoch 9: loss 1"]),
        (
            "debug",
            [
                "debug: trial 1: started with x = 0.5",
                "debug: trial 1: at epoch 1 it continued with loss = 1: rank 1 of 1; "
                    + "the first at a rung always continues",
                "info: trial 1 completed at epoch 9: loss 1",
            ]
        ),
    ])
    func aLogLevelTellsOfTrials(level: String, expected: [String]) async throws {
        let train = "reporter { epoch = 1, loss = 1 } reporter { epoch = 9, loss = 1 }"
        let command = try await run(
            Self.experiment("e", train) + "e:run()",
            ["--log-level", level, "--trials", "1", "--parallel", "64", "s.lua"])
        let lines = command.errors.split(separator: "\n").map {
            String($0.dropFirst("mohpo-lua: ".count))
        }
        #expect(lines.filter { $0.contains("trial ") } == expected)
    }

    // MARK: - Options behind the script

    @Test(arguments: [
        ["--workers", "4"], ["--seed=3"], ["x", "--log-level", "debug"], ["--resume"], ["-i"],
    ])
    func anOptionBehindTheScript(arguments: [String]) async throws {
        let command = try await run("print(args, argument)", ["s.lua"] + arguments)
        #expect(command.output == "nil\tnil\n")
        #expect(
            command.errors
                == "mohpo-lua: \(arguments.joined(separator: " ")) behind s.lua is for the "
                + "script, which reads no arguments: options of mohpo-lua come before it\n")
    }

    @Test(arguments: [
        ("print(#arg)", ["--workers", "4"]), ("local t = {...}", ["--workers", "4"]),
        ("print(1)", ["--wörkers", "4"]), ("print(1)", ["workers", "-4"]), ("print(1)", []),
        ("print(1)", ["--", "--workers", "4"]), ("", ["--workers", "4"]),
        ("require 'string'", ["--workers", "4"]), ("dofile '/dev/null'", ["--workers", "4"]),
    ])
    func argumentsOfTheScripts(script: String, arguments: [String]) async throws {
        #expect(try await run(script, ["run", "s.lua"] + arguments).errors == "")
    }
}
