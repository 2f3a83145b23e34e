import LuaHost
import Testing

/// Strings and booleans in reports, and names that look alike.
@Suite struct TextMetricTests {
    private func run(_ report: String, _ then: String) async -> ScriptRun {
        await ScriptRun.of(
            """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 1,
              scheduler = ag.hyperband { max_t = 2, grace_period = 2 },
              train = function(args, reporter)
                for epoch = 1, 2 do \(report) end
              end }:run()
            """ + "\n" + then)
    }

    @Test func theyAreInHistoryFrontAndExports() async {
        let run = await run(
            "reporter { epoch = epoch, loss = epoch, note = 'first\\0' .. epoch, good = epoch == 1, "
                + "raw = '\\xff' }",
            """
            local h, p = study.history[1], study:pareto_front()[1]
            out(h[2].note == "first\\0" .. 2, h[2].good, p.note == "first\\0" .. 1, p.good)
            out(p.raw == "\\xff", math.type(h[1].loss))
            local path = os.tmpname()
            study:save_csv(path)
            out((io.open(path):read():gsub("\\r", "")))
            os.remove(path)
            """)
        #expect(
            run.lines == [
                "true false true true", "true integer",
                "trial,epoch,loss,good,note,raw,on_front,state,x",
            ], "\(run.lines) \(run.messages)")
    }

    @Test func namesThatLookAlikeAreTwo() async {
        let run = await run(
            "reporter { epoch = epoch, loss = 1, ['\\u{e9}'] = 1, ['e\\u{301}'] = 2 }",
            "local r = study.history[1][1] out(r['\\u{e9}'], r['e\\u{301}'])")
        #expect(run.lines == ["1 2"])
    }

    @Test func anObjectiveIsANumber() async {
        let run = await run(
            "reporter { epoch = epoch, loss = '1' }", "out(study.trials[1].error:match '[^\\n]*')")
        #expect(
            run.lines.first?.contains("loss: expected a number, got a string") == true,
            "\(run.lines)")
    }

    /// One string, referred to by many reports.
    @Test func textsAreChargedToTheMemoryLimit() async {
        var settings = RunSettings()
        settings.memoryLimit = 64 << 20
        let run = await ScriptRun.of(
            """
            local ag = require "mohpo"
            local long = ("x"):rep(4 << 20)
            local study = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 1,
              scheduler = ag.hyperband { max_t = 200, grace_period = 200 },
              train = function(args, reporter)
                for epoch = 1, 200 do reporter { epoch = epoch, loss = 1, note = long } end
              end }:run()
            """, settings: settings)
        #expect(
            run.messages.contains { $0.contains("not enough memory for the reports of trial 1") },
            "\(run.lines) \(run.messages)")
    }
}
