import Foundation
import LuaHost
import Testing

/// Programs as trials: `ag.command`, with programs in sh and Python.
@Suite struct CommandTests {
    /// A folder of its own, and the study in it.
    private final class Place {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        var settings: RunSettings {
            var settings = RunSettings()
            settings.place = .file(path + "/s.db")
            return settings
        }

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func read(_ name: String) -> String {
            (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
        }
    }

    /// An experiment whose trials are `command`; what `rest` says comes after it.
    private static func script(
        _ command: String, fields: String = "", scheduler: String = "max_t = 9", trials: Int = 3,
        rest: String = ""
    ) -> String {
        """
        local ag = require "mohpo"
        local study = ag.experiment {
          name = "s", space = { x = ag.Real(0, 1), width = 3 }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { type = "stopping", \(scheduler) }, num_trials = \(trials), seed = 2, \(fields)
          train = ag.command { \(command) },
        }:run()
        \(rest)
        """
    }

    /// A shell program that prints `epochs` reports, each after `pause` seconds.
    private static func printing(epochs: Int, pause: Double = 0, then end: String = "") -> String {
        #"""
        "sh", "-c", [[i=0; while [ $i -lt \#(epochs) ]; do i=$((i + 1)); \#(pause > 0 ? "sleep \(pause);" : "")
        echo '{{"epoch":'$i',"loss":'{x}'}'; done; \#(end)]]
        """#
    }

    private func run(
        _ script: String, _ settings: RunSettings = RunSettings()
    ) async -> ScriptRun {
        let run = await ScriptRun.of(script, settings: settings)
        #expect(run.failure == nil, "\(run.failure?.description ?? "")")
        return run
    }

    @Test func whatAProgramPrintsIsReported() async {
        let run = await run(
            Self.script(
                Self.printing(epochs: 9),
                rest: "for _, t in ipairs(study.trials) do out(t.state, #t.reports, t.error) end"))
        #expect(run.lines.first == "completed 9 nil")
        #expect(run.lines.count == 3)
    }

    @Test func patternsReport() async {
        let run = await run(
            Self.script(
                #""sh", "-c", "for i in 1 2 3; do echo epoch $i: loss={x}; done", reports = "epoch (?epoch): loss=(?loss)""#,
                trials: 1,
                rest:
                    "local t = study.trials[1] out(t.state, #t.reports, t.reports[3].loss == t.args.x)"
            ))
        #expect(run.lines == ["completed 3 true"])
    }

    /// Each program waits until four of them run: one after another they would wait for ever.
    @Test func programsRunSideBySide() async throws {
        let place = try Place()
        let run = await run(
            Self.script(
                #"""
                "sh", "-c", [[touch "$PLACE/run-{trial}"
                until [ $(ls "$PLACE" | grep -c run-) -ge 4 ]; do sleep 0.05; done
                echo '{{"epoch":1,"loss":1}']], env = { PLACE = "\#(place.path)" }
                """#, fields: "parallel_trials = 4, trial_time_out = 60,", scheduler: "max_t = 1",
                trials: 12,
                rest: """
                    for _, t in ipairs(study.trials) do assert(t.state == "completed", t.error) end
                    out(#study.trials)
                    """))
        #expect(run.lines == ["12"])
    }

    @Test(arguments: ["stopping", "promotion"]) func theNumberOfThreadsChangesNothing(type: String)
        async throws
    {
        var studies: [String] = []
        for (workers, pause) in [(1, "suspend"), (8, "suspend"), (8, "restart")] {
            var settings = RunSettings()
            settings.workers = workers
            let run = await ScriptRun.of(
                Self.script(
                    Self.printing(epochs: 9) + ", pause = '\(pause)', stop = { kill_after = 1 }",
                    scheduler: "max_t = 9, type = '\(type)'", trials: 14),
                settings: settings)
            #expect(run.failure == nil)
            studies += run.studies
        }
        #expect(studies.count == 3)
        #expect(Set(studies).count == 1)
    }

    /// At most so many programs stay suspended; the others start again, and what they repeat is dropped.
    @Test(arguments: [0, 1, 100]) func suspendedProgramsAreLimited(limit: Int) async {
        let run = await run(
            Self.script(
                Self.printing(epochs: 9, pause: 0.01)
                    + ", max_suspended = \(limit), stop = { kill_after = 1 }",
                scheduler: "max_t = 9, type = 'promotion'", trials: 9,
                rest: """
                    for _, t in ipairs(study.trials) do
                      for i, r in ipairs(t.reports) do assert(r.epoch == i) end
                      if t.state == "completed" then out(#t.reports) end
                      assert(t.state ~= "failed", t.error)
                    end
                    """))
        #expect(run.lines.contains("9"))
    }

    // MARK: - Ends

    @Test func anExitCodeFailsTheTrialWithTheEndOfItsLog() async {
        let run = await run(
            Self.script(
                #""sh", "-c", "for i in $(seq 30); do echo line $i; done; echo bad >&2; exit 4""#,
                trials: 1, rest: "out(study.trials[1].state) out(study.trials[1].error)"))
        let error = run.lines.dropFirst().joined()
        #expect(run.lines.first == "failed")
        #expect(error.hasPrefix("sh -c: exit code 4\nthe end of its log:\n"), "\(error)")
        #expect(error.contains("line 30") && error.contains("bad") && !error.contains("line 9\n"))
        #expect(!error.contains("traceback"))
    }

    @Test func aKilledProgramFails() async {
        let run = await run(
            Self.script(#""sh", "-c", "kill -9 $$""#, trials: 1, rest: "out(study.trials[1].error)")
        )
        #expect(run.lines == ["sh -c: killed by SIGKILL"])
    }

    @Test func anEndWithoutAReportFails() async {
        let run = await run(
            Self.script(
                #""sh", "-c", "echo begin; echo '{{\"epoch\":1,\"los\":2}'; echo end""#, trials: 1,
                rest: "out(study.trials[1].error)"))
        let error = run.lines.joined()
        #expect(error.contains("it ended without a report of epoch and loss"), "\(error)")
        #expect(error.contains(#"the nearest line is: {"epoch":1,"los":2}"#), "\(error)")
    }

    @Test func whatCannotStartFails() async {
        let run = await run(
            Self.script("'no-such-program'", trials: 1, rest: "out(study.trials[1].error)"))
        #expect(
            run.lines.first?.hasPrefix(
                "ag.command: no-such-program: cannot be started: no such file") == true)
        #expect(run.lines.first?.contains("traceback") == false)
    }

    @Test func aProgramThatTakesTooLongFails() async {
        let start = ContinuousClock.now
        let run = await run(
            Self.script(
                "'sh', '-c', 'echo begin; exec sleep 1011.5', stop = { kill_after = 1 }",
                fields: "trial_time_out = 0.3,", trials: 1, rest: "out(study.trials[1].error)"))
        // Where it had no time to say a word there is no log.
        let error = run.lines.first?.replacing("\nthe end of its log:\nbegin", with: "")
        #expect(error == "trial_time_out: trial 1 has computed for more than 0.3 seconds")
        #expect(start.duration(to: .now) < .seconds(300))
    }

    @Test func theStudysTimeEndsPrograms() async {
        let start = ContinuousClock.now
        let run = await run(
            Self.script(
                "'sleep', '1012.5', stop = { kill_after = 1 }", fields: "time_out = 0.3,",
                trials: 2,
                rest: "out(study.trials[1].state)"))
        #expect(run.lines == ["stopped"])
        #expect(start.duration(to: .now) < .seconds(300))
    }

    /// One that ignores the signal, forks and closes its pipes is gone when the study ends.
    @Test func aStubbornProgramIsKilled() async {
        let run = await run(
            Self.script(
                #"""
                "sh", "-c", [[trap '' TERM; sleep 1013.5 & exec 1>&- 2>&-; sleep 1013.5; sleep 1013.5]],
                stop = { kill_after = 0.3 }
                """#, fields: "trial_time_out = 0.3,", trials: 2,
                rest: """
                    local p = io.popen("ps -e -o args | grep -c '[s]leep 1013.5'")
                    out(p:read())
                    """))
        #expect(run.lines == ["0"])
    }

    /// What is printed behind `max_t` ends the program; one that ends by itself does what it wants first.
    @Test func aCompleteProgramMayFinish() async throws {
        let place = try Place()
        let run = await run(
            Self.script(
                Self.printing(epochs: 9, then: "sleep 0.2; echo saved > {dir}/model"), trials: 1,
                rest: "out(study.trials[1].state)"), place.settings)
        #expect(run.lines == ["completed"])
        #expect(place.read("s.trials/1/model") == "saved\n")
    }

    // MARK: - Around it

    @Test func whatIsNoReportIsInTheLog() async throws {
        let place = try Place()
        _ = await run(
            Self.script(
                #""sh", "-c", "echo begin; echo '{{\"epoch\":1,\"loss\":2}'; echo bad >&2; pwd""#,
                trials: 1),
            place.settings)
        let lines = Set(place.read("s.trials/1/log.txt").split(separator: "\n").map(String.init))
        #expect(lines == ["begin", "bad", FileManager.default.currentDirectoryPath])
    }

    @Test func slotsAreNotShared() async {
        let run = await run(
            Self.script(
                #"""
                "sh", "-c", [[mkdir "$LOCKS/{slot}" || exit 9; sleep 0.05; rmdir "$LOCKS/{slot}"
                echo '{{"epoch":1,"loss":1,"slot":'$MOHPO_SLOT'}']], env = { LOCKS = locks }
                """#, fields: "parallel_trials = 3,", scheduler: "max_t = 1", trials: 12,
                rest: """
                    for _, t in ipairs(study.trials) do
                      assert(t.state == "completed", t.error)
                      assert(t.reports[1].slot >= 1 and t.reports[1].slot <= 3)
                    end
                    out "done"
                    """
            ).replacing(
                "local study",
                with:
                    "locks = os.tmpname() os.remove(locks) os.execute('mkdir ' .. locks) local study"
            ))
        #expect(run.lines == ["done"])
    }

    @Test func aFunctionAroundACommand() async {
        let run = await run(
            Self.script("'sh'").replacing(
                "train = ag.command { 'sh' },",
                with: """
                    train = function(args, reporter)
                      out(reporter.dir:match "/%d+$")
                      local train = ag.command { "sh", "-c", "echo '{{\\"epoch\\":1,\\"loss\\":2}'" }
                      train(args, function(report) report.extra = 5 reporter(report) end)
                    end,
                    """
            ).replacing("num_trials = 3", with: "num_trials = 1")
                + " out(study.trials[1].reports[1].extra)")
        #expect(run.lines == ["/1", "5"])
    }

    @Test(arguments: [
        (#""sh", "{widht}""#, "did you mean {width}?"),
        (#""sh", "{x""#, "a brace that is not closed"),
        (#""sh", reports = "epoch""#, "reports: \"epoch\": expected a name such as (?epoch)"),
        (#""sh", pause = "stop""#, "pause: expected one of \"suspend\", \"restart\""),
        (
            #""sh", stop = { signal = "TREM" }"#,
            "signal: expected the name of a signal such as \"TERM\""
        ),
        (#""sh", stop = { kill_after = "x" }"#, "kill_after: expected a number"),
        (#""sh", max_suspended = -1"#, "max_suspended: expected an integer of at least 0"),
        (#""sh", env = { A = "{y}" }"#, "env: A"), (#""sh", lgo = "x""#, "did you mean log?"),
        ("", "expected a program"),
    ])
    func mistakesAreNamed(command: String, expected: String) async {
        let run = await ScriptRun.of(Self.script(command))
        let message = run.failure?.message ?? "no error"
        #expect(message.contains(expected), "\(message)")
        #expect(message.hasPrefix("script.lua:"), "\(message)")
    }

    @Test func outsideOfATrialItIsAnError() async {
        let run = await ScriptRun.of("require('mohpo').command { 'sh' }({}, print)")
        #expect(run.failure?.message.contains("it runs in trials alone") == true)
    }

    @Test func theSandboxHasNone() async {
        var settings = RunSettings()
        settings.isSandboxed = true
        let run = await ScriptRun.of("require('mohpo').command { 'sh' }", settings: settings)
        #expect(run.failure?.message.contains("there is no such name") == true)
    }

    // MARK: - Programs that speak

    /// A client of plain sockets, as one writes it without any library.
    private static let python = """
        import json, os, socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(os.environ["MOHPO_SOCKET"])
        f = s.makefile("rw")
        def ask(**request):
            f.write(json.dumps(request) + "\\n")
            f.flush()
            return json.loads(f.readline())
        hello = ask(hello=1, trial=int(os.environ["MOHPO_TRIAL"]), secret=os.environ["MOHPO_SECRET"])
        x, start = hello["args"]["x"], hello["resource"]
        assert start == int(os.environ["MOHPO_RESOURCE"])
        for epoch in range(start + 1, 100):
            answer = ask(report={"epoch": epoch, "loss": x + 1 / epoch})
            if "stop" in answer:
                open(os.environ["MOHPO_DIR"] + "/why", "w").write(answer["why"])
                break
            assert answer == {"go": True}, answer
            assert ask(checkpoint=epoch) == {"ok": 1}
        """

    @Test(arguments: ["stopping", "promotion"]) func programsSpeak(type: String) async throws {
        let place = try Place()
        try Self.python.write(toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
        let run = await run(
            Self.script(
                "'python3', '\(place.path)/train.py', stop = { kill_after = 5 }",
                scheduler: "max_t = 9, type = '\(type)'", trials: 8,
                rest: """
                    for _, t in ipairs(study.trials) do
                      assert(t.state ~= "failed", t.error)
                      for i, r in ipairs(t.reports) do assert(r.epoch == i) end
                      out(t.id, t.state)
                    end
                    """), place.settings)
        #expect(run.lines.count == 8)
        for line in run.lines where line.contains("stopped") && type == "stopping" {
            let trial = line.split(separator: " ")[0]
            let why = place.read("s.trials/\(trial)/why")
            #expect(why.hasPrefix("rung ") && why.contains(" continue"), "\(why)")
        }
        for line in run.lines where line.contains("completed") {
            let trial = line.split(separator: " ")[0]
            #expect(place.read("s.trials/\(trial)/why") == "the trial is complete: epoch 9")
        }
    }

    /// A program that starts again continues from its checkpoint.
    @Test func aRestartContinuesFromTheCheckpoint() async throws {
        let place = try Place()
        let program = Self.python
        try program.replacing(
            "for epoch",
            with: "open(os.environ['MOHPO_DIR'] + '/starts', 'a').write(f'{start} ')\nfor epoch"
        )
        .write(toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
        let run = await run(
            Self.script(
                "'python3', '\(place.path)/train.py', pause = 'restart', stop = { kill_after = 5 }",
                fields: "parallel_trials = 1,", scheduler: "max_t = 9, type = 'promotion'",
                trials: 6,
                rest: """
                    for _, t in ipairs(study.trials) do
                      assert(t.state ~= "failed", t.error)
                      if #t.reports > 1 then out(t.id) end
                    end
                    """), place.settings)
        let starts = run.lines.map {
            place.read("s.trials/\($0)/starts").split(whereSeparator: \.isWhitespace)
        }
        // One that is promoted at once is not restarted.
        #expect(starts.contains { $0.count >= 2 }, "\(starts)")
        #expect(starts.allSatisfy { $0.first == "0" }, "\(starts)")
    }

    @Test func whatAProgramSaysOfItsEnd() async throws {
        let place = try Place()
        let program = Self.python.replacing("range(start + 1, 100)", with: "range(1, 3)") + "\n"
        for (end, expected) in [
            ("ask(done=True)\nsys.exit(3)", "completed 2 nil"),
            ("ask(fail='out of memory')", "failed 2 out of memory"),
        ] {
            try (program + end).write(
                toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
            let run = await run(
                Self.script(
                    "'python3', '\(place.path)/train.py', stop = { kill_after = 5 }", trials: 1,
                    rest: "local t = study.trials[1] out(t.state, #t.reports, t.error)"))
            #expect(run.lines == [expected])
        }
    }

    /// A wrong report fails the trial, as one of a Lua function does.
    @Test func aWrongReportFails() async throws {
        let place = try Place()
        let program = Self.python.replacing("\"loss\":", with: "\"los\":")
        try program.write(toFile: place.path + "/train.py", atomically: true, encoding: .utf8)
        let run = await run(
            Self.script(
                "'python3', '\(place.path)/train.py', stop = { kill_after = 5 }", trials: 1,
                rest: "out(study.trials[1].error)"))
        #expect(run.lines.first?.contains("reporter: loss: expected a number, got nothing") == true)
    }
}
