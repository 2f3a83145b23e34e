import Subprocess
import Testing

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
