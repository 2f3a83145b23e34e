import LuaHost
import Settings
import Testing

/// Ends of a study other than its own: an interrupt, a time-out, a check.
@Suite struct EndTests {
    @Test func anInterruptKeepsWhatWasReported() async {
        let interruption = Interruption()
        let script = experiment(
            """
            for epoch = 1, 9 do
              reporter { epoch = epoch, loss = 1 / epoch }
              if epoch == 5 then interrupt() end
              coroutine.yield()
            end
            """, trials: 1000)
        let run = await ScriptRun.of(
            "interrupt = out\n" + script + "out 'never'", interruption: interruption,
            onLine: { interruption.request() })
        #expect(run.failure?.isInterrupted == true)
        #expect(run.lines == [""])
        #expect(run.studies.count == 1)
        #expect(run.studies[0].contains("\"loss\": 0.2"))
    }

    @Test func aTimeOutEndsTheStudyAndTheScriptGoesOn() async {
        let script = experiment(
            "while true do coroutine.yield() end", fields: "time_out = 0.05,")
        let run = await ScriptRun.of(script + "out(study.trials[1].state, #study:pareto_front())")
        #expect(run.failure == nil)
        #expect(run.lines == ["stopped 0"])
    }

    /// Longer than any clock can count.
    @Test func aTimeOutMayBeAsLongAsOneLikes() async {
        let run = await ScriptRun.of(
            experiment("reporter { epoch = 9, loss = 1 }", fields: "time_out = 1e300,")
                + "out(#study.trials)")
        #expect(run.failure == nil)
        #expect(run.lines == ["3"])
    }

    @Test func aCheckTrainsNothingAndWritesNothing() async {
        var settings = RunSettings()
        settings.isCheck = true
        let script =
            experiment("out 'trained'")
            + "out(#study.trials, study:knee()) local path = os.tmpname() .. '.svg' study:plot(path) "
            + "out(io.open(path) == nil)"
        let run = await ScriptRun.of(script, settings: settings)
        #expect(run.failure == nil)
        #expect(run.lines == ["0 nil", "true"])
    }

    @Test func settingsWinOverTheScript() async {
        var settings = RunSettings()
        settings.overrides["trials"] = .integer(2)
        settings.overrides["max-t"] = .integer(3)
        settings.overrides["seed"] = .integer(42)
        let run = await ScriptRun.of(
            experiment("for e = 1, 9 do reporter { epoch = e, loss = 1 } end", trials: 50)
                + "out(#study.trials, #study.history[1])", settings: settings)
        #expect(run.lines == ["2 3"])
        #expect(run.studies[0].contains("\"seed\": 42"))
    }

    @Test func anExperimentInsideAnotherIsRefused() async {
        let script =
            experiment("inner:run()", trials: 1)
            .replacing("local study", with: "inner = experiment; local study")
            + "out(study.trials[1].error:match('run: [^\\n]*'))"
        #expect(
            await ScriptRun.of(script).lines
                == ["run: an experiment cannot be run from within another"])
    }

    @Test func severalExperimentsInOneScript() async {
        let train = "reporter { epoch = 1, loss = args.x }"
        let run = await ScriptRun.of(
            experiment(train) + "do " + experiment(train, trials: 5) + " out(#study.trials) end "
                + "out(#study.trials)")
        #expect(run.lines == ["5", "3"])
        #expect(run.studies.count == 2)
    }

    @Test func aStudyWithoutGainEnds() async {
        let train = "reporter { epoch = 9, loss = 5 }"
        let script = experiment(
            train, fields: "stop = { no_gain = 4 }, parallel_trials = 1,", trials: 50)
        let run = await ScriptRun.of(script + "out(#study) out(study)")
        #expect(run.lines.count == 2 && run.lines[0] == "5", "\(run.lines)")
        #expect(run.lines.last?.contains("; the last trials gained nothing\n") == true)
        #expect(run.studies[0].contains("\"ended\": \"no_gain\""))
        let alone = await ScriptRun.of(
            script.replacing("num_trials = 50,", with: "") + "out(#study)")
        #expect(alone.lines == ["5"])
    }
}
