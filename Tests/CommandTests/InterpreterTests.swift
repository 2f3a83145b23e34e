import Subprocess
import Testing

/// `-e`, `-l`, `-` and the environment, as `lua` has them.
@Suite struct InterpreterTests {
    private func output(
        _ arguments: [String], input: String = "",
        environment: [Environment.Key: String?] = [:], files: [String: String] = [:]
    ) async throws -> String {
        let folder = try Folder()
        for (name, text) in files { try folder.write(text, to: name) }
        let command = try await Command.run(
            arguments, in: folder, input: input, environment: environment)
        #expect(command.errors == "")
        #expect(command.status == .exited(0))
        return command.output
    }

    @Test(arguments: [
        ["-e", "print(1)"], ["-eprint(1)"], ["-e", "x = 1", "-e", "print(x)"],
        ["-ex=1", "-eprint(x)"],
        ["-l", "s", "-e", "print(s)"], ["-lt=s", "-e", "print(t)"],
        ["-e", "y = 1", "-l", "s", "-e", "print(y)"],
        ["run", "-ez=1", "--quiet", "-e", "print(z)"],
    ])
    func codeAndLibrariesRunInTheirOrder(arguments: [String]) async throws {
        let text = try await output(arguments, files: ["s.lua": "assert(not x) return y or 1"])
        #expect(text == "1\n")
    }

    @Test func theScriptFollowsWithItsArguments() async throws {
        let script = "print(x, arg[-2], arg[-1], arg[0], #arg, ...)"
        let text = try await output(
            ["-e", "x = 1", "s.lua", "-e", "2"], files: ["s.lua": script])
        #expect(text == "1\t-e\tx = 1\ts.lua\t2\t-e\t2\n")
        let changed = try await output(
            ["-e", "arg[1] = 'mine' arg[3] = 'more'", "s.lua", "a", "b"],
            files: ["s.lua": "print(...)"])
        #expect(changed == "mine\tb\tmore\n")
    }

    @Test func withoutAScriptTheProgramIsAtZero() async throws {
        let text = try await output(["-e", "print(arg[0], arg[1], #arg, arg[-1])"])
        #expect(text.hasSuffix("mohpo-lua\t-e\t2\tnil\n"))
    }

    @Test func aScriptComesFromStandardInput() async throws {
        let script = "#!shebang\nprint(..., arg[0], debug.getinfo(1, 'S').short_src)"
        #expect(try await output(["-", "a"], input: script) == "a\t-\tstdin\n")
        #expect(try await output(["-e", "print(io.read('l'))"], input: "line\n") == "line\n")
    }

    @Test(arguments: [
        (["LUA_INIT": "print(1)"], "1\n2\n"), (["LUA_INIT": "@i.lua"], "file\n2\n"),
        (["LUA_INIT": "print(1)", "LUA_INIT_5_4": "print(5)"], "5\n2\n"),
    ])
    func theEnvironmentRunsFirst(variables: [String: String], expected: String) async throws {
        let environment = variables.map { (Environment.Key(rawValue: $0)!, Optional($1)) }
        let text = try await output(
            ["-e", "print(2)"], environment: Dictionary(uniqueKeysWithValues: environment),
            files: ["i.lua": "print 'file'"])
        #expect(text == expected)
    }

    @Test func theEnvironmentCanBeIgnored() async throws {
        let text = try await output(
            ["-E", "-e", "print(package.path:find 'mine', package.cpath:find '%./c/')"],
            environment: [
                "LUA_INIT": "print 'initial'", "LUA_PATH": "./mine/?.lua",
                "LUA_CPATH_5_4": "./c/?.so",
            ])
        #expect(text == "nil\tnil\n")
    }

    @Test func theVersionsArePrintedFirst() async throws {
        let version = try await output(["-v"])
        #expect(version.hasPrefix("mohpo-lua ") && version.contains(", Lua 5.4."))
        #expect(try await output(["-v", "-e", "print(1)"]) == version + "1\n")
    }

    @Test func aSessionFollowsTheScript() async throws {
        let script = "x = ... data = 'mine'"
        let text = try await output(
            ["-i", "-e", "y = 2", "s.lua", "7"], input: "x, y\ndata, ag.Int(1, 2)\n",
            files: ["s.lua": script])
        #expect(text == "7\t2\nmine\tag.Int(1, 2)\n")
        #expect(try await output(["-i"], input: "1 + 1") == "2\n")
    }

