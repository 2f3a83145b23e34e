import LuaHost
import Testing

/// Spaces on their own: `ag.space` and `experiment.space`.
@Suite struct SpaceTests {
    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of("local ag = require 'mohpo'\n" + script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    static let cases: [(script: String, expected: [String])] = [
        // 3 · 2 · (1 + 4) configurations
        (
            "out(ag.space { a = ag.Int(1, 3), b = ag.Bool(), epochs = 50, "
                + "c = ag.Choice { x = {}, y = { d = ag.Ordinal(1, 2, 3, 4) } } }:size())", ["30"]
        ),
        ("out(ag.space({ a = ag.Real(0, 1) }):size() == math.huge)", ["true"]),
        ("out(ag.space({}):size())", ["1"]),
        (
            "local s = ag.space { a = ag.Int(1, 9), n = { 5, ag.Bool() }, k = 7 } "
                + "local p = s:sample(3) out(p.a >= 1 and p.a <= 9, p.n[1], p.k, type(p.n[2])) "
                + "out(tostring(p) == tostring(s:sample(3)), s:defaults().a)",
            ["true 5 7 boolean", "true 5"]
        ),
        (
            "local s = ag.space { a = ag.Bool() } out(s)",
            ["space: 2 configurations\n  a: Bool()"]
        ),
        (
            "ag.space(3)",
            ["script.lua:2: ag.space: expected a table of parameters and constants, got 3"]
        ),
        (
            "ag.space { ['a.b'] = ag.Bool(), a = { b = ag.Bool() } }",
            ["script.lua:2: ag.space: a.b: expected one parameter of this name, got two"]
        ),
        (
            "ag.space { x = ag.Real }",
            [
                "script.lua:2: ag.space: x: expected a domain such as ag.Real(low, high), "
                    + "got the function ag.Real itself (parentheses are missing?)"
            ]
        ),
        (
            "out(ag.space { score = ag.hypervolume, f = print })",
            ["space: 1 configuration\n  f = function\n  score = function"]
        ),
        (
            "ag.space { n = { 4, ag.Bool } }",
            [
                "script.lua:2: ag.space: n.2: expected a domain such as ag.Real(low, high), "
                    + "got the function ag.Bool itself (parentheses are missing?)"
            ]
        ),
        (
            "local space = ag.space { f = function() return ag.Real end, g = print, "
                + "h = require('mohpo.nn').load } out(space:defaults().f() == ag.Real)",
            ["true"]
        ),
        (
            "ag.space({}):sample()",
            ["script.lua:2: bad argument #1 to 'sample' (integer expected, got no value)"]
        ),
        (
            "ag.space({}):sample(1, 0)",
            ["script.lua:2: sample: trial: expected an integer of at least 1, got 0"]
        ),
        (
            "ag.space({ a = 1 }):sample(1).a = 2",
            ["script.lua:2: args.a: the arguments of a trial are read-only"]
        ),
    ]

    @Test(arguments: cases)
    func onItsOwn(script: String, expected: [String]) async {
        #expect(await lines(script) == expected)
    }

    /// Every value of a small space is drawn, and nothing else.
    @Test func samplesCoverTheSpace() async {
        let script = """
            local s = ag.space { a = ag.Int(1, 4, { log = true }), b = ag.Categorical("x", "y") }
            local seen, n = {}, 0
            for seed = 1, 500 do
              local p = s:sample(seed)
              local key = p.a .. p.b
              if not seen[key] then seen[key] = true n = n + 1 end
            end
            out(n, s:size())
            """
        #expect(await lines(script) == ["8 8"])
    }

    /// What `sample` gives is what the trials of a study get.
    @Test func aStudyDrawsTheSame() async {
        let script =
            experiment(
                "reporter { epoch = 1, loss = args.x }",
                fields: "seed = 7, first_is_default = false,")
                + """
                for id, trial in ipairs(study.trials) do
                  out(trial.args.x == experiment.space:sample(7, id).x)
                end
                out(experiment.space)
                """
        #expect(
            await ScriptRun.of(script).lines == [
                "true", "true", "true",
                "space: infinitely many configurations\n  x: Real(0.0, 1.0)",
            ])
    }

    @Test func aSpaceCanBeSharedAndNested() async {
        let script = """
            local optimizer = ag.space { rate = ag.Real(1e-3, 1, { log = true }), f = function() end }
            local space = ag.space { optimizer = optimizer, depth = ag.Int(1, 2) }
            for i = 1, 2 do
              local study = ag.experiment {
                space = space, objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 },
                num_trials = 3,
                train = function(args, reporter)
                  assert(type(args.optimizer.f) == "function")
                  reporter { epoch = 1, loss = args.optimizer.rate * args.depth }
                end }:run()
              out(#study:pareto_front(), study.trials[1].state)
            end
            """
        #expect(await lines(script) == ["1 completed", "1 completed"])
    }
}
