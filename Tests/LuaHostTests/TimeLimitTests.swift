import LuaHost
import Running
import Testing

/// `trial_time_out`: a trial that computes for too long fails, the others continue.
@Suite struct TimeLimitTests {
    /// Trial 2 does `misdeed`, the others report to the end. Gives `id state reports error`.
    ///
    /// Where the machine was too busy for what has to be done in time, it is tried again with a
    /// longer limit, which the lines call `LIMIT`.
    private func trials(
        _ misdeed: String, data: String = "",
        inTime: ([String]) -> Bool = { !$0.contains { $0.contains(/time_out: trial [134]/) } }
    ) async -> [String] {
        var lines: [String] = []
        for limit in [0.2, 1, 5, 25] {
            lines = await trials(misdeed, limit: limit, data: data)
            if inTime(lines) { break }
        }
        return lines
    }

    private func trials(_ misdeed: String, limit: Double, data: String) async -> [String] {
        let train = """
            count = (count or 0) + 1
            if count == 2 then \(misdeed) end
            for e = 1, 9 do reporter { epoch = e, loss = 1 } end
            """
        let script =
            data + experiment(train, fields: "trial_time_out = \(limit),", trials: 4)
            + "for _, t in ipairs(study.trials) do"
            + " out(t.id, t.state, #t.reports, (t.error or '-'):match('[^\\n]*')) end"
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil)
        return run.lines.map { $0.replacing("\(limit) seconds", with: "LIMIT seconds") }
    }

    @Test(arguments: [
        "while true do end",
        "repeat until false",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(error) end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "local co = coroutine.create(function() while true do pcall(error) end end) "
            + "while true do coroutine.resume(co) end",
        "coroutine.wrap(coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end))()",
        "while true do coroutine.yield() end",
        "local function f() return f() end f()",
        "table.sort({ 1, 2, 3 }, function() while true do end end)",
        "local _ = setmetatable({}, { __index = function() while true do end end }).x",
        "while true do xpcall(function() while true do end end, function(m) return m end) end",
    ])
    func anEndlessLoopFailsItsTrialAlone(misdeed: String) async {
        let lines = await trials(misdeed)
        #expect(lines.count == 4)
        for (index, line) in lines.enumerated() where index != 1 {
            #expect(line == "\(index + 1) completed 9 -")
        }
        #expect(lines[1].hasPrefix("2 failed 0 script.lua:"), "\(lines)")
        #expect(
            lines[1].hasSuffix(
                "trial_time_out: trial 2 has computed for more than LIMIT seconds"), "\(lines)")
    }

    @Test func aLongOperationIsEnded() async {
        let misdeed = """
            local mlp = nn.MLPClassifier { hidden_layer_sizes = { 200, 200 }, max_iter = 1000000000,
              n_iter_no_change = 1000000000, tol = 0 }
            while true do pcall(mlp.fit, mlp, small) end
            """
        let lines = await trials(misdeed, data: smallData)
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix("2 failed 0 script.lua:"), "\(lines)")
        #expect(lines[1].contains("trial_time_out: trial 2"), "\(lines)")
        #expect(lines[0] == "1 completed 9 -" && lines[3] == "4 completed 9 -")
    }

    @Test func whatItReportedIsKeptAndItsVariablesAreClosed() async {
        let misdeed = """
            local held <close> = setmetatable({}, { __close = function() out "closed" end })
            reporter { epoch = 1, loss = 1 }
            while true do end
            """
        let second = "2 failed 1 script.lua:"
        let lines = await trials(misdeed) { $0.contains { $0.hasPrefix(second) } }
        #expect(lines.first == "closed")
        #expect(lines.dropFirst(2).first?.hasPrefix(second) == true, "\(lines)")
    }

    /// Time that a trial waits is not its own.
    @Test func theClockOfATrialStandsWhileItWaits() async throws {
        var clock = ComputeTime()
        clock.start()
        try await Task.sleep(for: .milliseconds(2))
        clock.start()
        clock.stop()
        let computed = clock.total
        #expect(computed >= .milliseconds(2))
        try await Task.sleep(for: .milliseconds(2))
        clock.stop()
        #expect(clock.total == computed)
        clock.add(.seconds(3))
        #expect(clock.total == computed + .seconds(3))
    }

    @Test func inPromotionToo() async {
        let train = """
            for e = 1, 9 do
              if e == 2 then while true do end end
              reporter { epoch = e, loss = args.x }
            end
            """
        let run = await ScriptRun.of(
            experiment(train, fields: "trial_time_out = 0.05,", trials: 9)
                .replacing("max_t = 9, type = \"stopping\"", with: "max_t = 9, type = 'promotion'")
                + "local n = { failed = 0, paused = 0 } "
                + "for _, t in ipairs(study.trials) do n[t.state] = n[t.state] + 1 end "
                + "out(n.failed > 0, n.failed + n.paused)")
        #expect(run.lines == ["true 9"])
    }

    @Test(arguments: ["0", "-1", "'x'", "1/0"])
    func aWrongLimitIsNamed(limit: String) async {
        let run = await ScriptRun.of(experiment("", fields: "trial_time_out = \(limit),"))
        #expect(
            run.failure?.message.contains("ag.experiment: trial_time_out: expected a number")
                == true)
    }

    /// The wrapped functions behave as Lua's own where nothing is watched.
    @Test func coroutinesOutsideTrialsAreAsEver() async {
        let script = """
            local co = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end)
            out(co(1), co(5))
            out(select(2, pcall(coroutine.create, 3)))
            out(coroutine.resume(coroutine.create(function(...) return select("#", ...) end), nil, nil))
            """
        let lines = await ScriptRun.of(script).lines
        #expect(lines.count == 3)
        #expect(lines[0] == "2 10" && lines[2] == "true 2")
        #expect(lines[1].contains("bad argument #1 to"), "\(lines)")
    }
}
