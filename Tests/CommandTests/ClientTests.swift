import Foundation
import Subprocess
import Testing

/// Programs in C and in plain sh, at both ends of both protocols.
@Suite struct ClientTests {
    static let clients = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Clients").standardized.path

    private static func script(_ train: String, trials: Int = 9, type: String = "stopping")
        -> String
    {
        """
        local ag = require "mohpo"
        local study = ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, seed = 3,
          objectives = { loss = "MIN" }, num_trials = \(trials), parallel_trials = 3,
          scheduler = ag.hyperband { max_t = 9, type = "\(type)" }, \(train) }:run()
        for _, t in ipairs(study.trials) do print(t.id, t.args.x, t.state, #t.reports) end
        """
    }

    /// The same search, whatever language the trials speak, and as a function of the script's finds it.
    @Test(arguments: ["stopping", "promotion"]) func cAndShellSpeak(type: String) async throws {
        let folder = try Folder()
        let compiled = try await Command.run(
            ["cc", "-O1", "-o", "client", "\(Self.clients)/client.c"], of: "/usr/bin/env",
            in: folder)
        #expect(compiled.status == .exited(0), "\(compiled.errors)")
        func search(_ train: String) async throws -> String {
            try folder.write(Self.script(train, type: type), to: "s.lua")
            let run = try await Command.run(["--study", "memory", "s.lua"], in: folder)
            #expect(run.status == .exited(0), "\(run.errors)")
            return run.output
        }
        let own = try await search(
            "train = function(a, r) for e = 1, 9 do r { epoch = e, loss = a.x } end end")
        #expect(own.contains("completed") && own.split(separator: "\n").count == 9)
        for command in ["\"./client\"", "\"sh\", \"\(Self.clients)/client.sh\""] {
            let pause = type == "promotion" ? ", pause = \"restart\"" : ""
            let found = try await search(
                "train = ag.command { \(command), stop = { kill_after = 2 }\(pause) }")
            #expect(found == own, "\(command)")
        }
    }

    /// `mohpo-lua ask` and `tell`, which find the server by the study.
    @Test(arguments: ["stopping", "promotion"]) func aShellAsksAndTells(type: String) async throws {
        let folder = try Folder()
        try folder.write(Self.script("", type: type), to: "s.lua")
        // In the place of the link, the socket itself does as well.
        let place = type == "stopping" ? [] : ["--socket", "k.socket"]
        let server = try await Command.run(
            ["serve", "--study", "k.db"] + place + ["s.lua"], in: folder
        ) { _ in
            try await folder.waitFor("k.socket")
            let shell = try await Command.run(
                ["\(Self.clients)/asks.sh", Command.program, "k.db"], of: "/bin/sh", in: folder)
            // The last ask ends with 3, as there are no more trials.
            #expect(shell.status == .exited(0), "\(shell.errors)")
            #expect(shell.errors == "")
        }
        #expect(server.status == .exited(0), "\(server.errors)")
        #expect(server.errors.contains("ask for trials: mohpo-lua ask k.db") == place.isEmpty)
        #expect(!folder.has("k.socket"))
        #expect(server.output.contains("completed"))
        let words = try folder.read("words.txt").split(separator: "\n")
        #expect(words.contains("go") && Set(words).isSubset(of: ["go", "stop", "paused"]))
        let reports = try await Command.run(["export", "k.db", "--format", "csv"], in: folder)
        #expect(reports.output.contains("a \"\"b\"\" = c"), "\(reports.output)")
        let again = try await Command.run(["ask", "k.db"], in: folder)
        #expect(again.status == .exited(1))
        #expect(again.errors.contains("k.db: no server runs for the study"))
    }

    @Test func whatAShellIsTold() async throws {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "s", objectives = { loss = "MIN" }, num_trials = 4,
              space = { x = ag.Real(0, 1), text = "a 'b'\\nc", n = 3, list = { 1, 2 },
                opt = ag.Choice { sgd = { rate = 0.5 } } }, parallel_trials = 2,
              scheduler = ag.hyperband { max_t = 3, grace_period = 3, type = "stopping" } }:run()
            """, to: "s.lua")
        let path = "\(folder.path)/s.sock"
        _ = try await Command.run(
            ["serve", "--study", "memory", "--socket", "s.sock", "--lease", "50", "s.lua"],
            in: folder
        ) { server in
            try await folder.waitFor("s.sock")
            func ask(_ arguments: String...) async throws -> Command {
                try await Command.run(arguments, in: folder)
            }
            let shown = try await Command.run(
                [
                    "-c",
                    "eval \"$(\"$0\" ask s.sock)\"; echo \"$trial,$resource,$arg_n,$arg_text,$arg_list,"
                        + "$arg_list_2,$arg_opt,$arg_opt_rate,${dir##*/}\"", Command.program,
                ],
                of: "/bin/sh", in: folder)
            #expect(shown.output == "1,0,3,a 'b'\nc,[1,2],2,sgd,0.5,1\n", "\(shown.errors)")
            let json = try await ask("ask", path, "--json", "--lease", "0.05")
            #expect(json.output.contains("\"trial\":2") && json.output.contains("\"lease\":0.05"))
            // Its lease is over soon, and the next who asks gets it.
            let second = try await ask("ask", "unix:s.sock")
            #expect(second.output.hasPrefix("trial=2:2\n"), "\(second.output)")
            let late = try await ask("tell", path, "2", "epoch=1", "loss=0.5")
            #expect(late.output == "stop\n" && late.errors.contains("another client has trial 2"))
            for (arguments, expected) in [
                (["2:2", "loss=0.5"], "epoch: expected a positive integer"),
                (["9", "--done"], "trial: expected one that ask has given, got 9"),
                (["1", "--checkpoint", "3"], "checkpoint: expected 1 to 0"),
            ] {
                let refused = try await Command.run(["tell", path] + arguments, in: folder)
                #expect(refused.status == .exited(1) && refused.errors.contains(expected))
            }
            #expect(try await ask("tell", path, "1", "epoch=1", "loss=0.5").output == "go\n")
            #expect(try await ask("tell", path, "1", "--heartbeat").status == .exited(0))
            #expect(try await ask("tell", path, "1", "--fail", "no room").status == .exited(0))
            #expect(try await ask("tell", path, "1", "epoch=2", "loss=1").output == "stop\n")
            try server.send(.interrupt)
        }
    }

    @Test(arguments: [
        ["ask"], ["ask", "x", "--lease", "0"], ["tell", "x"], ["tell", "x", "7"],
        ["tell", "x", "seven", "--done"], ["tell", "x", "7", "epoch"],
        ["tell", "x", "7", "a=1", "a=2"], ["tell", "x", "7", "--done", "--fail", "y"],
        ["tell", "x", "7:1:2", "--done"],
    ])
    func badUsageIsTwo(arguments: [String]) async throws {
        #expect(try await Command.run(arguments, in: Folder()).status == .exited(2))
    }
}
