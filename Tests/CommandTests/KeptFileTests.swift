import Foundation
import Subprocess
import Testing

/// What the front's reports keep, over a kill and a resumption.
@Suite struct KeptFileTests {
    private static let search = """
        local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
        local ds = data.table({ { 0 }, { 1 } }, { "a", "b" })
        local study = ag.experiment { name = "kept",
          space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN", cost = "MIN" },
          num_trials = 9, seed = 2, parallel_trials = 2,
          scheduler = ag.hyperband { max_t = 9, type = "promotion" },
          train = function(args, reporter)
            local mlp = nn.MLPClassifier { hidden_layer_sizes = { 2 }, seed = 1 }
            for epoch = 1, 9 do
              mlp:partial_fit(ds)
              if arg[1] == "kill" and reporter.trial == 5 then os.execute("kill -9 $PPID") end
              reporter({ epoch = epoch, loss = args.x / epoch, cost = epoch - args.x },
                { model = mlp, at = { epoch = epoch, x = args.x } })
            end
          end }:run()
        for _, p in ipairs(study:pareto_front()) do
          print(p.trial, p.epoch, p.kept.at.epoch, p.kept.at.x == p.args.x, p.kept.model.n_parameters)
        end
        local kept = 0
        for _, reports in ipairs(study.history) do
          for _, report in ipairs(reports) do if report.kept then kept = kept + 1 end end
        end
        print(kept == #study:pareto_front())

        """

    @Test func aKillLosesNothing() async throws {
        let (whole, killed) = (try Folder(), try Folder())
        for folder in [whole, killed] { try folder.write(Self.search, to: "s.lua") }
        let expected = try await Command.run(["s.lua"], in: whole)
        #expect(expected.output.hasSuffix("true\n"), "\(expected.output) \(expected.errors)")
        _ = try await Command.run(["s.lua", "kill"], in: killed)
        let resumed = try await Command.run(["--resume", "s.lua"], in: killed)
        #expect(resumed.output == expected.output, "\(resumed.errors)")
    }

    @Test func frontWritesFiles() async throws {
        let folder = try Folder()
        try folder.write(Self.search, to: "s.lua")
        let run = try await Command.run(["s.lua"], in: folder)
        let front = try await Command.run(["front", "kept", "--save", "out/best"], in: folder)
        #expect(front.status == .exited(0), "\(front.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out/best")
        let points = run.output.split(separator: "\n").dropLast()
        #expect(names.count == 2 * points.count && !points.isEmpty, "\(names)")
        let first = points.first?.split(separator: "\t") ?? []
        guard first.count > 1 else { return }
        let stem = "out/best/trial-\(first[0])-epoch-\(first[1])"
        #expect(try folder.read("\(stem).json").contains("\"epoch\": \(first[1])"))
        try folder.write(
            "print(require 'mohpo.nn'.load('\(stem).model.safetensors').n_parameters)", to: "l.lua")
        let loaded = try await Command.run(["l.lua"], in: folder)
        #expect(loaded.output == "\(first[4])\n", "\(loaded.errors)")
    }
}
