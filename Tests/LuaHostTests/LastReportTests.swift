import LuaHost
import Testing

/// The report that reaches `max_t` returns, and what a script is told of reports at the end.
@Suite struct LastReportTests {
    private func run(_ train: String, _ after: String = "", fields: String = "") async -> ScriptRun
    {
        let run = await ScriptRun.of(experiment(train, fields: fields) + after)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        return run
    }

    @Test(arguments: [1, 4]) func codeBehindTheLoopRuns(slots: Int) async {
        let train = """
            local net = nn.MLPClassifier { hidden_layer_sizes = { 2 }, seed = 1 }
            local ds = data.table({ { 0 }, { 1 } }, { 0, 1 })
            net:partial_fit(ds)
            for e = 1, 9 do reporter { epoch = e, loss = 1 } end
            coroutine.yield()
            out(reporter.trial, net:score(ds) <= 1, reporter:checkpoint { 1 })
            """
        let run = await run(
            train, "for _, t in ipairs(study.trials) do out(t.state, #t.reports) end",
            fields: "parallel_trials = \(slots),")
        #expect(
            run.lines.prefix(3).sorted() == ["1 true", "2 true", "3 true"], "\(run.lines)")
        #expect(run.lines.suffix(3) == ["completed 9", "completed 9", "completed 9"])
        #expect(run.messages == [])
    }

    /// The study is what it would be without the code behind the loop.
    @Test(arguments: ["stopping", "promotion"])
    func nothingBehindTheLastReportCounts(type: String) async {
        func script(_ behind: String) -> String {
            """
            local ag = require "mohpo"
            local study = ag.experiment { space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = "\(type)" }, num_trials = 12, seed = 3,
              parallel_trials = 2,
              train = function(args, reporter)
                for e = 1, 9 do reporter { epoch = e, loss = args.x / e } end
                \(behind)
              end }:run()
            """
        }
        let plain = await ScriptRun.of(script(""))
        for behind in [
            "error 'late'", "reporter { epoch = 10, loss = -1 } out 'never'",
            "for i = 1, 3 do coroutine.yield() end", "pcall(reporter, { epoch = 'x' }) out 'never'",
        ] {
            let run = await ScriptRun.of(script(behind))
            #expect(run.failure == nil && run.lines == [], "\(behind)")
            #expect(run.studies == plain.studies, "\(behind)")
            let late = run.messages.filter { $0.contains("after its last report: script.lua:") }
            #expect(late.isEmpty == !behind.hasPrefix("error"), "\(run.messages)")
        }
    }

    @Test func whatIsToBeClosedIsClosedOnce() async {
        let train = """
            local guard <close> = setmetatable({}, { __close = function() out("closed") end })
            for e = 1, 12 do reporter { epoch = e, loss = 1 } end
            """
        #expect(await run(train).lines == ["closed", "closed", "closed"])
    }

    /// A trial that computes on keeps its number, and the next one waits for it.
    @Test func slotsAreNumbered() async {
        let train = """
            used = used or {}
            local slot = reporter.slot
            assert(not used[slot], "taken")
            used[slot] = true
            local guard <close> = setmetatable({}, { __close = function() used[slot] = nil end })
            for e = 1, 9 do reporter { epoch = e, loss = args.x } end
            for _ = 1, 3 do coroutine.yield() end
            assert(reporter.slot == slot)
            kept = reporter
            """
        let run = await ScriptRun.of(
            experiment(train, fields: "parallel_trials = 2,", trials: 7)
                + "for _, t in ipairs(study.trials) do out(t.error) end "
                + "out(kept.slot, kept.trial ~= nil)")
        #expect(run.lines.last == "nil true")
        #expect(run.lines.dropLast().allSatisfy { $0 == "nil" }, "\(run.lines)")
    }

    // MARK: - What is said

    @Test(arguments: [
        (
            "{ epoch = 1, error = 0.5, note = 1 }",
            "reporter: loss: expected a number, got nothing (trial 1); you gave error, note"
        ),
        (
            "{ step = 1, loss = 1 }",
            "reporter: epoch: expected a positive integer, got nothing (trial 1); "
                + "you gave step: time_attr = \"step\" names what counts"
        ),
        ("{ loss = 1, ratio = 0.5 }", "got nothing (trial 1)\n"),
    ])
    func aMissingFieldIsMatchedWithWhatWasGiven(report: String, message: String) async {
        let run = await run("reporter \(report)", "out(study.trials[1].error)")
        #expect(run.lines.first?.contains(message) == true, "\(run.lines)")
    }

    @Test func invalidReportsAreCounted() async {
        let run = await run(
            "for e = 1, 9 do reporter { epoch = e, loss = e % 2 == 0 and 0/0 or 1 } end")
        let notes = run.messages.filter { $0.contains("that was NaN or infinite (loss in ") }
        #expect(notes.count == 1, "\(run.messages)")
        let valid = await self.run("for e = 1, 9 do reporter { epoch = e, loss = 1 } end")
        #expect(valid.messages == [])
    }

    @Test func aLoopThatEndsEarlyIsSaid() async {
        let run = await run("for e = 1, 5 do reporter { epoch = e, loss = 1 } end")
        #expect(
            run.messages.contains {
                $0.hasSuffix(
                    "train returned before max_t = 9 in all trials that were not stopped, "
                        + "at the latest at epoch 5: is max_t = 5 meant?")
            }, "\(run.messages)")
        let some = await self.run(
            "for e = 1, args.x > 0 and reporter.trial == 1 and 5 or 9 do "
                + "reporter { epoch = e, loss = 1 } end")
        #expect(some.messages == [])
    }
}
