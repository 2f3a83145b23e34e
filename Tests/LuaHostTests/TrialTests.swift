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
        (
            "reporter { epoch = 100, loss = 1 } reporter { epoch = 101, loss = 1 } out 'never'",
            "1 completed 1 -"
        ),
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
        // A wrong report can be caught, and the trial continues.
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
                "reporter { epoch = 1, loss = 7 } reporter { epoch = 2, loss = 0/0 } "
                    + "reporter { epoch = 3, loss = 5 } reporter { epoch = 4, loss = -1/0 }",
                trials: 1)
            + "out(#study.history[1], #study:pareto_front(), study:best('loss').loss)"
        #expect(await ScriptRun.of(script).lines == ["4 1 5"])
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

    /// Where Lua can yield, also in coroutines of the script's own, the trial waits as it would in
    /// `train` itself: the search is the same.
    @Test(
        arguments: [
            "coroutine.wrap(FUNCTION)()",
            "local c = coroutine.create(FUNCTION) assert(coroutine.resume(c)) assert(coroutine.status(c) == 'dead')",
            "coroutine.wrap(function() coroutine.wrap(FUNCTION)() coroutine.yield() end)()",
            "for _ in coroutine.wrap(function() FUNCTION() coroutine.yield(1) end) do end",
            "assert(pcall(coroutine.wrap(function() assert(pcall(FUNCTION)) end)))",
            "local t = setmetatable({}, { __index = FUNCTION }) local _ = t.x",
            "pcall(pcall, reporter, { epoch = e, loss = args.x })",
        ], ["stopping", "promotion"])
    func aReporterMayBeCalledInCoroutines(call: String, type: String) async {
        let direct = "reporter { epoch = e, loss = args.x }"
        func run(_ body: String) async -> [String] {
            await trials(
                "for e = 1, 81 do \(body) end",
                fields: "parallel_trials = 4, "
                    + "scheduler = ag.hyperband { max_t = 81, type = '\(type)' },",
                trials: 12)
        }
        let nested = call.replacing("FUNCTION", with: "(function() \(direct) end)")
        #expect(await run(nested) == run(direct))
    }

    /// Networks train side by side there as well, with the results that they have in `train`.
    @Test func operationsSuspendCoroutinesOfTheScript() async {
        let direct = """
            local points, labels = {}, {}
            for i = 1, 4000 do points[i], labels[i] = { i % 7, i % 5 }, i % 3 == 0 end
            local set = data.table(points, labels)
            local m = nn.MLPClassifier { hidden_layer_sizes = { 8 }, learning_rate_init = args.x }
            for e = 1, 9 do m:partial_fit(set) reporter { epoch = e, loss = m:loss(set) } end
            """
        func run(_ body: String) async -> [String] {
            await trials(body, fields: "parallel_trials = 4,", trials: 8)
        }
        let nested = "coroutine.wrap(function() \(direct) end)()"
        #expect(await run(nested) == run(direct))
    }

    /// Where Lua cannot yield, the reporter refuses, at once and always: no report is kept.
    @Test(arguments: [
        "table.sort({ 1, 2 }, FUNCTION)", "('x'):gsub('x', FUNCTION)",
        "coroutine.wrap(function() table.sort({ 1, 2 }, FUNCTION) end)()",
        "table.sort({ 1, 2 }, coroutine.wrap(FUNCTION))",
    ])
    func aReporterThatCannotWaitRefuses(call: String) async {
        let report = "function() reporter { epoch = e, loss = 1 } end"
        let lines = await trials(
            "for e = 1, 9 do \(call.replacing("FUNCTION", with: report)) end", trials: 4)
        #expect(lines.count == 4)
        for line in lines {
            #expect(line.contains(" failed 0 "), "\(line)")
            #expect(line.contains("script.lua:10: reporter: trial "), "\(line)")
            #expect(line.contains("cannot wait here; call the reporter from train or from"))
        }
    }

    /// A coroutine that waits for one trial's reporter is not another trial's to resume.
    @Test func aCoroutineThatWaitsIsNotMoved() async {
        let train = """
            if not shared then
              shared = coroutine.create(function()
                for e = 1, 9 do reporter { epoch = e, loss = args.x } end
              end)
              assert(coroutine.resume(shared))
            else
              out(coroutine.status(shared), pcall(coroutine.resume, shared))
              out(pcall(coroutine.close, shared))
              reporter { epoch = 9, loss = 1 }
            end
            """
        let run = await ScriptRun.of(experiment(train, trials: 2))
        #expect(
            run.lines == [
                "suspended false cannot resume the coroutine of a trial",
                "false cannot close the coroutine of a trial",
            ], "\(run.lines)")
    }

    /// A trial that is stopped in a coroutine of its own closes that one's variables as well, once.
    @Test func coroutinesOfAStoppedTrialAreClosed() async {
        let train = """
            local function closing(name)
              return setmetatable({}, { __close = function() out(name, args.x > 1) end })
            end
            local outer <close> = closing('outer')
            coroutine.wrap(function()
              local inner <close> = closing('inner')
              for e = 1, 9 do reporter { epoch = e, loss = 1 - args.x } end
            end)()
            """
        let run = await ScriptRun.of(experiment(train, trials: 8) + "out(#study.trials)")
        let pairs = Array(repeating: ["inner false", "outer false"], count: 8).joined()
        #expect(run.lines == pairs + ["8"], "\(run.lines)")
    }

    @Test func aTrialThatIsOverIsNotResumed() async {
        let train = """
            if first then
              for _ = 1, 5 do coroutine.yield() end
            else
              first = true
              reporter { epoch = 9, loss = 1 }
              pcall(coroutine.wrap(function() reporter { epoch = 10, loss = 1 } end))
              for i = 1, 3 do out(i) coroutine.yield() end
            end
            """
        #expect(await ScriptRun.of(experiment(train, trials: 2)).lines == [])
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
