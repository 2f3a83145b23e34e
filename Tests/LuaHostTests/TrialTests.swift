import LuaHost
import Testing

/// What a trial may do, and what becomes of it.
@Suite struct TrialTests {
    /// Runs an experiment and gives `id state reports error` of every trial.
    private func trials(
        _ train: String, fields: String = "", maxT: Int = 9, trials: Int = 3
    ) async -> [String] {
        let script =
            experiment(train, fields: fields, maxT: maxT, trials: trials)
            + "for _, t in ipairs(study.trials) do"
            + " out(t.id, t.state, #t.reports, (t.error or '-'):match('[^\\n]*')) end"
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil)
        return run.lines
    }

    @Test(arguments: [
        ("", "1 completed 0 -"),
        ("return 5, {}, 'garbage'", "1 completed 0 -"),
        ("reporter { epoch = 1, loss = 1 }", "1 completed 1 -"),
        ("for e = 1, 100 do reporter { epoch = e, loss = 1 } end", "1 completed 9 -"),
        ("for e = 2, 100, 4 do reporter { epoch = e, loss = 1 } end", "1 completed 3 -"),
        ("reporter { epoch = 100, loss = 1 } out 'never'", "1 completed 1 -"),
        ("error('broken')", "1 failed 0 script.lua:10: broken"),
        ("reporter { epoch = 1, loss = 1 } error('late')", "1 failed 1 script.lua:10: late"),
        ("error()", "1 failed 0 nil"),
        ("error { code = 7 }", "1 failed 0 { code = 7 }"),
        (
            "local t = nil; t.x = 1",
            "1 failed 0 script.lua:10: attempt to index a nil value (local 't')"
        ),
        ("coroutine.yield(1); reporter { epoch = 9, loss = 1 }", "1 completed 1 -"),
        // Row 39: every wrong report names the field and the trial.
        (
            "reporter { epoch = 1 }",
            "1 failed 0 script.lua:10: reporter: loss: expected a number, got nothing (trial 1)"
        ),
        (
            "reporter { epoch = 1, loss = 'x' }",
            "1 failed 0 script.lua:10: reporter: loss: expected a number, got a string (trial 1)"
        ),
        (
            "reporter { epoch = 1, loss = true }",
            "1 failed 0 script.lua:10: reporter: loss: expected a number, got a boolean (trial 1)"
        ),
        (
            "reporter { loss = 1 }",
            "1 failed 0 script.lua:10: reporter: epoch: expected a positive integer, got nothing (trial 1)"
        ),
        (
            "reporter { epoch = 0, loss = 1 }",
            "1 failed 0 script.lua:10: reporter: epoch: expected a positive integer, got 0 (trial 1)"
        ),
        (
            "reporter { epoch = 2.5, loss = 1 }",
            "1 failed 0 script.lua:10: reporter: epoch: expected a positive integer, got 2.5 (trial 1)"
        ),
        (
            "reporter { epoch = 2, loss = 1 } reporter { epoch = 1, loss = 1 }",
            "1 failed 1 script.lua:10: reporter: epoch: expected an integer greater than 2, got 1 (trial 1)"
        ),
        ("reporter(3)", "1 failed 0 script.lua:10: reporter: expected a table of metrics, got 3"),
        (
            "reporter { 1, 2 }",
            "1 failed 0 script.lua:10: reporter: expected names as keys, found 1"
        ),
        (
            "reporter { epoch = 1, loss = 1, args = 3 }",
            "1 failed 0 script.lua:10: reporter: args: a point has a field of this name; choose another"
        ),
        // A wrong report can be caught, and the trial goes on.
        ("pcall(reporter, {}) reporter { epoch = 9, loss = 1 }", "1 completed 1 -"),
        // The arguments
        ("args.x = 1", "1 failed 0 script.lua:10: args.x: the arguments of a trial are read-only"),
        (
            "return args.y",
            "1 failed 0 script.lua:10: args.y: there is no such parameter; there are x"
        ),
    ])
    func aTrialEndsAsItShould(train: String, outcome: String) async {
        #expect(await trials(train, trials: 1) == [outcome])
    }

    @Test func oneTrialThatFailsLeavesTheOthersAlone() async {
        let lines = await trials(
            "for e = 1, 9 do if e == 2 and args.x ~= 0.5 then error('no') end reporter { epoch = e, "
                + "loss = 1 } end")
        #expect(lines.count == 3)
        #expect(lines[0] == "1 completed 9 -")
        #expect(lines[1...].allSatisfy { $0.hasSuffix("failed 1 script.lua:10: no") })
    }

    @Test func nanAndInfinityAreKeptAndNeverOnTheFront() async {
        let script =
            experiment(
                "reporter { epoch = 1, loss = 0/0 } reporter { epoch = 2, loss = -1/0 } "
                    + "reporter { epoch = 3, loss = 5 }", trials: 1)
            + "out(#study.history[1], #study:pareto_front(), study:best('loss').loss)"
        #expect(await ScriptRun.of(script).lines == ["3 1 5"])
    }

    @Test func closeVariablesRunOnceWhenATrialIsStopped() async {
        let train = """
            local held <close> = setmetatable({}, { __close = function() out('closed', args.x > 1) end })
            for e = 1, 9 do reporter { epoch = e, loss = 1 - args.x } end
            """
        let run = await ScriptRun.of(experiment(train, trials: 8) + "out(#study.trials)")
        #expect(run.lines == Array(repeating: "closed false", count: 8) + ["8"])
    }

    @Test func aReporterKeptTooLongIsRefused() async {
        let script =
            experiment("kept = reporter; reporter { epoch = 9, loss = 1 }", trials: 1)
            + "out(pcall(kept, { epoch = 10, loss = 1 })); kept = nil; collectgarbage()"
        let lines = await ScriptRun.of(script).lines
        #expect(lines.count == 1 && lines[0].hasPrefix("false script.lua:"), "\(lines)")
    }

    @Test func anotherTrialsReporterIsRefused() async {
        let train = """
            others = others or reporter
            if others ~= reporter then out(select(2, pcall(others, { epoch = 50, loss = 0 }))) end
            reporter { epoch = 1, loss = args.x }
            """
        let run = await ScriptRun.of(experiment(train, trials: 2))
        #expect(
            run.lines.count == 1 && run.lines[0].contains("it belongs to trial 1"), "\(run.lines)")
    }

    /// A reporter called where nothing can be suspended still waits for the decision.
    @Test(arguments: [
        "coroutine.wrap(function() reporter { epoch = e, loss = args.x } end)()",
        "table.sort({ 1, 2 }, function(a, b) if not done then done = true "
            + "reporter { epoch = e, loss = args.x } end return a < b end)",
        "pcall(pcall, reporter, { epoch = e, loss = args.x })",
    ])
    func aReporterMayBeCalledFromAnywhere(call: String) async {
        let train = "for e = 1, 9 do local done = false; \(call) end"
        let plain = await trials(
            "for e = 1, 9 do reporter { epoch = e, loss = args.x } end", trials: 9)
        let nested = await trials(train, fields: "parallel_trials = 1,", trials: 9)
        let reports = { (lines: [String]) in lines.map { $0.split(separator: " ")[2] } }
        let serial = await trials(
            "for e = 1, 9 do reporter { epoch = e, loss = args.x } end",
            fields: "parallel_trials = 1,", trials: 9)
        #expect(reports(nested) == reports(serial))
        #expect(plain.count == 9)
    }

    /// Where the decision hangs on a trial that waits below on the same stack, the trial fails; the
    /// study goes on.
    @Test(arguments: ["coroutine.wrap(WAIT)()", "pcall(coroutine.wrap(WAIT))"])
    func aReporterThatCannotWaitFailsItsTrialAlone(call: String) async {
        let wait = "function() reporter { epoch = e, loss = 1 } end"
        let lines = await trials(
            "for e = 1, 81 do \(call.replacing("WAIT", with: wait)) end",
            fields: "parallel_trials = 3,", maxT: 81, trials: 6)
        #expect(lines.count == 6)
        #expect(lines.contains { $0.contains("completed 81 -") })
        let failed = lines.filter { $0.contains(" failed ") }
        #expect(!failed.isEmpty)
        for line in failed {
            #expect(line.contains("script.lua:10: reporter: trial "), "\(line)")
            #expect(line.contains("cannot wait here; call the reporter from train itself"))
        }
        #expect(!lines.contains { $0.contains("running") })
    }

    /// A paused trial that could not wait fails when it is promoted, and leaves its slot.
    @Test func aPromotedTrialThatCouldNotWaitFails() async {
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" }, num_trials = 20,
              scheduler = ag.hyperband { max_t = 81, type = "promotion" }, parallel_trials = 3,
              train = function(args, reporter)
                for e = 1, 81 do
                  coroutine.wrap(function() reporter { epoch = e, loss = args.x } end)()
                end
              end }:run()
            local count = {}
            for _, t in ipairs(study.trials) do count[t.state] = (count[t.state] or 0) + 1 end
            out(#study.trials, count.running, tostring(study):match '; ([^%c]*)')
            for _, t in ipairs(study.trials) do
              assert(not t.error or t.error:find 'cannot wait here')
            end
            """
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil)
        #expect(run.lines == ["20 nil all trials were run"], "\(run.lines) \(run.messages)")
    }

    @Test func aTrialThatIsOverIsNotResumed() async {
        let train = """
            if first then
              for _ = 1, 5 do coroutine.yield() end
            else
              first = true
              pcall(coroutine.wrap(function() reporter { epoch = 9, loss = 1 } end))
              for i = 1, 3 do out(i) coroutine.yield() end
            end
            """
        #expect(await ScriptRun.of(experiment(train, trials: 2)).lines == ["1"])
    }

    @Test func randomNumbersInATrialAreItsOwn() async {
        let train =
            "local r = math.random(1000000) coroutine.yield() "
            + "reporter { epoch = 9, loss = r + math.random() }"
        let script =
            experiment(train, fields: "parallel_trials = 3,")
            + "for _, h in ipairs(study.history) do out(h[1].loss) end"
        let first = await ScriptRun.of("math.randomseed(1)\n" + script).lines
        let second = await ScriptRun.of("math.randomseed(2); math.random()\n" + script).lines
        #expect(first == second)
        #expect(Set(first).count == 3)
    }

    @Test func conditionalParametersOfOtherBranchesAreNil() async {
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment {
              space = { layers = { ag.Int(1, 2), 7 }, opt = ag.Choice { a = { b = ag.Bool() }, c = { d = 3 } },
                nested = { f = function() return 'called' end, s = 'text' } },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 8,
              train = function(args, reporter)
                assert(#args.layers == 2 and args.layers[2] == 7)
                assert(args.nested.f() == 'called' and args.nested.s == 'text')
                if args.opt.name == 'a' then assert(type(args.opt.b) == 'boolean' and args.opt.d == nil)
                else assert(args.opt.name == 'c' and args.opt.d == 3 and args.opt.b == nil) end
                for _ in pairs(args) do end
                reporter { epoch = 1, loss = 1 }
              end }:run()
            for _, t in ipairs(study.trials) do if t.error then out(t.error) end end
            out(#study.trials)
            """
        // 2 layers × (2 + 1) branches: the space runs out before the eight trials.
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil)
        #expect(run.lines == ["6"])
    }
}
