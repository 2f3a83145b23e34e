import Foundation
import Subprocess
import Testing

/// Whole runs from the command line.
@Suite struct StudyTests {
    private static let script = """
        local ag = require "mohpo"
        local study = ag.experiment { name = "toy", space = { x = ag.Real(0, 1), n = ag.Int(1, 4) },
          objectives = { { "loss", "MIN" }, { "cost", "MIN" } },
          scheduler = ag.hyperband { max_t = 9, type = "stopping" }, num_trials = 12, seed = 3,
          train = function(args, reporter)
            for epoch = 1, 9 do
              reporter { epoch = epoch, loss = (args.x - 0.3) ^ 2 + 1 / epoch, cost = args.n }
            end
          end }:run()
        study:plot "toy.svg"
        study:plot "toy.html"
        study:save_csv "toy.csv"
        study:save_json "toy.json"
        """

    private func run(_ arguments: [String], in folder: Folder) async throws -> Command {
        try folder.write(Self.script, to: "toy.lua")
        return try await Command.run(arguments, in: folder)
    }

    @Test func theSameSeedGivesTheSameFrontOnAnyNumberOfThreads() async throws {
        var outputs: Set<String> = []
        for workers in ["1", "2", "5"] {
            let command = try await run(
                ["--workers", workers, "--format", "json", "toy.lua"], in: Folder())
            #expect(command.status == .exited(0))
            outputs.insert(command.output)
        }
        #expect(outputs.count == 1)
        let other = try await run(["--seed", "4", "--format", "json", "toy.lua"], in: Folder())
        #expect(!outputs.contains(other.output))
    }

