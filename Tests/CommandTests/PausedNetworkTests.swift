import Subprocess
import Testing

/// A disk that takes no networks of paused trials.
@Suite struct PausedNetworkTests {
    private static let script = """
        local ag, nn = require "mohpo", require "mohpo.nn"
        local features, labels = {}, {}
        for i = 1, 20 do features[i], labels[i] = { i, -i }, i % 2 end
        local small = require "mohpo.data".table(features, labels)
        ag.experiment {
          space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = "promotion" },
          num_trials = 16, parallel_trials = 1, seed = 5,
          train = function(args, reporter)
            local mlp = nn.MLPClassifier { hidden_layer_sizes = { 192, 192 } }
            for epoch = 1, 9 do
              mlp:partial_fit(small)
              reporter { epoch = epoch, loss = mlp:loss(small) }
            end
          end,
        }:run()
        """

    @Test func aFullDiskIsToldAndEndsTrialsAlone() async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "s.lua")
        let limited = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""
        let command = try await Command.run(
            [
                "-c", limited, Command.program, "--study", "memory", "--memory-limit", "5M",
                "s.lua",
            ], of: "/bin/sh", in: folder)
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(
            command.errors.contains(
                "the networks of paused trials stay in memory, where --memory-limit leaves no "
                    + "room: no temporary file can be written in "), "\(command.errors)")
        #expect(command.errors.contains(": file too large; TMPDIR names another folder\n"))
        #expect(command.errors.contains("not enough memory for "))
    }
}
