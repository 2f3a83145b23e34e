import LuaHost
import Testing

/// `ag.hyperband { resolution = … }`: resources that are no whole numbers.
@Suite struct ResolutionTests {
    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of(script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    /// Trials that report every 0.75 seconds, and another time at 1.
    private static func study(_ fields: String = "", run: String = "experiment:run()") -> String {
        """
        local ag = require "mohpo"
        local experiment = ag.experiment {
          space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 6, seed = 2,
          scheduler = ag.hyperband {
            time_attr = "seconds", max_t = 3, resolution = 0.5, type = "stopping", \(fields)
          },
          train = function(args, reporter)
            for _, s in ipairs { 0.75, 1, 1.5, 2.25, 3 } do
              reporter { seconds = s, loss = args.x / s, elapsed = s }
            end
          end }
        local study = \(run)

        """
    }

    @Test func theKeyIsTheExactNumberAndAWholeOneAnInteger() async {
        let script =
            Self.study() + """
                for _, r in ipairs(study.history[1]) do
                  out(r.seconds, r.resource, math.type(r.seconds), tostring(r):match "seconds %S+:")
                end
                """
        #expect(
            await lines(script) == [
                "0.75 0.75 float seconds 0.75:", "1 1 integer seconds 1:",
                "1.5 1.5 float seconds 1.5:", "2.25 2.25 float seconds 2.25:",
                "3 3 integer seconds 3:",
            ])
    }

    @Test(arguments: ["stopping", "promotion", "model"])
    func aSimulationIsTheSameAsARun(type: String) async {
        let show = """
            for _, t in ipairs(study.trials) do out(t.id, t.state, #t.reports) end
            for _, p in ipairs(study:pareto_front()) do out(p.trial, p.seconds, p.loss) end
            """
        let fields = "type = '\(type)', grace_period = 0.75"
        let script = { (run: String) in
            Self.study(fields, run: run).replacing("type = \"stopping\", ", with: "") + show
        }
        let run = await lines(script("experiment:run()"))
        #expect(await lines(script("ag.simulate(experiment)")) == run)
        #expect(run.count > 6 && run.contains { $0.contains("paused") || $0.contains("stopped") })
    }

    @Test func aShareOfTheDataMayBeTheResource() async {
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 9, seed = 2,
              scheduler = ag.hyperband {
                time_attr = "share", max_t = 1, resolution = 0.1, type = "stopping",
              },
              train = function(args, reporter)
                for tenths = 1, 10 do reporter { share = tenths / 10, loss = args.x } end
              end }:run()
            local rungs = {}
            for _, t in ipairs(study.trials) do
              if t.state == "stopped" then rungs[t.reports[#t.reports].share] = true end
            end
            for share in pairs(rungs) do assert(share == 0.1 or share == 0.3 or share == 0.9, share) end
            out(next(rungs) ~= nil, study:explain(1):match "at share 0.3 it continued" ~= nil)
            """
        #expect(await lines(script) == ["true true"])
    }

    @Test func askAndTellTakesFractions() async {
        let script = """
            local ag = require "mohpo"
            local open = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 1,
              scheduler = ag.hyperband { time_attr = "s", max_t = 2, resolution = 0.5, grace_period = 2 }, train = function() end,
            }:open()
            local trial = open:ask()
            out(trial.resource, trial:report { s = 0.75, loss = 1 }, trial:report { s = 0.75, loss = 1 })
            trial:checkpoint(0.75)
            out(pcall(trial.checkpoint, trial, 1.5))
            out(trial:report { s = 2, loss = 1 })
            """
        let lines = await lines(script)
        #expect(lines.first == "0 go go", "\(lines)")
        #expect(
            lines.dropFirst().first?.contains(
                "checkpoint: expected more than 0 and at most 0.75, the last report, got 1.5")
                == true, "\(lines)")
    }

    @Test(arguments: [
        ("max_t = 9, resolution = 0", "resolution: expected a number above 0, got 0"),
        ("max_t = 9, resolution = -0.5", "resolution: expected a number above 0, got -0.5"),
        ("max_t = 9, resolution = 0/0", "resolution: expected a number above 0, got"),
        ("max_t = 9, resolution = 1/0", "resolution: expected a number above 0, got inf"),
        ("max_t = 9, resolution = 'fine'", "resolution: expected a number above 0, got \"fine\""),
        ("max_t = 9, resolution = 10", "resolution: expected at most max_t (9), got 10"),
        (
            "max_t = 2.5",
            "max_t: expected an integer of at least 1, or a resolution other than 1, such as 0.5, "
                + "got 2.5"
        ),
        (
            "max_t = 0.5, resolution = 0.1, grace_period = 0.7",
            "grace_period: expected at most max_t"
        ),
        ("max_t = 9, resolutoin = 0.5", "resolution"),
    ])
    func aWrongSettingIsNamed(options: String, message: String) async {
        let lines = await lines(
            "local ag = require 'mohpo'; out(ag.hyperband { \(options), type = 'stopping' })")
        #expect(lines.count == 1 && lines[0].contains(message), "\(lines)")
    }

    /// The end of a study need not be a multiple of the resolution.
    @Test func theEndNeedsBeNoMultiple() async {
        let lines = await lines(
            "local ag = require 'mohpo'; "
                + "out(tostring(ag.hyperband { max_t = 1, resolution = 0.3, type = 'stopping' }))")
        #expect(lines == ["ag.hyperband(stopping, 0.3 to 1 by 3)"])
    }
}
