import Foundation
import Subprocess
import Testing

/// `mohpo-lua watch` as a process, asked over HTTP and opened in a browser.
@Suite struct WatchTests {
    private static func checker(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Page/\(name).py").path
    }

    private let folder: Folder

    init() throws {
        folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment {
              name = "growing", space = { x = ag.Real(0, 1) }, seed = 1, num_trials = 40,
              objectives = { { "a", "MIN" }, { "b", "MIN" } }, parallel_trials = 2,
              scheduler = ag.hyperband { time_attr = "step", max_t = 9, type = "stopping" },
              train = function(args, reporter)
                for step = 1, 9 do
                  -- The second half waits until the page has been opened.
                  while reporter.trial > 20 and not io.open "go" do os.execute "sleep 0.05" end
                  reporter { step = step, a = args.x / step, b = 1 - args.x }
                end
              end,
            }:run()
            """, to: "s.lua")
    }

    /// The page grows with the study, 100 readers that hang change nothing, and strangers get nothing.
    @Test func aPageGrowsWithItsStudy() async throws {
        let check = try await Command.run(
            ["python3", Self.checker("check_watch"), Command.program], of: "/usr/bin/env",
            in: folder)
        #expect(check.status == .exited(0), "\(check.output)\(check.errors)")
    }

    /// A trial is stopped, another added and the study stopped, by the page and by no one else.
    @Test func aPageStopsAndAddsTrials() async throws {
        try folder.write(
            """
            local ag = require "mohpo"
            local study = ag.experiment {
              name = "held", space = { x = ag.Real(0, 1), n = ag.Int(1, 9) }, seed = 1,
              num_trials = 12, objectives = { { "a", "MIN" }, { "b", "MIN" } },
              parallel_trials = 2,
              scheduler = ag.hyperband {
                time_attr = "step", max_t = 9, grace_period = 9, type = "stopping" },
              train = function(args, reporter)
                reporter { step = 1, a = args.x, b = 1 - args.x }
                -- Until it is stopped.
                local process <close> = ag.spawn { "sleep", "1000" }
                process:wait()
              end,
            }:run()
            print(#study.trials .. " trials")
            """, to: "held.lua")
        let check = try await Command.run(
            ["python3", Self.checker("check_control"), Command.program], of: "/usr/bin/env",
            in: folder)
        #expect(check.status == .exited(0), "\(check.output)\(check.errors)")
    }

    /// A folder's studies are listed, opened and compared, one grows meanwhile, and no other file is
    /// served.
    @Test func allStudiesOfAFolderAreListed() async throws {
        func script(_ name: String, objectives: String, report: String) -> String {
            """
            require("mohpo").experiment {
              name = "\(name)", space = { x = require("mohpo").Real(0, 1) }, seed = 1,
              num_trials = 9, objectives = { \(objectives) },
              scheduler = require("mohpo").hyperband {
                time_attr = "step", max_t = 3, type = "stopping" },
              train = function(args, reporter)
                for step = 1, 3 do reporter { step = step, \(report) } end
              end,
            }:run()
            """
        }
        try folder.write(
            script("one", objectives: "{ 'loss', 'MIN' }", report: "loss = args.x"), to: "one.lua")
        try folder.write(
            script(
                "two", objectives: "{ 'a <b>', 'MAX' }, { 'b', 'MIN' }",
                report: "['a <b>'] = args.x, b = step"), to: "two.lua")
        let check = try await Command.run(
            ["python3", Self.checker("check_catalog"), Command.program], of: "/usr/bin/env",
            in: folder)
        #expect(check.status == .exited(0), "\(check.output)\(check.errors)")
    }

    @Test func mistakesAreNamed() async throws {
        let missing = try await Command.run(["watch", "nothing"], in: folder)
        #expect(missing.status == .exited(1))
        #expect(missing.errors.contains("nothing: expected a study"))
        try folder.write("", to: "x.db")
        let address = try await Command.run(["watch", "x.db", "--address", "here"], in: folder)
        #expect(address.status == .exited(1))
        #expect(
            address.errors
                == "mohpo-lua: --address: expected an IP address or localhost, got \"here\"\n")
    }
}
