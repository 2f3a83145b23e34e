import Foundation
import LuaHost
import Testing

/// `ag.spawn`: at the top of a script, where it waits, and in trials, of which one alone waits.
@Suite struct SpawnTests {
    private func lines(_ body: String) async -> [String] {
        let run = await ScriptRun.of("local ag = require 'mohpo'\n" + body)
        #expect(run.failure == nil, "\(run.failure?.description ?? "")")
        return run.lines
    }

    private func message(_ body: String) async -> String {
        let run = await ScriptRun.of("local ag = require 'mohpo'\n" + body)
        return run.failure?.message ?? "no error"
    }

    @Test func linesAndTheEnd() async {
        let lines = await lines(
            """
            local p <close> = ag.spawn { "sh", "-c", "echo one; echo; printf two; exit 3" }
            for line in p:lines() do out("[" .. line .. "]") end
            out(p:read(), p:wait())
            out(math.type(p.pid))
            """)
        #expect(lines == ["[one]", "[]", "[two]", "nil 3", "integer"])
    }

    @Test func readingInOtherAmounts() async {
        let lines = await lines(
            """
            local p = ag.spawn { "printf", "%s", "ab\\ncd\\nef" }
            out(#p:read("L"), p:read(1), p:read("a"), p:read("a"), p:read("l"), p:read(1))
            """)
        #expect(lines == ["3 c d\nef  nil nil"])
    }

    @Test func whatIsWrittenIsRead() async {
        let lines = await lines(
            """
            local p <close> = ag.spawn { "cat", stdin = "pipe" }
            out(p:write("a", 1, "\\n") == p, p:read())
            p:close_stdin()
            out(p:read(), p:wait())
            out(pcall(p.write, p, "more"))
            """)
        #expect(lines.prefix(2) == ["true a1", "nil 0"])
        #expect(lines.last?.contains("was closed") == true)
    }

    /// Both pipes are full before either side reads.
    @Test func muchIsWrittenAndRead() async {
        let lines = await lines(
            """
            local p <close> = ag.spawn { "sh", "-c", "cat > /dev/null; head -c 5000000 /dev/zero",
              stdin = "pipe" }
            p:write(("x"):rep(3000000))
            p:close_stdin()
            out(#p:read("a"), p:wait())
            """)
        #expect(lines == ["5000000 0"])
    }

    /// A program whose output no one reads comes to its end all the same.
    @Test func waitingLetsAProgramWrite() async {
        let lines = await lines("out(ag.spawn { 'head', '-c', '5000000', '/dev/zero' }:wait())")
        #expect(lines == ["0"])
    }

    @Test func aProgramThatReadsNoMore() async {
        let lines = await lines(
            """
            local p = ag.spawn { "true", stdin = "pipe" }
            p:wait()
            out(p:write(("x"):rep(1000000)))
            """)
        #expect(lines == ["nil true reads no more"])
    }

    @Test func signalsAndTheEnvironment() async {
        let lines = await lines(
            """
            local p <close> = ag.spawn { "sh", "-c", "pwd; echo $A-$HOME; sleep 1005.5", cwd = "/usr",
              env = { A = 5, HOME = false } }
            out(p:read(), p:read())
            out(p:kill "KILL", p:wait())
            out(tostring(p):match "killed by SIGKILL")
            """)
        #expect(lines == ["/usr 5-", "true nil KILL", "killed by SIGKILL"])
    }

    @Test func closingEndsIt() async {
        let lines = await lines(
            """
            local kept
            do
              local p <close> = ag.spawn { "sleep", "1006.5" }
              kept = p
            end
            out(kept:wait())
            """)
        #expect(lines == ["nil TERM"])
    }

