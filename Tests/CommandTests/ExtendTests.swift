import Foundation
import Subprocess
import Testing

/// `--resume` where there is no study, and `--extend` of one that has ended.
@Suite struct ExtendTests {
    private static func script(
        _ maxT: Int, space: String = "x = ag.Real(0, 1)", loss: String = "args.x / epoch"
    ) -> String {
        """
        local ag = require "mohpo"
        local study = ag.experiment { name = "grow", space = { \(space) },
          objectives = { loss = "MIN" }, num_trials = 9, seed = 5,
          scheduler = ag.hyperband { max_t = \(maxT), type = "stopping" },
          train = function(args, reporter)
            local kept = reporter:restore() or { epoch = 0 }
            for epoch = kept.epoch + 1, \(maxT) do
              io.stderr:write("[", epoch, "]")
              reporter { epoch = epoch, loss = \(loss) }
              reporter:checkpoint { epoch = epoch }
            end
          end }:run()
        print(#study, study:best("loss").epoch)
        """
    }

    @Test func resumeStartsAStudyWhereThereIsNone() async throws {
        let folder = try Folder()
        try folder.write(Self.script(3), to: "s.lua")
        let command = try await Command.run(["--resume", "s.lua"], in: folder)
        #expect(command.status == .exited(0) && command.output == "9\t3\n", "\(command.errors)")
        #expect(
            command.errors.contains(
                "grow: there is no study to resume; a new one begins in studies/grow.db"))
        let named = try await Command.run(
            ["--study", "new/folder/a.db", "--resume", "s.lua"], in: folder)
        #expect(named.status == .exited(0) && folder.has("new/folder/a.db"), "\(named.errors)")
        #expect(named.errors.contains("made the folder new/folder"), "\(named.errors)")
    }

    @Test func completeTrialsContinueFromTheirCheckpoints() async throws {
        let folder = try Folder()
        try folder.write(Self.script(9), to: "s.lua")
        _ = try await Command.run(["s.lua"], in: folder)
        try folder.write(Self.script(27), to: "s.lua")
        let longer = try await Command.run(["--resume", "--extend", "s.lua"], in: folder)
        #expect(longer.output == "9\t27\n", "\(longer.errors)")
        #expect(longer.errors.contains("[27]") && !longer.errors.contains("[1]"))
        let replay = try await Command.run(["replay", "grow"], in: folder)
        #expect(replay.status == .exited(0), "\(replay.output) \(replay.errors)")
    }

    @Test func aRangeIsNarrowedAndAParameterAdded() async throws {
        let folder = try Folder()
        try folder.write(Self.script(3), to: "s.lua")
        _ = try await Command.run(["s.lua"], in: folder)
        try folder.write(
            Self.script(
                3, space: "x = ag.Real(0, 0.5), n = ag.Int(1, 3)", loss: "args.x / epoch + args.n"
            )
            .replacing("num_trials = 9", with: "num_trials = 12"), to: "s.lua")
        let refused = try await Command.run(["--resume", "s.lua"], in: folder)
        #expect(refused.status == .exited(1) && refused.errors.contains("--extend"))
        let more = try await Command.run(["--resume", "--extend", "s.lua"], in: folder)
        #expect(more.output == "12\t3\n", "\(more.errors)")
        let again = try await Command.run(["--resume", "s.lua"], in: folder)
        #expect(again.output == "12\t3\n", "\(again.errors)")
    }

    @Test func theCommandThatContinuesIsPrinted() async throws {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "long", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              num_trials = 1000, scheduler = ag.hyperband { max_t = 9, type = "stopping" },
              train = function(args, reporter)
                for epoch = 1, 9 do
                  reporter { epoch = epoch, loss = args.x }
                  if reporter.trial == 1 then io.open("on", "w"):close() while true do end end
                end
              end }:run()
            """, to: "s.lua")
        let command = try await Command.run(
            ["run", "--seed", "7", "--trials", "50", "s.lua", "it's", "--x"], in: folder
        ) { program in
            try await folder.waitFor("on")
            try program.send(.interrupt)
        }
        #expect(command.status == .exited(130))
        #expect(
            command.errors.contains(
                "run --resume --seed 7 --trials 50 s.lua 'it'\\''s' --x continues it"),
            "\(command.errors)")
    }
}
