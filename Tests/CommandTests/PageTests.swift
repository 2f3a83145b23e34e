import Foundation
import Subprocess
import Testing

/// The page in a real browser: headless Chromium, driven by `Tests/Page/check.py`.
@Suite struct PageTests {
    private static let checker = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Page/check.py").path

    /// Names with markup and quotes, a choice whose branches have parameters of their own, constraints,
    /// trials that fail; then one, two and six objectives, and trials without a report.
    private static let studies = [
        """
        name = "<b>two</b> </script><script>window.pwned = 1</script> \\"'&", seed = 3,
        space = {
          lr = ag.Real(1e-5, 1, { log = true }), big = ag.Int(0, 1 << 60),
          ["a <i>"] = ag.Categorical("re'lu", "</script><script>window.pwned = 1</script>"),
          optimizer = ag.Choice {
            adam = { beta = ag.Real(0.8, 0.999) }, sgd = { nesterov = ag.Bool() } },
          widths = { ag.Int(1, 9), ag.Int(1, 9) }, ["drop.out"] = ag.Real(0, 1),
        },
        objectives = { { "accuracy", "MAX" }, { "time <s>", "MIN" } },
        constraints = { size = { max = 60 } }, on_error = "continue",
        scheduler = ag.hyperband { time_attr = "epoch", max_t = 9, type = "promotion", brackets = 2 },
        num_trials = 40,
        train = function(a, r)
          if a.lr > 0.5 then error("<img src=x onerror='window.pwned = 1'> diverged") end
          for e = 1, 9 do
            r { epoch = e, accuracy = 1 - a.lr / e, ["time <s>"] = a.widths[1] * 1e-3,
                size = a.widths[2] * 10, note = "</td><script>window.pwned = 1</script>" }
          end
        end
        """,
        """
        name = "one", space = { x = ag.Real(0, 1), k = ag.Int(1, 9) }, seed = 1,
        objectives = { { "loss", "MIN" } }, num_trials = 30,
        scheduler = ag.hyperband { time_attr = "step", max_t = 9, type = "stopping" },
        train = function(a, r)
          for e = 1, 9 do r { step = e, loss = e == 2 and 0/0 or (a.x - 0.3)^2 + a.k / e } end
        end
        """,
        """
        name = "six", space = { a = ag.Real(0, 1), o = ag.Ordinal("s", "m", "l") }, seed = 1,
        objectives = { { "a1", "MIN" }, { "a2", "MAX" }, { "a3", "MIN" }, { "a4", "MIN" },
                       { "a5", "MIN" }, { "a6", "MAX" } }, num_trials = 20,
        scheduler = ag.hyperband { time_attr = "step", max_t = 9, type = "stopping" },
        train = function(a, r)
          for e = 1, 9 do
            r { step = e, a1 = a.a / e, a2 = e, a3 = 1e-7 * a.a, a4 = 1 - a.a, a5 = 1e6, a6 = a.a }
          end
        end
        """,
        """
        name = "none", space = { x = ag.Real(0, 1) }, seed = 1, on_error = "continue",
        objectives = { { "a", "MIN" }, { "b", "MIN" } }, num_trials = 3,
        scheduler = ag.hyperband { time_attr = "step", max_t = 9, type = "stopping" },
        train = function() error "no luck" end
        """,
    ]

    /// Runs a study of `studies` in a folder and writes its page there.
    private static func makePage(of number: Int, in folder: Folder) async throws -> String {
        let script =
            "local ag = require 'mohpo'\n"
            + "ag.experiment { \(studies[number]), parallel_trials = 3 }:run()"
        try folder.write(script, to: "\(number).lua")
        let run = try await Command.run(
            ["--study", "\(number).db", "--log-level", "error", "\(number).lua"], in: folder)
        #expect(folder.has("\(number).db"), "\(run.errors)")
        return try await report(["\(number).db"], as: "\(number).html", in: folder)
    }

    private static func report(
        _ studies: [String], as file: String, in folder: Folder
    ) async throws -> String {
        let report = try await Command.run(
            ["report"] + studies + ["--output", file], in: folder)
        #expect(report.status == .exited(0) && report.errors == "")
        return "\(folder.path)/\(file)"
    }

    private static func check(_ arguments: [String], in folder: Folder) async throws {
        let check = try await Command.run(
            ["python3", checker] + arguments, of: "/usr/bin/env", in: folder)
        #expect(check.status == .exited(0), "\(check.output)\(check.errors)")
    }

    @Test(arguments: studies.indices) func everyViewWorksInABrowser(study: Int) async throws {
        let folder = try Folder()
        try await Self.check([try await Self.makePage(of: study, in: folder)], in: folder)
    }

    @Test func aComparisonWorksInABrowser() async throws {
        let folder = try Folder()
        _ = try await Self.makePage(of: 0, in: folder)
        let page = try await Self.report(["0.db", "0.db"], as: "compared.html", in: folder)
        try await Self.check([page], in: folder)
    }

    /// A study that grows, one without trials, one without objectives; and one of 100,000 reports.
    @Test(arguments: ["--changed", "--large"])
    func aChangedStudyWorksInABrowser(change: String) async throws {
        let folder = try Folder()
        try await Self.check([change, try await Self.makePage(of: 0, in: folder)], in: folder)
    }

    @Test func thePageNamesTheCommandThatContinues() async throws {
        let folder = try Folder()
        let study = Self.studies[1].replacing("num_trials = 30", with: "num_trials = 3")
        try folder.write(
            "local ag = require 'mohpo'\nag.experiment { \(study) }:run()", to: "it's.lua")
        _ = try await Command.run(["it's.lua"], in: folder)
        _ = try await Command.run(["report", "one", "--output", "one.html"], in: folder)
        #expect(
            try folder.read("one.html").contains(
                "mohpo-lua --resume --study studies/one.db 'it'\\\\''s.lua'"))
    }
}
