import LuaHost
import Testing

/// What reports keep with them: `reporter({ … }, { … })`.
@Suite struct KeptTests {
    private func run(
        _ fields: String, _ then: String, maxT: Int = 4,
        report: String = "reporter({ epoch = epoch, loss = 10 - epoch * args.x, size = epoch }, "
            + "{ model = mlp, note = 'e' .. epoch, id = args.x })"
    ) async -> ScriptRun {
        await ScriptRun.of(
            """
            local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
            local ds = data.table({ { 0 }, { 1 } }, { "a", "b" })
            local study = ag.experiment {
              space = { x = ag.Ordinal(1, 2) }, objectives = { loss = "MIN" }, num_trials = 2,
              parallel_trials = 1, seed = 1, \(fields)
              scheduler = ag.hyperband { max_t = \(maxT), grace_period = \(maxT) },
              train = function(args, reporter)
                local mlp = nn.MLPClassifier { hidden_layer_sizes = { 2 } }
                for epoch = 1, \(maxT) do mlp:partial_fit(ds) \(report) end
              end }:run()
            """ + "\n" + then)
    }

    private static let count = """
        local count = 0
        for _, reports in ipairs(study.history) do
          for _, report in ipairs(reports) do if report.kept then count = count + 1 end end
        end
        out(count)
        """

    @Test func theFrontKeepsWhatItWasGiven() async {
        let run = await run(
            "",
            """
            local p = study:pareto_front()[1]
            out(p.kept.note, p.kept.id == p.args.x, p.kept.model:score(ds) >= 0, #p.kept.model:predict(ds))
            out(p.kept == p.kept, rawequal(p.kept, study:best("loss").kept))
            for key in pairs(p) do assert(key ~= "kept") end
            out(tostring(p):find "kept")
            """ + "\n" + Self.count)
        #expect(
            run.lines == ["e4 true true 2", "true false", "nil", "1"],
            "\(run.lines) \(String(describing: run.failure)) \(run.messages)")
    }

    @Test(arguments: [("none", "0"), ("all", "8"), ("best", "1"), ("front", "1")])
    func aRuleSaysWhichReportsKeepIt(rule: String, count: String) async {
        let run = await run("keep = '\(rule)',", Self.count)
        #expect(run.lines == [count], "\(String(describing: run.failure)) \(run.messages)")
    }

    @Test(arguments: [
        ("reporter({ epoch = epoch, loss = 1 }, 3)", "reporter: kept: expected a table, got 3"),
        (
            "reporter({ epoch = epoch, loss = 1 }, { f = print })",
            "reporter: kept: f: expected plain values, got a function"
        ),
        (
            "reporter({ epoch = epoch, loss = 1, kept = 1 }, { a = 1 })",
            "reporter: kept: a point has a field of this name; choose another"
        ),
    ])
    func whatCannotBeKeptIsNamed(report: String, message: String) async {
        let run = await run("", "out(study.trials[1].error)", report: report)
        #expect(run.lines.first?.contains(message) == true, "\(run.lines)")
    }

    @Test func aSimulationKeepsItToo() async {
        let run = await ScriptRun.of(
            """
            local ag = require "mohpo"
            local study = ag.simulate(ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 3,
              scheduler = ag.hyperband { max_t = 3 },
              train = function(args, reporter)
                for epoch = 1, 3 do
                  reporter({ epoch = epoch, loss = args.x / epoch, elapsed = epoch }, { at = epoch })
                end
              end })
            local best = study:best "loss"
            out(best.kept.at == best.epoch)
            """)
        #expect(run.lines == ["true"], "\(String(describing: run.failure)) \(run.messages)")
    }
}
