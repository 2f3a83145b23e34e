import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// `mohpo-lua repl` with lines from a pipe.
@Suite struct ReplTests {
    private func session(_ lines: String) async throws -> Command {
        try await Command.run(["repl"], in: Folder(), input: lines)
    }

    @Test(arguments: [
        ("1 + 1", "2\n"), ("x = 3\nx, 'text'", "3\ttext\n"), ("nil", "nil\n"), ("", ""),
        ("for i = 1, 2 do\nprint(i)\nend\n'after'", "1\n2\nafter\n"),
        ("f = function(a)\n\nreturn a end f(5)\nf(6)", "6\n"),
        ("{ 3, 'a', x = { y = true } }", "{ 3, \"a\", x = { y = true } }\n"),
        ("t = { 1 } t.t = t\nt.t == t, {}", "true\t{}\n"),
        ("ag.Int(1, 2), nn.MLPRegressor() ~= nil", "ag.Int(1, 2)\ttrue\n"),
        ("#data.table({ { 1 }, { 2 } }, { 'a', 'b' })", "2\n"),
        ("io.read('l')\nthis line", "this line\n"),
        ("setmetatable({}, { __tostring = function() return 'mine' end })", "mine\n"),
    ])
    func linesAreEvaluated(lines: String, output: String) async throws {
        let command = try await session(lines)
        #expect(command.output == output)
        #expect(command.errors == "")
        #expect(command.status == .exited(0))
    }

    @Test(arguments: [
        ("error('boom')\n7", "stdin:1: boom\nstack traceback:"),
        ("x x\n7", "stdin:1: syntax error near 'x'\n"),
        ("error({ code = 4 })\n7", "{ code = 4 }\n"),
        ("ag.Int(2, 1)\n7", "stdin:1: ag.Int: "),
    ])
    func anErrorEndsItsLineAlone(lines: String, message: String) async throws {
        let command = try await session(lines)
        #expect(command.output == "7\n")
        #expect(command.errors.hasPrefix(message))
        #expect(command.status == .exited(0))
    }

    @Test func theEnvironmentRunsFirst() async throws {
        let command = try await Command.run(
            ["repl"], in: Folder(), input: "x", environment: ["LUA_INIT": "x = 'set'"])
        #expect(command.output == "set\n")
    }

    /// Types at a terminal, each line when what it waits for has been shown.
    private static let typist = """
        import os, pty, sys
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(TERM="xterm", XDG_STATE_HOME=os.getcwd() + "/state")
            os.execv(sys.argv[1], [sys.argv[1], "repl"])
        for sign, keys in [("> ", "x = 41 + 1\\r"), ("\\n> ", "prin\\t(x)\\r"),
                           ("42\\r\\n> ", "\\x1b[A\\r"), ("42\\r\\n> ", "\\x04")]:
            seen = b""
            while sign.encode() not in seen:
                seen += os.read(terminal, 1024)
            os.write(terminal, keys.encode())
        sys.exit(os.waitpid(child, 0)[1])
        """

    @Test func linesOfATerminalAreEditedCompletedAndRemembered() async throws {
        let folder = try Folder()
        let result = try await Subprocess.run(
            .name("python3"), arguments: ["-c", Self.typist, Command.program],
            workingDirectory: FilePath(folder.path), output: .string(limit: 4096),
            error: .string(limit: 4096))
        #expect(result.standardError == "")
        #expect(result.terminationStatus == .exited(0))
        #expect(try folder.read("state/mohpo-lua/history") == "x = 41 + 1\nprint(x)\n")
    }

    @Test func anExperimentRuns() async throws {
        let lines = """
            e = ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 1 }, num_trials = 2,
              train = function(args, report) report { epoch = 1, loss = args.x } end }
            s = e:run()
            #s, s:best "loss".trial ~= nil
            """
        let command = try await session(lines)
        #expect(command.output == "2\ttrue\n")
    }
}
