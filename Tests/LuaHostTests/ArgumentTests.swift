import LuaHost
import Testing

/// A trial's arguments, which are tables with metatables of the program's, given to its own functions.
@Suite struct ArgumentTests {
    private static let prelude = """
        local ag = require "mohpo"
        local nn = require "mohpo.nn"
        local data = require "mohpo.data"
        local space = ag.space {
          widths = { ag.Int(2, 2), ag.Int(3, 3) }, hidden = { 8, 8 }, rows = { { 1, 2 }, { 3, 4 } },
          o = { alpha = ag.Categorical(0.5), hidden_layer_sizes = { 4, ag.Int(5, 5) } },
          c = ag.Choice { sgd = { momentum = 0.5 } }, f = print,
        }
        local args = space:sample(1)

        """

    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of(Self.prelude + script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    @Test(arguments: [
        ("nn.MLPClassifier { hidden_layer_sizes = args.widths }", "made"),
        ("nn.MLPClassifier { hidden_layer_sizes = args.hidden }", "made"),
        ("nn.MLPClassifier(args.o)", "made"),
        ("nn.MLPRegressor(args.o)", "made"),
        ("data.table({ args.widths, args.hidden }, { 1, 2 })", "made"),
        ("data.table(args.rows, args.widths)", "made"),
        ("data.table(args.rows, args.rows, { regression = true })", "made"),
        ("ag.Categorical(args.widths)", "made"),
        ("ag.Categorical({ args.widths, args.hidden })", "made"),
        ("ag.space { again = args.o, args = args.widths }", "made"),
        ("ag.space(args)", "made"),
        ("ag.space { x = args }", "made"),
        // The rest of the rules hold for them as for plain tables.
        ("nn.MLPClassifier(args.c)", "nn.MLPClassifier: name: unknown option"),
        ("nn.MLPClassifier { hidden_layer_sizes = args.o }", "expected an array without holes"),
        ("nn.MLPClassifier { hidden_layer_sizes = args.rows }", "expected an integer, got a table"),
    ])
    func areTakenAsPlainTables(call: String, message: String) async {
        let lines = await lines("local made = \(call) out('made')")
        #expect(lines.count == 1 && lines[0].contains(message), "\(lines)")
    }

    @Test(arguments: [
        "setmetatable({}, { __index = args.widths })",
        "setmetatable({}, { __index = function(_, i) return i < 3 and i or nil end })",
        "setmetatable({ 4, 5 }, {})",
        "setmetatable({ 4, 5 }, { [{}] = { 4, 5 }, [1] = { 4, 5 }, __metatable = false })",
        "setmetatable({}, { __index = args, __pairs = pairs, __name = 'args.widths' })",
    ])
    func aMetatableOfTheScriptsIsRefused(table: String) async {
        let lines = await lines("nn.MLPClassifier { hidden_layer_sizes = \(table) }")
        #expect(lines.count == 1, "\(lines)")
        #expect(lines[0].contains("expected a plain table, got one with a metatable"), "\(lines)")
    }

    /// What a checkpoint gives back of the arguments is a plain table.
    @Test func areKeptInACheckpoint() async {
        let train = """
            local kept = reporter:restore()
            if not kept then
              reporter:checkpoint { a = args, w = args.widths, o = args.o, n = { args.widths } }
              error "again"
            end
            local plain = getmetatable(kept.a) == nil and getmetatable(kept.w) == nil
            kept.w[3] = 7
            out(plain, kept.a.widths[2], #kept.w, kept.o.alpha, kept.n[1][1], kept.a.c.name)
            reporter { epoch = 1, loss = 1 }
            """
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = {
                widths = { ag.Int(2, 2), ag.Int(3, 3) }, o = { alpha = 0.5 },
                c = ag.Choice { sgd = {} },
              },
              objectives = { loss = "MIN" }, num_trials = 1, retries = 1,
              scheduler = ag.hyperband { max_t = 1 },
              train = function(args, reporter) \(train) end,
            }:run()
            out(study.trials[1].error)
            """
        let run = await ScriptRun.of(script)
        #expect(run.lines == ["true 3 3 0.5 2 sgd", "nil"], "\(run.messages)")
        #expect(run.failure == nil)
    }

    /// What only Lua can hold is no more kept among arguments than elsewhere.
    @Test func whatCannotBeKeptIsNamed() async {
        let run = await ScriptRun.of(
            experiment(
                "reporter:checkpoint { a = args }", maxT: 1, trials: 1
            ).replacing("x = ag.Real(0, 1)", with: "x = ag.Real(0, 1), f = print")
                + "out(study.trials[1].error)")
        #expect(run.lines.first?.contains("a: f: expected plain values") == true, "\(run.lines)")
    }
}
