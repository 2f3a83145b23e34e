import Foundation
import PostgresTesting
import Subprocess
import Testing

/// Studies in a database, by the program itself.
@Suite("Studies on a server", .enabled(if: TestServer.programs != nil))
struct PostgresTests {
    private let folder: Folder
    private let server: TestServer
    private let database: String

    init() throws {
        (folder, server) = (try Folder(), try TestServer.shared.get())
        database = try server.makeDatabase()
    }

    /// A search of known objectives. Trial 6 says in a file that it has begun, and waits for another.
    static let script = """
        local ag = require "mohpo"
        local function exists(name)
          local file = io.open(name)
          if file then file:close() end
          return file ~= nil
        end
        local study = ag.experiment {
          name = "survivor", space = { x = ag.Real(0, 1) }, objectives = { a = "MIN", b = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = "stopping" },
          num_trials = 24, parallel_trials = 4, seed = 3,
          train = function(args, reporter)
            for epoch = 1, 9 do
              if reporter.trial == 6 and epoch == 1 then
                io.open("waiting", "w"):close()
                while not exists "go" do os.execute "sleep 0.02" end
              end
              reporter { epoch = epoch, a = args.x + 1 / epoch, b = (1 - args.x) ^ 2 + 1 / epoch }
            end
          end,
        }:run()
        for _, trial in ipairs(study.trials) do print(trial.id, trial.args.x, trial.state) end
        for _, point in ipairs(study:pareto_front()) do print(point) end
        """

    private func run(
        _ arguments: String...,
        meanwhile: @escaping @Sendable (_ program: RunningProgram) async throws -> Void = { _ in }
    ) async throws -> Command {
        try await Command.run(arguments, in: folder, meanwhile: meanwhile)
    }

