import LuaHost
import Testing

/// Whatever trials do, the study ends, every trial has a state, and what was reported is there.
@Suite(.timeLimit(.minutes(10))) struct NeverHangsTests {
    /// What one trial in three does; the others report to the end. `e0` is a first report.
    static let misdeeds = [
        "return",
        "return nil, 'garbage', {}",
        "error('broken')",
        "error()",
        "error({})",
        "e0() return",
        "e0() error('late')",
        // Milestones skipped, met exactly, passed.
        "reporter { epoch = 2, loss = x } reporter { epoch = 5, loss = x } return",
        "for e = 2, 30, 5 do reporter { epoch = e, loss = x } end",
        "reporter { epoch = 9, loss = x }",
        "reporter { epoch = 10, loss = x }",
        "reporter { epoch = math.maxinteger, loss = x }",
        "for e = 1, 30 do reporter { epoch = e, loss = x } end",
        // Wrong reports, caught and not caught.
        "reporter()",
        "reporter {}",
        "reporter { epoch = 1 }",
        "reporter { epoch = 0, loss = x }",
        "reporter { epoch = 1, loss = 'low' }",
        "e0() e0()",
        "for i = 1, 5 do pcall(reporter, { loss = i }) end",
        "pcall(e0) pcall(e0) pcall(error)",
        "reporter { epoch = 1, loss = 0/0 } reporter { epoch = 4, loss = 1/0 }",
        // Where nothing can be suspended, and where nothing reports.
        "coroutine.wrap(e0)()",
        "table.sort({ 1, 2, 3 }, function(a, b) pcall(e0) return a < b end)",
        "for i = 1, 50 do coroutine.yield(i) end",
        "coroutine.yield() e0() coroutine.yield() error('after')",
        // Without end, but for trial_time_out.
        "while true do end",
        "e0() while true do pcall(error) end",
        "while true do coroutine.yield() end",
    ]

    private func script(
        _ misdeed: String, type: String, slots: Int, trials: Int, fields: String = ""
    ) -> String {
        let train = """
            count = (count or 0) + 1
            local x = args.x
            local function e0() reporter { epoch = 1, loss = x } end
            if count % 3 == 1 then \(misdeed)
            else for e = 1, 9 do reporter { epoch = e, loss = x } end end
            """
        return experiment(
            train, fields: "parallel_trials = \(slots), trial_time_out = 0.1, \(fields)",
            trials: trials
        )
        .replacing("max_t = 9, type = \"stopping\" }", with: "max_t = 9, type = '\(type)' }")
            + """
            local known = { completed = true, stopped = true, failed = true, paused = true }
            for id, t in ipairs(study.trials) do
              assert(known[t.state] and t.id == id and #t.reports == #study.history[id])
              assert(t.state == "failed" or not t.error)
            end
            out(#study.trials)
            """
    }

    @Test(arguments: misdeeds, ["stopping", "promotion"])
    func whateverATrialDoes(misdeed: String, type: String) async {
        for (slots, trials) in [(1, 2), (4, 2), (3, 10)] {
            let run = await ScriptRun.of(
                script(misdeed, type: type, slots: slots, trials: trials))
            #expect(run.failure == nil)
            #expect(run.lines == ["\(trials)"])
        }
    }

    @Test(arguments: [
        "while true do coroutine.yield() end", "e0() while true do coroutine.yield() end",
    ])
    func aTimeOutInTheMiddle(misdeed: String) async {
        for type in ["stopping", "promotion"] {
            let fields = "time_out = 0.02,"
            let script = script(misdeed, type: type, slots: 3, trials: 100_000, fields: fields)
                .replacing("trial_time_out = 0.1,", with: "")
            let run = await ScriptRun.of(script + "out((tostring(study):match('; ([^\\n]*)')))")
            #expect(run.failure == nil)
            #expect(run.lines.last == "the time was up")
        }
    }

    @Test func moreSlotsThanTrialsAndOrderOfArrival() async {
        for order in ["virtual", "arrival"] {
            let run = await ScriptRun.of(
                script(
                    "e0()", type: "promotion", slots: 64, trials: 3, fields: "order = '\(order)',"))
            #expect(run.lines == ["3"])
        }
    }

    /// The last trials in a space that runs out.
    @Test func aSpaceThatRunsOut() async {
        let run = await ScriptRun.of(
            script("e0()", type: "promotion", slots: 4, trials: 50)
                .replacing("ag.Real(0, 1)", with: "ag.Int(1, 5)"))
        #expect(run.lines == ["5"])
    }
}
