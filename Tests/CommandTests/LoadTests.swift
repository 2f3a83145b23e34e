import Foundation
import Subprocess
import Testing

/// `ag.load`: a stored study, as `run` gives it.
@Suite struct LoadTests {
    private static let search = """
        local ag = require "mohpo"
        local function run()
          return ag.experiment { name = "old",
            space = { x = ag.Real(0, 1), shape = ag.Choice { a = { n = ag.Int(1, 3) }, b = {} } },
            objectives = { loss = "MIN", cost = "MAX" }, num_trials = 12, seed = 4,
            scheduler = ag.hyperband { max_t = 9 },
            train = function(args, reporter)
              for epoch = 1, 9 do
                reporter { epoch = epoch, loss = args.x / epoch, cost = args.x - epoch, note = "n" .. epoch }
              end
            end }:run()
        end
        local function text(study)
          local lines = { tostring(study), tostring(study:pareto_front()), #study,
            tostring(study:knee()), tostring(study:best "loss"), study:hypervolume(), study:explain(3) }
          for id, trial in ipairs(study.trials) do
            lines[#lines + 1] = trial.state .. trial.bracket .. tostring(trial.args) .. #trial.reports
            for _, report in ipairs(study.history[id]) do lines[#lines + 1] = tostring(report) end
          end
          return table.concat(lines, "\\n")
        end

        """

    @Test func aLoadedStudyIsWhatRunGave() async throws {
        let folder = try Folder()
        try folder.write(
            Self.search + """
                local study = run()
                local loaded = ag.load "old"
                print(text(study) == text(loaded), text(loaded) == text(ag.load "studies/old.db"))
                study:save_csv "a.csv" loaded:save_csv "b.csv" loaded:plot "c.html" loaded:save_json "d.json"
                print(io.open "a.csv":read "a" == io.open "b.csv":read "a", loaded.name)
                print(loaded.trials[1].args.shape.name, loaded.seconds >= 0)
                """, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder)
        #expect(command.output == "true\ttrue\ntrue\told\na\ttrue\n", "\(command.errors)")
        #expect(folder.has("c.html") && folder.has("d.json"))
    }

    @Test func whatIsNoStudyIsNamed() async throws {
        let folder = try Folder()
        try folder.write("no database", to: "text.db")
        try folder.write(
            """
            local ag = require "mohpo"
            print(pcall(ag.load, "none")) print(pcall(ag.load, "a/none.db"))
            print(pcall(ag.load, "./text.db")) print(pcall(ag.load)) print(pcall(ag.load, "postgres://x"))
            print(pcall(ag.load, ""))
            """, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder)
        let lines = command.output.split(separator: "\n")
        #expect(lines.count == 6, "\(command.errors)")
        #expect(
            lines.first?.contains("none: expected a study, there is neither such a file") == true)
        #expect(lines.allSatisfy { $0.hasPrefix("false") }, "\(lines)")
    }

    @Test func theSandboxReadsNothingFromOutside() async throws {
        let (outer, folder) = (try Folder(), try Folder())
        try outer.write(Self.search + "run()", to: "s.lua")
        _ = try await Command.run(["--study", "outside.db", "s.lua"], in: outer)
        let outside = "\(outer.path)/outside.db"
        let files = FileManager.default
        try files.createDirectory(
            atPath: "\(folder.path)/studies", withIntermediateDirectories: true)
        try files.createSymbolicLink(
            atPath: "\(folder.path)/studies/old.db", withDestinationPath: outside)
        try files.copyItem(atPath: outside, toPath: "\(folder.path)/mine.db")
        try folder.write(
            """
            local ag = require "mohpo"
            for _, name in ipairs { "../outside.db", "old", "studies/old.db", "\(outside)" } do
              local ok, message = pcall(ag.load, name)
              print(ok, ok or message)
            end
            print(#ag.load "./mine.db")
            """, to: "s.lua")
        let command = try await Command.run(["--sandbox", "s.lua"], in: folder)
        let lines = command.output.split(separator: "\n")
        #expect(lines.count == 5 && lines.last == "12", "\(command.output) \(command.errors)")
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("false") }, "\(lines)")
    }
}
