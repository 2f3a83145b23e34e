import LuaHost
import Testing

/// Mistakes that raise no error, and what is said of them when all is done.
@Suite struct SilentMistakeTests {
    private static let report = "reporter { epoch = 1, loss = 1 }"

    private func messages(_ script: String, _ settings: RunSettings = RunSettings()) async
        -> [String]
    {
        let run = await ScriptRun.of(script, settings: settings)
        #expect(run.failure == nil)
        return run.messages
    }

    // MARK: - Nothing varies

    @Test(arguments: [
        (
            "x = { 0.1, 0.2 }",
            "x is a constant array: write x = ag.Categorical { 0.1, 0.2 } to try its elements"
        ),
        (
            "a = 1, deep = { list = { 1, 2, 3, 4, 5, 6 } }",
            "deep.list is a constant array: write deep.list = ag.Categorical { 1, 2, 3, 4, 5, … } "
                + "to try its elements"
        ),
        ("epochs = 3", "ag.Real, ag.Int or ag.Categorical make a parameter"),
        ("x = { 1, ag.Bool() }", nil), ("x = { 0.1, 0.2 }, y = ag.Bool()", nil),
    ])
    func aSpaceInWhichNothingVaries(space: String, end: String?) async {
        let script = experiment(Self.report).replacing("x = ag.Real(0, 1)", with: space)
        let expected = end.map { end in
            [
                "script.lua:4: experiment \"script\": nothing in the space varies, "
                    + "so all trials would get the same arguments; " + end
            ]
        }
        #expect(await messages(script + "experiment:run()") == expected ?? [])
        var settings = RunSettings()
        settings.isCheck = true
        #expect(await messages(script, settings) == expected ?? [])
    }

    @Test func oneTrialNeedsNothingThatVaries() async {
        let script = experiment(Self.report, trials: 1)
            .replacing("x = ag.Real(0, 1)", with: "x = { 0.1, 0.2 }")
        #expect(await messages(script) == [])
    }

    // MARK: - Declared and never run

    private static let declared = experiment(report)
        .replacing("local study = experiment:run()\n", with: "")

    private static let neverRun =
        "script.lua:4: experiment \"script\" was never run: call :run() on what ag.experiment gives"

    @Test(arguments: [
        ("", [neverRun]),
        ("experiment:run()", []),
        ("experiment:run() experiment:run()", []),
        ("ag.simulate(experiment)", []),
        ("pcall(ag.simulate)", [neverRun]),
    ])
    func anExperimentThatIsNeverRun(rest: String, expected: [String]) async {
        let script = Self.declared.replacing("loss = 1", with: "loss = 1, elapsed = 1")
        #expect(await messages(script + rest) == expected)
    }

    @Test func experimentsOfOneLineAreNamedOnce() async {
        let script = """
            local ag = require "mohpo"
            local made = {}
            for i = 1, 4 do
              made[i] = ag.experiment { name = "e" .. i, space = {}, objectives = { loss = "MIN" },
                scheduler = ag.hyperband { max_t = 1 }, num_trials = 1,
                train = function(args, reporter) \(Self.report) end }
            end
            made[1]:run()
            made[3]:run()
            """
        #expect(
            await messages(script) == [
                "script.lua:4: 2 of 4 experiments were never run: "
                    + "call :run() on what ag.experiment gives"
            ])
    }

    @Test func nothingIsSaidWhereNothingRuns() async {
        var settings = RunSettings()
        settings.isCheck = true
        #expect(await messages(Self.declared, settings) == [])
        let failed = await ScriptRun.of(Self.declared + "error 'x'")
        #expect(failed.failure != nil && failed.messages == [])
    }

    // MARK: - Constructors as constants

    @Test(arguments: ["Int", "Real", "Bool", "Categorical", "Ordinal", "Choice", "space"])
    func aConstructorIsNoConstant(name: String) async {
        let script = experiment(Self.report)
            .replacing("x = ag.Real(0, 1)", with: "part = { x = ag.\(name) }")
        let run = await ScriptRun.of(script)
        #expect(
            run.failure?.message
                == "script.lua:4: ag.experiment: space: part.x: expected a domain such as "
                + "ag.Real(low, high), got the function ag.\(name) itself "
                + "(parentheses are missing?)")
    }

    // MARK: - Trials without a report

    @Test func aStudyWithoutAReport() async {
        let script = experiment("", fields: "name = 'toy',")
        #expect(
            await messages(script) == [
                "script.lua:4: experiment \"toy\": no trial reported anything: train is given a "
                    + "reporter as its second argument, call reporter { epoch = n, loss = … }"
            ])
    }

    @Test(arguments: ["if args.x < 0.6 then \(report) end", report, "coroutine.yield() \(report)"])
    func someTrialsMayReportNothing(train: String) async {
        #expect(await messages(experiment(train, trials: 9)) == [])
    }

    @Test func failuresSpeakForThemselves() async {
        let messages = await messages(experiment("error 'x'"))
        #expect(messages.count == 2)
        #expect(messages.allSatisfy { $0.contains(" failed") })
    }

    // MARK: - Objectives that are never a finite number

    @Test(arguments: [
        ("epoch = e, loss = 0/0", "objective \"loss\" was NaN in all 12 reports"),
        ("epoch = e, loss = 1/0", "objective \"loss\" was NaN or infinite in all 12 reports"),
        (
            "epoch = e, loss = e, other = e % 2 == 0 and 0/0 or 1/0",
            "objective \"other\" was NaN or infinite in all 12 reports"
        ),
        (
            "epoch = e, loss = 0/0, other = 0/0",
            "objective \"loss\" was NaN in all 12 reports, "
                + "objective \"other\" was NaN in all 12 reports"
        ),
        (
            "epoch = e, loss = e % 2 == 0 and 0/0 or 1, other = e % 2 == 1 and 0/0 or 1",
            "an objective was NaN or infinite in all 12 reports"
        ),
        ("epoch = e, loss = e == 3 and 1 or 0/0", nil),
    ])
    func anObjectiveThatIsNoNumber(report: String, said: String?) async {
        // Without a rung, at which what is no number would be stopped.
        var script = experiment(
            "for e = 1, 4 do reporter { \(report) } end",
            fields: "scheduler = ag.hyperband { max_t = 9, grace_period = 9, type = 'stopping' },")
        if report.contains("other") {
            script.replace("loss = \"MIN\"", with: "loss = \"MIN\", other = \"MAX\"")
        }
        let messages = await messages(script)
        guard let said else {
            // Some are one: what the others lacked is counted, and that the loops end early.
            #expect(messages.count == 2)
            #expect(
                messages.first?.contains(" had an objective that was NaN or infinite (loss in ")
                    == true)
            #expect(
                messages.last?.hasSuffix("at the latest at epoch 4: is max_t = 4 meant?") == true)
            return
        }
        #expect(messages == ["script.lua:4: experiment \"script\": \(said): the front is empty"])
    }

    @Test func oneReportIsNotAll() async {
        let script = experiment("reporter { epoch = 1, loss = 0/0 }", trials: 1)
        #expect(
            await messages(script).last?.contains("was NaN in the one report: the front") == true)
    }
}