    /// The events of an undisturbed run in a file, and what it prints.
    private func reference() async throws -> (events: String, output: String) {
        try folder.write(Self.script, to: "s.lua")
        try folder.write("", to: "go")
        let command = try await run("--study", "reference.db", "s.lua")
        try #require(command.status == .exited(0), "\(command.errors)")
        let events = try await run("export", "reference.db", "--format", "jsonl")
        for file in ["go", "waiting"] {
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)")
        }
        return (events.output, command.output)
    }

    private func events() async throws -> String {
        try await run("export", database, "--format", "jsonl").output
    }

    @Test("what a database keeps of a study is what a file keeps, in every command")
    func commands() async throws {
        let reference = try await reference()
        try folder.write("", to: "go")
        let command = try await run("--study", database, "s.lua")
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == reference.output)
        #expect(command.errors.contains("mohpo-lua: kept in \(database)#1\n"))
        #expect(try await events() == reference.events)
        for arguments in [
            ["front"], ["front", "--format", "csv"], ["explain", "7"], ["report"], ["replay"],
            ["export", "--format", "csv"],
        ] {
            let rest = Array(arguments.dropFirst())
            let expected = try await Command.run(
                [arguments[0], "reference.db"] + rest, in: folder)
            let got = try await Command.run(
                [arguments[0], "\(database)#survivor"] + rest, in: folder)
            #expect(got.status == .exited(0), "\(got.errors)")
            #expect(got.output == expected.output)
            #expect(!got.output.isEmpty)
            #expect(got.errors == "mohpo-lua: \(database)#survivor is \(database)#1\n")
        }
        let list = try await run("list", database)
        #expect(list.output.contains("\(database)#1") && list.output.contains("finished"))
        let resumed = try await run("--study", database, "--resume", "s.lua")
        #expect(resumed.output == reference.output)
        #expect(resumed.errors.contains("\(database)#1 has ended: all trials were run"))
        try folder.write(
            "print(require 'mohpo'.load('\(database)#1').name, require 'mohpo'.load('\(database)'))",
            to: "load.lua")
        #expect(try await run("load.lua").output.hasPrefix("survivor\t"))
    }

    @Test("a study whose program is killed continues where it was")
    func killed() async throws {
        let reference = try await reference()
        for _ in 0..<2 {
            let command = try await run("--study", database, "--resume", "s.lua") {
                [folder] program in
                try await folder.waitFor("waiting")
                try FileManager.default.removeItem(atPath: "\(folder.path)/waiting")
                try program.send(.kill)
            }
            #expect(command.status == .signaled(SIGKILL))
        }
        try folder.write("", to: "go")
        let last = try await run("--study", database, "--resume", "s.lua")
        #expect(last.status == .exited(0), "\(last.errors)")
        #expect(last.output == reference.output)
        #expect(try await events() == reference.events)
    }

    @Test("a program that was frozen for longer than its lease lasts decides nothing more")
    func frozen() async throws {
        let reference = try await reference()
        let database = database
        let first = try await run("--study", database, "s.lua") { [folder] program in
            try await folder.waitFor("waiting")
            try program.send(.suspend)
            try folder.write("", to: "go")
            let second = try await Command.run(
                ["--study", database, "--resume", "s.lua"], in: folder)
            #expect(second.status == .exited(0), "\(second.errors)")
            #expect(second.output == reference.output)
            try program.send(.resume)
        }
        #expect(first.status == .exited(0), "\(first.errors)")
        #expect(first.output == reference.output)
        #expect(try await events() == reference.events)
    }

    @Test("a server that is stopped and started is waited for")
    func restarted() async throws {
        let reference = try await reference()
        let own = try TestServer()
        let address = try own.makeDatabase()
        let command = try await run("--study", address, "s.lua") { [folder] _ in
            try await folder.waitFor("waiting")
            try own.stop()
            try folder.write("", to: "go")
            try await Task.sleep(for: .milliseconds(700))
            try own.start()
        }
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == reference.output)
        let events = try await run("export", address, "--format", "jsonl")
        #expect(events.output == reference.events)
    }

    @Test("clients on the machine ask and tell a study on a server by its address")
    func asked() async throws {
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, seed = 3,
              objectives = { loss = "MIN" }, num_trials = 9, parallel_trials = 3,
              scheduler = ag.hyperband { max_t = 9, type = "stopping" } }:run()
            """, to: "s.lua")
        let served = try await run("serve", "--study", database, "s.lua") { [folder, database] _ in
            try await folder.waitFor("studies/server-1.socket")
            let shell = try await Command.run(
                ["\(ClientTests.clients)/asks.sh", Command.program, "\(database)#1"], of: "/bin/sh",
                in: folder)
            #expect(shell.status == .exited(0), "\(shell.errors)")
        }
        #expect(served.status == .exited(0), "\(served.errors)")
        let events = try await run("export", "\(database)#1", "--format", "jsonl")
        #expect(events.output.contains("\"finished\""), "\(events.output)")
    }

    @Test("what cannot be is refused before anything runs")
    func refusals() async throws {
        try folder.write(Self.script, to: "s.lua")
        let sandboxed = try await run("--sandbox", "--study", database, "s.lua")
        #expect(sandboxed.status == .exited(2))
        #expect(
            sandboxed.errors.contains(
                "--study: expected a path or memory, got a PostgreSQL server, which a script in the "
                    + "sandbox cannot be kept on"))
        let password = try await run("--study", "postgres://me:secret@h/db", "s.lua")
        #expect(password.status == .exited(2))
        #expect(password.errors.contains("expected no password in the address, got one"))
        #expect(!password.errors.contains("secret"))
        let named = try await run("--study", "\(database)#1", "s.lua")
        #expect(named.status == .exited(2))
        #expect(
            named.errors.contains("expected a database, got a study of one; --resume continues it"))
        let away = try await run("--study", "postgres:///db?host=/nowhere", "s.lua")
        #expect(away.status == .exited(1))
        #expect(away.errors.contains("postgres:///db?host=/nowhere: cannot be reached: "))
        let none = try await run("front", database)
        #expect(none.status == .exited(1))
        #expect(none.errors == "mohpo-lua: \(database): expected a study, there is none\n")
        try folder.write("print(pcall(require 'mohpo'.load, '\(database)'))", to: "load.lua")
        let loaded = try await run("--sandbox", "load.lua")
        #expect(loaded.output.contains("which the sandbox does not reach"))
    }

    @Test("watch lists the studies of a database, and has a page of each")
    func listing() async throws {
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment {
              name = arg[1], space = { x = ag.Real(0, 1) }, seed = 1, num_trials = 3,
              objectives = { { "loss", "MIN" } },
              scheduler = ag.hyperband { max_t = 3, type = "stopping" },
              train = function(args, reporter)
                for epoch = 1, 3 do reporter { epoch = epoch, loss = args.x } end
              end,
            }:run()
            """, to: "s.lua")
        for name in ["one", "two"] {
            let made = try await run("--quiet", "--study", database, "s.lua", name)
            try #require(made.status == .exited(0), "\(made.errors)")
        }
        try folder.write(
            """
            import http.client, json, subprocess, sys
            watch = subprocess.Popen([sys.argv[1], "watch", sys.argv[2], "--port", "0"],
                                     stdout=subprocess.PIPE, text=True)
            try:
                address = watch.stdout.readline().split("/")[2]
                def ask(path):
                    connection = http.client.HTTPConnection(address, timeout=60)
                    connection.request("GET", path)
                    return connection.getresponse()
                events, rows = ask("/events"), {}
                while len(rows) < 2 or not all(row["best"] for row in rows.values()):
                    line = events.readline().decode()
                    assert line, rows
                    if line.startswith("data: "):
                        rows.update((row["id"], row) for row in json.loads(line[6:])["studies"])
                for row in sorted(rows.values(), key=lambda row: row["name"]):
                    print(row["name"], row["state"], row["trials"], row["objectives"])
                    assert ask(f"/studies/{row['id']}/").status == 200
                both = "&".join(f"study={id}" for id in rows)
                print(ask(f"/compare?{both}").status, ask("/studies/99/").status)
            finally:
                watch.kill()
            """, to: "list.py")
        let list = try await Command.run(
            ["python3", "list.py", Command.program, database], of: "/usr/bin/env", in: folder)
        #expect(list.status == .exited(0), "\(list.errors)")
        #expect(
            list.output == """
                one finished 3 [['loss', 'MIN']]
                two finished 3 [['loss', 'MIN']]
                200 404

                """)
    }
}
