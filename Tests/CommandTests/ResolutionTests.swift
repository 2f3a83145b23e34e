import Foundation
import Subprocess
import Testing

/// A study whose resource is no whole number, by every command that reads one.
@Suite struct ResolutionCommandTests {
    private static func script(_ end: String = "3", trials: Int = 6) -> String {
        """
        local ag = require "mohpo"
        ag.experiment {
          name = "timed", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          num_trials = \(trials), seed = 2,
          scheduler = ag.hyperband {
            time_attr = "seconds", max_t = \(end), resolution = 0.5, grace_period = 0.75,
            type = "promotion",
          },
          train = function(args, reporter)
            local kept = reporter:restore() or { s = 0 }
            for step = math.tointeger(kept.s * 4) + 1, 40 do
              local s = step / 4
              reporter { seconds = s, loss = args.x / s }
              reporter:checkpoint { s = s }
            end
          end }:run()
        """
    }

    @Test func everyCommandReadsIt() async throws {
        let folder = try Folder()
        try folder.write(Self.script(), to: "s.lua")
        let run = try await Command.run(["--quiet", "s.lua"], in: folder)
        #expect(run.status == .exited(0), "\(run.errors)")
        for (arguments, expected) in [
            (["front", "timed"], "seconds"),
            (["front", "timed", "--format", "json"], "\"seconds\""),
            (["report", "timed"], "seconds"),
            (["explain", "timed", "1"], "at seconds 0.75"),
            (["replay", "timed"], "all agree"), (["list"], "timed"),
            (["export", "timed", "--format", "csv"], "1,0.25,"),
            (["export", "timed", "--format", "jsonl"], "\"resource\":0.25"),
            (["check", "s.lua"], "seconds up to 3 in steps of 0.5"),
        ] {
            let command = try await Command.run(arguments, in: folder)
            #expect(
                command.status == .exited(0) && command.output.contains(expected),
                "\(arguments): \(command.output) \(command.errors)")
        }
    }

    @Test func itIsResumedAndExtended() async throws {
        let folder = try Folder()
        try folder.write(Self.script(trials: 3), to: "s.lua")
        _ = try await Command.run(["--quiet", "s.lua"], in: folder)
        try folder.write(Self.script("4.5", trials: 9), to: "s.lua")
        let longer = try await Command.run(
            ["--quiet", "--resume", "--extend", "s.lua"], in: folder)
        #expect(longer.status == .exited(0), "\(longer.errors)")
        let replay = try await Command.run(["replay", "timed"], in: folder)
        #expect(replay.status == .exited(0), "\(replay.output) \(replay.errors)")
        let front = try await Command.run(["front", "timed"], in: folder)
        #expect(front.output.contains("4.5"), "\(front.output)")
        try folder.write(
            Self.script("4.5", trials: 9).replacing("resolution = 0.5", with: "resolution = 0.25"),
            to: "s.lua")
        let other = try await Command.run(
            ["--quiet", "--resume", "--extend", "s.lua"], in: folder)
        #expect(other.status != .exited(0))
        #expect(
            other.errors.contains("resolution: was 0.5, is now 0.25"), "\(other.errors)")
    }

    @Test func aProgramSpeaksInFractions() async throws {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            local study = ag.experiment {
              name = "spoken", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              num_trials = 2, parallel_trials = 1,
              scheduler = ag.hyperband {
                time_attr = "seconds", max_t = 1.5, resolution = 0.5, type = "stopping",
                grace_period = 1.5 },
              train = ag.command { "python3", "t.py", "--x", "{x}" } }:run()
            for _, r in ipairs(study.history[1]) do io.write(r.seconds, " ") end
            print(study.trials[2].state)
            """, to: "s.lua")
        try folder.write(
            """
            import mohpo
            trial = mohpo.trial(x=0.0)
            for step in range(int(trial.resource * 4) + 1, 7):
                trial.report(seconds=step / 4, loss=trial.x)
                trial.checkpoint(step / 4)
            """, to: "t.py")
        let command = try await Command.run(["--quiet", "s.lua"], in: folder)
        #expect(
            command.output == "0.25 0.5 0.75 1 1.25 1.5 completed\n",
            "\(command.output) \(command.errors)")
    }
}