    @Test func noSessionFollowsAFailure() async throws {
        let command = try await Command.run(
            ["-i", "-e", "error 'no'"], in: Folder(), input: "print(1)")
        #expect(command.output == "")
        #expect(command.status == .exited(1))
    }

    /// `-W` counts where it stands among the steps, and as the value of `-e` not at all.
    @Test(arguments: [
        (["-e", "warn '@off'", "-W", "-e", "warn 'heard'"], "Lua warning: heard\n"),
        (["-W", "-e", "warn '@off'", "-e", "warn 'not heard'"], ""),
        (["-e", "-W", "-e", "x"], "mohpo-lua: (command line):1: unexpected symbol near '-'\n"),
    ])
    func warningsAreTurnedOnInTheirPlace(arguments: [String], errors: String) async throws {
        #expect(try await Command.run(arguments, in: Folder()).errors == errors)
    }

    @Test func pathsAreTakenFromTheEnvironment() async throws {
        let text = try await output(
            ["-e", "print((require 'm'), package.cpath, #package.path > 20)"],
            environment: ["LUA_PATH_5_4": "./lib/?.txt;;", "LUA_CPATH_5_4": "./c/?.so"],
            files: ["m.lua": "return 'found beside'"])
        #expect(text == "found beside\t./c/?.so\ttrue\n")
    }

    @Test(arguments: [
        (["-e", "x x"], "mohpo-lua: (command line):1: syntax error near 'x'\n"),
        (["-e", "error('no', 0)"], "mohpo-lua: no\nstack traceback:\n"),
        (["-l", "nowhere"], "mohpo-lua: module 'nowhere' not found:\n"),
        (["-"], "mohpo-lua: stdin:1: syntax error near"),
    ])
    func aFailureIsOne(arguments: [String], message: String) async throws {
        let command = try await Command.run(arguments, in: Folder(), input: "x x")
        #expect(command.status == .exited(1))
        #expect(command.errors.hasPrefix(message))
    }

    @Test func anInitialFileThatIsNotThereIsNamed() async throws {
        let command = try await Command.run(
            ["-e", ""], in: Folder(), environment: ["LUA_INIT": "@nowhere.lua"])
        #expect(command.status == .exited(1))
        #expect(command.errors.hasPrefix("mohpo-lua: nowhere.lua: cannot open nowhere.lua"))
    }

    @Test(arguments: [["-e"], ["-l"], ["-e", "x = 1", "-l"]])
    func anOptionWithoutItsValueIsBadUsage(arguments: [String]) async throws {
        let command = try await Command.run(arguments, in: Folder())
        #expect(command.status == .exited(2))
    }

    // MARK: - Libraries that Debian packages

    private static func has(_ module: String) async -> Bool {
        let command = try? await Command.run(["-l", "m=\(module)"], in: Folder())
        return command?.status == .exited(0)
    }

    /// Runs where the library is installed; `make test-lua` installs all.
    @Test(arguments: [
        ("pl.List", "tostring(l { 1, 2 }:map('+', 1))", "{2,3}"),
        ("pl.pretty", "l.write({ 1, 'a' }, '')", "{1,\"a\"}"),
        ("cjson", "l.encode(l.decode('[1, {\"a\": null}]'))", "[1,{\"a\":null}]"),
        ("lpeg", "l.match(l.C(l.R('09')^1) / tonumber, '42x')", "42"),
        ("lfs", "l.attributes('s.lua', 'mode')", "file"),
    ])
    func aLibraryWorksInATrial(module: String, expression: String, value: String) async throws {
        guard await Self.has(module) else { try Test.cancel("\(module) is not installed") }
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 1 }, num_trials = 1,
              train = function(args, reporter)
                local l = require "\(module)"
                io.stdout:write(tostring(\(expression)))
                reporter { epoch = 1, loss = args.x }
                assert(l == require "\(module)")
              end }:run()
            assert(study.trials[1].state == "completed", study.trials[1].error)
            """
        #expect(try await output(["--quiet", "s.lua"], files: ["s.lua": script]) == value)
    }
}