    @Test(arguments: [
        ("ag.spawn { 'no-such-program' }", "ag.spawn: no-such-program: cannot be started"),
        ("ag.spawn { 'ls', cwd = '/no/such' }", "/no/such: cannot be started"),
        ("ag.spawn {}", "expected a program, got none"),
        ("ag.spawn 'ls'", "expected a table"),
        ("ag.spawn { 'ls', {} }", "argument 2: expected a string, got a table"),
        ("ag.spawn { 'ls', [3] = 'x' }", "argument 2: expected a string, got nil"),
        ("ag.spawn { 'ls', evn = {} }", "did you mean env?"),
        ("ag.spawn { 'ls', env = { ['a=b'] = 1 } }", "env: expected names of variables"),
        (
            "ag.spawn { 'ls', env = { ['\\u{e9}'] = 1, ['e\\u{301}'] = 2 } }",
            "env: expected each name once"
        ),
        ("ag.spawn { 'ls', stdin = 'file' }", "one of \"pipe\", \"null\""),
        ("ag.spawn { 'ls', kill_after = -1 }", "kill_after: expected seconds from 0"),
        ("ag.spawn { 'true' }:kill 'TREM'", "did you mean TERM?"),
        ("ag.spawn { 'true' }:read 'x'", "read: expected \"l\""),
        ("ag.spawn { 'true' }:write 'x'", "stdin = \"pipe\""),
    ])
    func mistakesAreNamed(script: String, expected: String) async {
        let message = await message(script)
        #expect(message.contains(expected), "\(message)")
        #expect(message.hasPrefix("script.lua:2:"), "\(message)")
    }

    @Test func theSandboxHasNone() async {
        var settings = RunSettings()
        settings.isSandboxed = true
        let run = await ScriptRun.of(
            "out(pcall(function() return require('mohpo').spawn end))", settings: settings)
        #expect(run.lines.first?.hasPrefix("false") == true)
        #expect(run.lines.first?.contains("there is no such name") == true)
    }

    // MARK: - In trials

    /// Each child waits until four of them run: one after another they would wait for ever.
    @Test func trialsWaitSideBySide() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let run = await ScriptRun.of(
            experiment(
                """
                local p <close> = ag.spawn { "sh", "-c", [[cd '\(folder)'; touch $$
                  until [ $(ls | wc -l) -ge 4 ]; do sleep 0.05; done
                  for i in 1 2 3; do echo $i; done]] }
                for line in p:lines() do reporter { epoch = tonumber(line), loss = args.x } end
                """, fields: "parallel_trials = 4, trial_time_out = 60,", trials: 12)
                    + """
                    for _, t in ipairs(study.trials) do assert(t.state ~= "failed", t.error) end
                    out(#study.trials)
                    """)
        #expect(run.failure == nil, "\(run.failure?.description ?? "")")
        #expect(run.lines == ["12"])
    }

    @Test func aTrialThatWaitsTooLongFails() async {
        let run = await ScriptRun.of(
            experiment(
                """
                local p <close> = ag.spawn { "sleep", "1007.5" }
                reporter { epoch = 1, loss = 1 }
                p:wait()
                """, fields: "trial_time_out = 0.2,", trials: 1)
                + "out(study.trials[1].state, study.trials[1].error)")
        #expect(run.lines.first?.hasPrefix("failed") == true)
        #expect(run.lines.first?.contains("trial_time_out") == true)
    }

    /// A child that is not closed ends with its trial, and the study's end waits for that.
    @Test func aForgottenChildEndsWithItsTrial() async {
        let run = await ScriptRun.of(
            "local kept = {}\n"
                + experiment(
                    """
                    kept[#kept + 1] = ag.spawn { "sleep", "1008.5" }
                    reporter { epoch = 1, loss = 1 }
                    """, trials: 2)
                + "for _, p in ipairs(kept) do out(tostring(p):match 'killed by SIGTERM') end")
        #expect(run.lines == ["killed by SIGTERM", "killed by SIGTERM"])
    }

    /// Where a call cannot be suspended, it waits.
    @Test func aComparatorWaits() async {
        let run = await ScriptRun.of(
            experiment(
                """
                local t = { 2, 1 }
                table.sort(t, function(a, b)
                  ag.spawn { "true" }:wait()
                  return a < b
                end)
                reporter { epoch = 9, loss = t[1] }
                """, trials: 2)
                + "out(#study:pareto_front())")
        #expect(run.failure == nil)
        #expect(run.lines == ["1"])
    }
}
