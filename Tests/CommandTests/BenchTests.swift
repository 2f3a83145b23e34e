import Subprocess
import Testing

/// `mohpo-lua bench`: settings beside one another on a script of the user's own.
@Suite struct BenchTests {
    private static let script = """
        local ag = require "mohpo"
        print(ag.experiment { name = "curve", space = { x = ag.Real(0, 1), y = ag.Real(0, 1) },
          objectives = { f = "MIN", g = "MIN" }, num_trials = 20,
          scheduler = ag.hyperband { max_t = 9, type = "stopping" },
          train = function(args, reporter)
            for e = 1, 9 do
              reporter { epoch = e, f = args.x + 1 / e, g = (1 - args.x) ^ 2 + args.y + 1 / e }
            end
          end }:run())
        """
    private static let promotion = """
        local ag = require "mohpo"
        return { scheduler = ag.hyperband { max_t = 9, type = "promotion" } }
        """

    private func folder(_ files: [String: String] = [:]) throws -> Folder {
        let folder = try Folder()
        try folder.write(Self.script, to: "s.lua")
        try folder.write(Self.promotion, to: "promotion.lua")
        for (name, text) in files { try folder.write(text, to: name) }
        return folder
    }

    @Test func oneFileIsComparedWithTheScriptAsItIs() async throws {
        let folder = try folder()
        let command = try await Command.run(
            ["bench", "s.lua", "--settings", "promotion.lua", "--seeds", "2"], in: folder)
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.hasPrefix("curve: share of the hypervolume found by all"))
        let names = command.output.split(separator: "\n").dropFirst(3).map { $0.prefix(9) }
        #expect(names.sorted() == ["as it is ", "promotion"])
        // Neither what the script prints nor a file is left behind.
        #expect(!command.output.contains("trials"))
        #expect(!folder.has("studies"))
        #expect(command.errors.contains("mohpo-lua: promotion, seed 2 of 2: "))
    }

    /// The same every time, and the same settings under two names share everything.
    @Test func theComparisonIsRepeatable() async throws {
        let folder = try folder([
            "a.lua": "return {}", "b.lua": "return function(o) o.num_trials = 20 return o end",
        ])
        let arguments = [
            "bench", "s.lua", "--settings", "a.lua", "b.lua", "--seeds", "3", "--format", "csv",
            "--quiet",
        ]
        let first = try await Command.run(arguments, in: folder)
        let second = try await Command.run(arguments + ["--workers", "1"], in: folder)
        #expect(first.status == .exited(0) && first.errors == "", "\(first.errors)")
        #expect(first.output == second.output)
        let rows = first.output.split(separator: "\r\n").dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
        let (a, b) = (rows.filter { $0[1] == "a" }, rows.filter { $0[1] == "b" })
        #expect(!a.isEmpty && a.map { $0[2...] } == b.map { $0[2...] })
        #expect(a.allSatisfy { $0[6] == "1.5" })
    }

    @Test(arguments: [
        (
            ["bench", "s.lua", "--seeds", "0"], 2,
            "--seeds: expected an integer of at least 1, got 0"
        ),
        (["bench", "s.lua", "--settings", "no.lua"], 2, "--settings: no.lua: no such file"),
        (
            ["bench", "s.lua", "--settings", "promotion.lua", "promotion.lua"], 2,
            "--settings: expected files of different names, got two called promotion"
        ),
        (
            ["bench", "s.lua", "--settings", "five.lua"], 1,
            "five, seed 1: five.lua: expected a table of settings or a function that makes one, got 5"
        ),
        (
            ["bench", "s.lua", "--settings", "nothing.lua"], 1,
            "nothing.lua: expected the function to return a table, got nil"
        ),
        (
            ["bench", "s.lua", "--settings", "other.lua"], 1,
            "other: the objectives of curve differ from those under as it is"
        ),
        (
            ["bench", "s.lua", "--settings", "typo.lua"], 1,
            "s.lua:2: ag.experiment: num_trails: unknown option; did you mean num_trials?"
        ),
        (["bench", "none.lua"], 1, "none.lua: runs no experiment, so there is nothing to compare"),
    ])
    func mistakesAreNamed(arguments: [String], status: Int32, message: String) async throws {
        let folder = try folder([
            "five.lua": "return 5", "nothing.lua": "return function() end",
            "other.lua": "return { objectives = { f = 'MIN', g = 'MAX' } }",
            "typo.lua": "return { num_trails = 3 }", "none.lua": "print(1)",
        ])
        let command = try await Command.run(arguments, in: folder)
        #expect(command.status == .exited(status), "\(command.errors)")
        #expect(command.errors.contains(message), "\(command.errors)")
    }
}
