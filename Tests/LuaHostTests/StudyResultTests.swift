import LuaHost
import Testing

/// What a study gives the script, by a run that is worked out by hand.
@Suite struct StudyResultTests {
    /// One slot, no rungs. Trial 1 reports (loss, cost) = (4, 1), (3, 3); trial 2 (3, 2), (1, 5);
    /// trial 3 (5, 5) and fails.
    private static let declaration = """
        local ag = require "mohpo"
        local values = { { { 4, 1 }, { 3, 3 } }, { { 3, 2 }, { 1, 5 } }, { { 5, 5 } } }
        local study = ag.experiment {
          name = "hand", space = { x = ag.Ordinal(1, 2, 3) }, seed = 3,
          objectives = { loss = "MIN", cost = FIELD },
          scheduler = ag.hyperband { max_t = 2, grace_period = 2, type = 'stopping' },
          num_trials = 3, parallel_trials = 1,
          train = function(args, reporter)
            trial = (trial or 0) + 1
            for epoch, v in ipairs(values[trial]) do
              reporter { epoch = epoch, loss = v[1], cost = v[2] }
            end
            error("broken")
          end }:run()

        """

    private func lines(_ script: String, cost: String = "'MIN'") async -> [String] {
        let run = await ScriptRun.of(
            Self.declaration.replacing("FIELD", with: cost) + script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    static let cases: [(script: String, expected: [String])] = [
        // (3, 3) is dominated by (3, 2).
        (
            "for _, p in ipairs(study:pareto_front()) do out(p.trial, p.epoch, p.loss, p.cost) end",
            ["1 1 4 1", "2 1 3 2", "2 2 1 5"]
        ),
        (
            "for _, p in ipairs(study:pareto_front { per = 'trial' }) do out(p.trial, p.loss, p.cost) end",
            ["1 3 3", "2 1 5"]
        ),
        // Costs are 1, 2, 5 and losses 4, 3, 1: (3, 2) is at most 1 off (4, 1).
        (
            "for _, p in ipairs(study:pareto_front { epsilon = { loss = 1, cost = 1 } }) do "
                + "out(p.loss, p.cost) end", ["4 1", "1 5"]
        ),
        (
            "out(#study:pareto_front { epsilon = 0 }, #study:pareto_front { epsilon = 0.34 }, "
                + "#study:pareto_front { epsilon = { cost = 9 } })", ["3 2 3"]
        ),
        // Up to (6, 6): 2·5; 3·3 more, of which 2·3 are there; 3·4 + 2·5 − 2·4; 5·1 more less 3·1.
        (
            "for _, s in ipairs(study:hypervolume_history { reference = { loss = 6, cost = 6 } }) do "
                + "out(s.reports, s.trial, s.resource, s.virtual_time, s.hypervolume, s.time >= 0) end",
            [
                "1 1 1 1 10.0 true", "2 1 2 2 13.0 true", "3 2 1 3 14.0 true",
                "4 2 2 4 16.0 true",
            ]
        ),
        (
            "local h = study:hypervolume_history() out(h[#h].hypervolume == study:hypervolume())",
            ["true"]
        ),
        ("out(study:best('loss').loss, study:best('cost').trial)", ["1 1"]),
        ("local k = study:knee() out(k.loss, k.cost)", ["3 2"]),
        (
            "out(#study.history, #study.history[1], study.history[2][2].loss, study.history[3][1].epoch)",
            ["3 2 1 1"]
        ),
        (
            "for _, t in ipairs(study.trials) do out(t.id, t.state, #t.reports, t.bracket, "
                + "t.error and t.error:match('[^\\n]*')) end",
            [
                "1 completed 2 0 nil", "2 completed 2 0 nil",
                "3 failed 1 0 script.lua:13: broken",
            ]
        ),
        (
            "out(study)",
            [
                """
                hand: 3 trials (2 completed, 1 failed), 5 reports, 3 on the front; all trials were run
                  best cost  1  (trial 1, epoch 1)
                  best loss  1  (trial 2, epoch 2)
                  knee  cost 2, loss 3  (trial 2, epoch 1)
                """
            ]
        ),
        (
            "study:pareto_front { epsilon = 1 }",
            [
                "script.lua:15: pareto_front: epsilon: expected a share of the front's range, "
                    + "from 0 to below 1, or a table of amounts by objective, got 1"
            ]
        ),
        (
            "study:pareto_front { epsilon = { los = 1 } }",
            ["script.lua:15: pareto_front: epsilon: los: unknown option; did you mean loss?"]
        ),
        (
            "study:pareto_front { epsilon = { loss = -1 } }",
            [
                "script.lua:15: pareto_front: epsilon: loss: expected a finite number of at "
                    + "least 0, got -1"
            ]
        ),
        (
            "study:hypervolume_history { reference = { loss = 1 } }",
            [
                "script.lua:15: hypervolume_history: reference: cost: expected a finite number, "
                    + "got nil"
            ]
        ),
    ]

    @Test(arguments: cases)
    func isWhatThePaperSays(script: String, expected: [String]) async {
        #expect(await lines(script) == expected)
    }

    /// Of what is measured, a cost of 2 beside 3 at equal loss is better by a third.
    @Test func aToleranceKeepsNoiseOffTheFront() async {
        let front = "for _, p in ipairs(study:pareto_front()) do out(p.loss, p.cost) end"
        #expect(
            await lines(front, cost: "{ 'MIN', tolerance = 0.3 }") == ["4 1", "3 2", "1 5"])
        #expect(
            await lines(front, cost: "{ 'MIN', tolerance = 0.4 }") == ["4 1", "3 3", "1 5"])
    }

    @Test func theExportsHoldTheReports() async {
        let script = """
            local path = os.tmpname()
            local function read()
              local f <close> = assert(io.open(path))
              return f:read "a"
            end
            study:save_csv(path)
            out((read():gsub("\\r", "")))
            study:save_json(path)
            local text = read()
            out(select(2, text:gsub('"loss"', "")), text:find('"state": "failed"', 1, true) ~= nil)
            os.remove(path)
            """
        let lines = await lines(script)
        #expect(lines.count == 2, "\(lines)")
        let rows = lines.first?.split(separator: "\n") ?? []
        #expect(rows.count == 6)
        #expect(rows.first == "trial,epoch,cost,loss,on_front,state,x")
        #expect(rows.dropFirst(4).first?.hasPrefix("2,2,5,1,true,completed,") == true)
        // Five reports, the objective, and three points of the front.
        #expect(lines.last == "9 true")
    }

    /// The only parameter has all of each share.
    @Test func importanceIsATableOfShares() async {
        let script = """
            local all = study:importance()
            out(#all, all[1].parameter, all[1].front, all[1].objectives.loss, all[1].objectives.cost)
            """
        #expect(await lines(script) == ["1 x 1.0 1.0 1.0"])
    }
}
