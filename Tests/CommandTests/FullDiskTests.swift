import Foundation
import Subprocess
import Testing

/// A result that cannot be written makes the command a failure.
@Suite struct FullDiskTests {
    /// Linux has a device that is always full.
    private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

    private static let script = """
        local ag = require "mohpo"
        ag.experiment {
          name = "toy", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          num_trials = 2, scheduler = ag.hyperband { max_t = 1 },
          train = function(args, reporter) reporter { epoch = 1, loss = args.x } end,
        }:run()
        """

    @Test(
        .enabled(if: hasFullDevice),
        arguments: [
            "front toy", "front toy --format json", "front toy --format csv", "report toy", "list",
            "explain toy 1", "replay toy", "export toy --format csv", "export toy --format jsonl",
            "export toy --format json", "export toy --format optuna", "--format json toy.lua",
            "--format table toy.lua", "check toy.lua", "--version", "--help", "front --help",
            "help export", "-v", "--generate-completion-script bash", "data list",
            // A script prints by itself, line by line or not, and may end the process.
            "-e \"print(1)\"", "-e \"print(1) print(2) os.exit()\"", "-e \"io.write 'a'\"",
            "-e \"io.write 'a' os.exit(true, true)\"", "run -e \"io.stdout:write 'a'\"",
            "-e \"io.stdout:setvbuf 'no' io.write 'a' io.write 'b'\"",
            "-e \"io.write(('x'):rep(1 << 20))\"", "-e \"print(1)\" toy.lua",
            "-e \"io.write(1); io.stdout:flush()\"", "bench toy.lua --seeds 1 --trials 1",
        ])
    func aFailedWriteIsAFailure(arguments: String) async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "toy.lua")
        #expect(try await Command.run(["toy.lua"], in: folder).status == .exited(0))
        let command = try await Command.run(
            ["-c", "exec \"$0\" \(arguments) > /dev/full", Command.program], of: "/bin/sh",
            in: folder)
        #expect(command.status == .exited(1), "\(arguments)")
        #expect(
            command.errors.hasSuffix(
                "mohpo-lua: cannot write standard output: No space left on device\n"),
            "\(command.errors)")
    }

    /// A reader that has seen enough is no failure of ours to tell of.
    @Test func aReaderMayStop() async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "toy.lua")
        #expect(try await Command.run(["toy.lua"], in: folder).status == .exited(0))
        let command = try await Command.run(
            ["-c", "\"$0\" report toy | true", Command.program], of: "/bin/sh", in: folder)
        #expect(command.status == .exited(0) && command.errors == "")
    }
}
