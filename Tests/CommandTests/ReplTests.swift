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

    /// Types at a terminal: each pair of arguments is what to wait for and the keys to press then.
    private static let typist = """
        import os, pty, signal, sys, termios
        signal.alarm(300)
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(TERM="xterm", XDG_STATE_HOME=os.getcwd() + "/state")
            os.execv(sys.argv[1], [sys.argv[1], "repl"])
        for sign, keys in zip(sys.argv[2::2], sys.argv[3::2]):
            seen = b""
            while sign.encode() not in seen:
                seen += os.read(terminal, 1024)
            os.write(terminal, keys.encode())
        status = os.waitpid(child, 0)[1]
        lines = termios.tcgetattr(terminal)[3] & (termios.ICANON | termios.ECHO)
        if lines != termios.ICANON | termios.ECHO: sys.exit("the terminal was left raw")
        sys.exit(status)
        """

    private func type(_ keys: [(sign: String, keys: String)], in folder: Folder) async throws {
        let arguments = ["-c", Self.typist, Command.program] + keys.flatMap { [$0.sign, $0.keys] }
        let result = try await Subprocess.run(
            .name("python3"), arguments: Arguments(arguments),
            workingDirectory: FilePath(folder.path), output: .string(limit: 4096),
            error: .string(limit: 4096))
        #expect(result.standardError == "")
        #expect(result.terminationStatus == .exited(0))
    }

    @Test func linesOfATerminalAreEditedCompletedAndRemembered() async throws {
        let folder = try Folder()
        let upArrow = "\u{1b}[A"
        try await type(
            [
                ("> ", "x = 41 + 1\r"), ("\n> ", "prin\t(x)\r"), ("42\r\n> ", "\(upArrow)\r"),
                ("42\r\n> ", "\u{4}"),
            ], in: folder)
        #expect(try folder.read("state/mohpo-lua/history") == "x = 41 + 1\nprint(x)\n")
    }

    /// A line that runs, and the shell afterwards, find the terminal as it was.
    @Test(arguments: ["\u{4}", "os.exit()\r"])
    func theTerminalIsGivenBack(ending: String) async throws {
        try await type(
            [
                ("> ", "print('on') print(io.read('l'))\r"), ("on\r\n", "typed\r"),
                ("typed\r\ntyped\r\n> ", ending),
            ], in: Folder())
    }

    @Test func anInterruptAtThePromptGivesUpWhatIsTyped() async throws {
        let controlC = "\u{3}"
        try await type(
            [
                ("> ", "x = 41\r"), ("\n> ", "x = 0 -- half a line"), ("a line", controlC),
                ("> ", "for i = 1, 2 do\r"), (">> ", "x = i"), ("x = i", controlC),
                ("> ", controlC), ("> ", "x + 1\r"), ("42\r\n> ", "\u{4}"),
            ], in: Folder())
    }

    /// As in `lua`: what was typed before is worth more than the line that takes too long.
    @Test(arguments: [
        "while true do end", "pcall(function() while true do end end)",
        "if co then coroutine.close(co) end co = coroutine.create(function() while true do end end) "
            + "coroutine.resume(co)",
        "ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = 'MIN' }, "
            + "scheduler = ag.hyperband { max_t = 1 }, num_trials = 2, "
            + "train = function() while true do end end }:run()",
    ])
    func anInterruptEndsTheLineAndNotTheSession(line: String) async throws {
        let controlC = "\u{3}"
        try await type(
            [
                ("> ", "x = 42\r"), ("\n> ", "print('on') \(line)\r"), ("on\r\n", controlC),
                ("> ", "x + 1, not co or not coroutine.resume(co), 2\r"),
                ("43\ttrue\t2\r\n> ", "print('on') \(line)\r"),
                ("on\r\n", controlC), ("> ", "x + 2\r"), ("44\r\n> ", "\u{4}"),
            ], in: Folder())
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