    @Test func resultsAreWrittenAsFiles() async throws {
        let folder = try Folder()
        let command = try await run(["--format", "table", "toy.lua"], in: folder)
        #expect(command.output.hasPrefix("toy: 12 trials"))
        #expect(command.errors == "")
        #expect(
            try folder.read("toy.svg").hasPrefix("<svg")
                || folder.read("toy.svg").hasPrefix("<?xml"))
        #expect(try folder.read("toy.html").contains("<svg"))
        let rows = try folder.read("toy.csv").split(separator: "\r\n")
        #expect(rows[0] == "trial,epoch,loss,cost,on_front,state,n,x")
        let json = try JSONSerialization.jsonObject(with: Data(folder.read("toy.json").utf8))
        let study = try #require(json as? [String: Any])
        let trials = try #require(study["trials"] as? [[String: Any]])
        #expect(trials.count == 12)
        #expect(trials.map { ($0["reports"] as? [Any])?.count ?? 0 }.reduce(0, +) == rows.count - 1)
    }

    /// What computes when the time is up ends too: it would hold its network for ever.
    @Test func aTimeOutEndsOperations() async throws {
        let folder = try Folder()
        let script = """
            local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
            local features, labels = {}, {}
            for i = 1, 1000 do features[i], labels[i] = { math.sin(i), i % 7 }, i % 2 end
            local ds = data.table(features, labels)
            local mlp = nn.MLPClassifier { max_iter = 1000000000, tol = 0,
              n_iter_no_change = 1000000000, hidden_layer_sizes = { 100, 100 } }
            local computes, study
            local function run(seconds)
              return ag.experiment { space = { x = ag.Real(0, 1) },
                objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' },
                time_out = seconds,
                train = function(args, reporter)
                  local closing <close> = setmetatable({}, { __close = function()
                    small = nn.MLPClassifier { max_iter = 1 }
                    print(#small:fit(ds).loss_curve)
                  end })
                  computes = true
                  mlp:fit(ds)
                end, parallel_trials = 1 }:run()
            end
            -- On a slow machine the time may be up before the trial has begun.
            local seconds = 0.1
            repeat study, seconds = run(seconds), 2 * seconds until computes
            print(study.trials[1].state, type(mlp.loss_curve))
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["--study", "memory", "s.lua"], in: folder)
        #expect(command.status == .exited(0))
        #expect(command.output == "1\nstopped\ttable\n", "\(command.errors)")
    }

    @Test func aFileThatCannotBeWrittenIsNamed() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script.replacing("\"toy.svg\"", with: "\"nowhere/toy.svg\""), to: "toy.lua")
        let command = try await Command.run(["toy.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(
            command.errors.hasPrefix(
                "mohpo-lua: toy.lua:10: cannot write nowhere/toy.svg: No such file or directory\n"))
    }

    @Test func checkPrintsWhatWouldBeRun() async throws {
        let folder = try Folder()
        let command = try await run(["check", "toy.lua"], in: folder)
        #expect(command.status == .exited(0))
        #expect(
            command.output == """
                experiment toy (toy.lua:2)
                  space: infinitely many configurations
                    n: Int(1, 4)
                    x: Real(0.0, 1.0)
                  objectives
                    loss: MIN
                    cost: MIN
                  hyperband (stopping): epoch up to 9, the best 1 in 3 of a rung continue
                    bracket 0: rungs 1, 3
                  configurations: random
                  12 trials in 4 slots, seed 3, ranking random_weights (100)

                """)
        #expect(!folder.has("toy.svg"))
    }

    @Test func checkSaysThatAModelDecidesWhereNoTypeIsSaid() async throws {
        let folder = try Folder()
        try folder.write(Self.script.replacing(", type = \"stopping\"", with: ""), to: "toy.lua")
        let command = try await Command.run(["check", "toy.lua"], in: folder)
        #expect(
            command.output.contains(
                "  hyperband (model, by default): epoch up to 9, "
                    + "a model chooses which paused trials continue\n"))
        #expect(command.output.contains("  configurations: proposed by the model\n"))
    }

    @Test func checkGoesAsFarAsAScriptCanWithoutResults() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script.replacing("study:plot \"toy.svg\"", with: "print(study:knee().loss)"),
            to: "toy.lua")
        let command = try await Command.run(["check", "toy.lua"], in: folder)
        #expect(command.status == .exited(0))
        #expect(command.output.hasPrefix("experiment toy"))
        #expect(command.errors.hasPrefix("mohpo-lua: checked up to here"))
        #expect(command.errors.contains("toy.lua:10: attempt to index a nil value"))
    }

    @Test(arguments: [
        ("study:plot 'toy.png'", "plot: expected a path that ends in .svg or .html"),
        ("study:plot 'svg'", "plot: expected a path that ends in .svg or .html, got \"svg\""),
        (
            "study:plot('toy.svg', { view = 'curve' })",
            "plot: view: expected one of \"front\", \"curves\", \"parallel\", \"importance\", "
                + "\"hypervolume\", \"rungs\", \"timeline\", got \"curve\"; did you mean curves?"
        ),
        ("study:plot('toy.html', { view = 'rungs' })", "plot: view: a page has all views"),
        ("study:plot 'nowhere/toy.svg'", "cannot write nowhere/toy.svg"),
        ("study:kne()", "Study.kne: there is no such name; did you mean knee?"),
        ("print(undefined.x)", "attempt to index a nil value (global 'undefined')"),
    ])
    func checkNamesAMistakeBehindTheRun(line: String, message: String) async throws {
        let folder = try Folder()
        try folder.write(
            Self.script.replacing("study:plot \"toy.svg\"", with: line), to: "toy.lua")
        let command = try await Command.run(["check", "toy.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(command.errors.contains("toy.lua:10: \(message)"))
    }

    @Test func aStudyOfWhichEveryTrialFailedIsAFailure() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script.replacing("for epoch", with: "error('no') for epoch"), to: "toy.lua")
        let command = try await Command.run(["toy.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(command.errors.hasSuffix("mohpo-lua: toy: every trial failed\n"))
    }

    @Test func checkNamesAMistake() async throws {
        let folder = try Folder()
        try folder.write(Self.script.replacing("num_trials", with: "num_trails"), to: "toy.lua")
        let command = try await Command.run(["check", "toy.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(
            command.errors.hasPrefix(
                "mohpo-lua: toy.lua:2: ag.experiment: num_trails: unknown option; "
                    + "did you mean num_trials?"))
    }

    @Test func aFailedTrialIsSaidAndTheOthersGoOn() async throws {
        let folder = try Folder()
        try folder.write(
            Self.script.replacing(
                "for epoch", with: "if args.n == 1 then error('one') end for epoch"),
            to: "toy.lua")
        let command = try await Command.run(["--format", "table", "toy.lua"], in: folder)
        #expect(command.status == .exited(0))
        #expect(command.output.contains("failed"))
        #expect(command.errors.contains("failed: toy.lua:6: one"))
    }

    @Test func dataSetsAreListedAndAMissingOneSaysHowToBringIt() async throws {
        let folder = try Folder()
        let cache: [Environment.Key: String?] = ["XDG_CACHE_HOME": folder.path]
        let list = try await Command.run(["data", "list"], in: folder, environment: cache)
        #expect(list.output.contains("mnist") && list.output.contains("fashion-mnist"))
        try folder.write("require('mohpo.data').load 'mnist'", to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder, environment: cache)
        #expect(command.status == .exited(1))
        #expect(command.errors.hasPrefix("mohpo-lua: s.lua:1: "))
        #expect(command.errors.contains("mohpo-lua data fetch mnist"))
    }
}
