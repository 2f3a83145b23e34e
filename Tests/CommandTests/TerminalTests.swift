import Foundation
import Subprocess
import Testing

/// What a run and `mohpo-lua top` show in a terminal.
@Suite struct TerminalTests {
    private static let checker = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Terminal/check_terminal.py").path

    /// Its last two trials wait for programs until there is a file `go`.
    private static let script =
        """
        local ag = require "mohpo"
        ag.experiment {
          name = "t", space = { x = ag.Real(0, 1) }, seed = 1, num_trials = 6,
          objectives = { { "a_long_name", "MIN" }, { "b", "MIN" } }, parallel_trials = 2,
          scheduler = ag.hyperband { time_attr = "epoch", max_t = 9, type = "stopping" },
          train = function(args, reporter)
            for epoch = 1, 9 do
              if reporter.trial > 4 then
                local p <close> = ag.spawn { "sh", "-c", "while ! test -e go; do sleep 0.05; done" }
                p:wait()
              end
              reporter { epoch = epoch, a_long_name = args.x / epoch, b = 1 - args.x }
            end
          end,
        }:run()
        """

    @Test func aTerminalShowsARunAndTop() async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "t.lua")
        let check = try await Command.run(
            ["python3", Self.checker, Command.program], of: "/usr/bin/env", in: folder)
        #expect(check.status == .exited(0), "\(check.output)\(check.errors)")
    }

    @Test func topOfAFinishedStudyPrintsOnce() async throws {
        let folder = try Folder()
        try folder.write("", to: "go")
        try folder.write(Self.script, to: "t.lua")
        _ = try await Command.run(["--quiet", "t.lua"], in: folder)
        let top = try await Command.run(["top", "t"], in: folder)
        #expect(top.status == .exited(0) && top.output.hasPrefix("t: finished, 6 of 6 trials"))
        let missing = try await Command.run(["top", "nothing"], in: folder)
        #expect(missing.status == .exited(1) && missing.errors.contains("expected a study"))
        let interval = try await Command.run(["top", "t", "--interval", "0"], in: folder)
        #expect(interval.status == .exited(2) && interval.errors.contains("--interval: expected"))
    }
}
