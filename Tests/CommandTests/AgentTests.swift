import Foundation
import PostgresTesting
import Subprocess
import Testing

/// Studies whose trials several processes run.
@Suite("Agents", .enabled(if: TestServer.programs != nil))
struct AgentTests {
    private let folder: Folder
    private let server: TestServer
    private let database: String

    init() throws {
        (folder, server) = (try Folder(), try TestServer.shared.get())
        database = try server.makeDatabase()
    }

    /// A search of known objectives, of which every process says in a file that it has begun trials. The
    /// last one waits for a file where its process is to.
    private static func script(_ type: String, trials: Int = 24) -> String {
        """
        local ag = require "mohpo"
        local me, waits = arg[1] or "x", arg[2] == "wait"
        local function exists(name)
          local file = io.open(name)
          if file then file:close() end
          return file ~= nil
        end
        local study = ag.experiment {
          name = "shared", space = { x = ag.Real(0, 1) }, objectives = { a = "MIN", b = "MIN" },
          scheduler = ag.hyperband { max_t = 9, type = "\(type)" },
          num_trials = \(trials), parallel_trials = 4, seed = 3,
          train = function(args, reporter)
            io.open("began-" .. me, "w"):close()
            local state = reporter:restore() or { epoch = 0 }
            for epoch = state.epoch + 1, 9 do
              if waits and epoch == 2 then
                while not exists "go" do os.execute "sleep 0.02" end
              end
              reporter:checkpoint { epoch = epoch }
              reporter { epoch = epoch, a = args.x + 1 / epoch, b = (1 - args.x) ^ 2 + 1 / epoch }
            end
          end,
        }:run()
        study:plot(me .. ".svg")
        for _, trial in ipairs(study.trials) do print(trial.id, trial.args.x, trial.state) end
        for _, point in ipairs(study:pareto_front()) do print(point) end
        """
    }

    private func run(
        _ arguments: String...,
        meanwhile: @escaping @Sendable (_ program: RunningProgram) async throws -> Void = { _ in }
    ) async throws -> Command {
        try await Command.run(arguments, in: folder, meanwhile: meanwhile)
    }

    private struct Reference {
        let events: String
        let output: String
    }

    /// An undisturbed run on one machine.
    private func reference(_ type: String) async throws -> Reference {
        try folder.write(Self.script(type), to: "s.lua")
        let command = try await run("--study", "reference.db", "s.lua", "reference")
        try #require(command.status == .exited(0), "\(command.errors)")
        let events = try await run("export", "reference.db", "--format", "jsonl")
        return Reference(events: events.output, output: command.output)
    }

    private func events() async throws -> String {
        try await run("export", database, "--format", "jsonl").output
    }

    @Test(
        "a process with fewer slots than the study decides the same",
        arguments: ["stopping", "promotion", "model"])
    func fewSlots(type: String) async throws {
        let reference = try await reference(type)
        let command = try await run("--study", database, "--slots", "1", "s.lua", "a")
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == reference.output)
        #expect(try await events() == reference.events)
        #expect(folder.has("a.svg"))
    }

    @Test("three processes decide what one does, and all get the study")
    func together() async throws {
        let reference = try await reference("promotion")
        let database = database
        async let second = run(
            "worker", "--study", database, "--slots", "1", "s.lua", "b", "wait")
        async let third = run("--study", database, "--slots", "1", "s.lua", "c", "wait")
        try await folder.waitFor("began-c")
        // Both wait in the second epoch of a trial, until all three have joined.
        let first = try await run("--study", database, "--slots", "2", "s.lua", "a") {
            [folder, server] _ in
            while try server.query("SELECT count(*) FROM mohpo.agents", in: database) != ["3"] {
                try await Task.sleep(for: .milliseconds(50))
            }
            try folder.write("", to: "go")
        }
        for command in [first, try await second, try await third] {
            #expect(command.status == .exited(0), "\(command.errors)")
            #expect(command.output == reference.output)
        }
        #expect(try await events() == reference.events)
        // A process that has only joined writes nothing, also where it has decided for a while.
        #expect(folder.has("c.svg") && !folder.has("a.svg") && !folder.has("b.svg"))
        let agents = try await run("agents", database)
        #expect(agents.output.contains("gone"), "\(agents.output)")
        #expect(agents.output.contains("studies/server-1.trials"), "\(agents.output)")
    }

    @Test("the example for two machines finds the same front on two as on one")
    func example() async throws {
        let script = SourceFile.url("scripts/two_machines.lua").path
        let alone = try await run("--quiet", "--study", "memory", "--max-t", "9", script)
        try #require(alone.status == .exited(0), "\(alone.errors)")
        let database = database
        async let second = run(
            "worker", "--study", database, "--slots", "2", "--max-t", "9", script)
        // It runs no trials, so that the study waits for the other one.
        let first = try await run("--study", database, "--slots", "0", "--max-t", "9", script)
        for command in [first, try await second] {
            #expect(command.status == .exited(0), "\(command.errors)")
            #expect(command.output == alone.output)
        }
    }

    @Test("where the process that decides is killed, another one decides, and writes the files")
    func killed() async throws {
        let reference = try await reference("stopping")
        let database = database
        async let survivor = run(
            "worker", "--study", database, "--slots", "2", "s.lua", "b", "wait")
        let killed = try await run("--study", database, "--slots", "0", "s.lua", "a") {
            [folder] program in
            try await folder.waitFor("began-b")
            try program.send(.kill)
            try folder.write("", to: "go")
        }
        #expect(killed.status == .signaled(SIGKILL))
        let command = try await survivor
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == reference.output)
        #expect(try await events() == reference.events)
        #expect(folder.has("b.svg") && !folder.has("a.svg"))
    }

    @Test("a process that is interrupted leaves its trials to the others")
    func left() async throws {
        let reference = try await reference("stopping")
        let database = database
        let first = try await run("--study", database, "--slots", "0", "s.lua", "a") {
            [folder] _ in
            let other = try await Command.run(
                ["worker", "--study", database, "--slots", "1", "s.lua", "b", "wait"], in: folder
            ) { program in
                try await folder.waitFor("began-b")
                try program.send(.interrupt)
            }
            #expect(other.status == .exited(130), "\(other.errors)")
            #expect(other.errors.contains("left \(database)#1, which other processes run"))
            let last = try await Command.run(
                ["worker", "--study", database, "--slots", "2", "s.lua", "c"], in: folder)
            #expect(last.status == .exited(0), "\(last.errors)")
            #expect(last.output == reference.output)
        }
        #expect(first.status == .exited(0), "\(first.errors)")
        #expect(first.output == reference.output)
        #expect(try await events() == reference.events)
    }

    @Test("a study whose only process is interrupted ends, and continues with --resume")
    func interrupted() async throws {
        let reference = try await reference("stopping")
        let first = try await run("--study", database, "s.lua", "a", "wait") {
            [folder] program in
            try await folder.waitFor("began-a")
            // The trials wait until it arrives.
            try program.send(.interrupt)
        }
        #expect(first.status == .exited(130), "\(first.errors)")
        #expect(first.errors.contains("kept in \(database)#1: "), "\(first.errors)")
        let list = try await run("list", database)
        #expect(list.output.contains("interrupted"), "\(list.output)")
        let second = try await run("--study", database, "--resume", "s.lua", "b")
        #expect(second.status == .exited(0), "\(second.errors)")
        #expect(second.output == reference.output)
    }

    @Test("another script and another version are refused with the difference")
    func refused() async throws {
        let reference = try await reference("stopping")
        try folder.write(Self.script("stopping", trials: 25), to: "t.lua")
        let (database, server) = (database, server)
        let first = try await run("--study", database, "--slots", "2", "s.lua", "a", "wait") {
            [folder] _ in
            try await folder.waitFor("began-a")
            let other = try await Command.run(
                ["worker", "--study", database, "--slots", "1", "t.lua", "b"], in: folder)
            #expect(other.status == .exited(1))
            #expect(other.errors.contains("num_trials: was 24, is now 25"), "\(other.errors)")
            _ = try server.query("UPDATE mohpo.study SET program = '0.0.1'", in: database)
            let older = try await Command.run(
                ["worker", "--study", database, "--slots", "1", "s.lua", "b"], in: folder)
            #expect(older.status == .exited(1))
            #expect(
                older.errors.contains("expected version 0.0.1 of the program"), "\(older.errors)")
            try folder.write("", to: "go")
        }
        #expect(first.output == reference.output)
        let none = try await run("worker", "--study", "x.db", "s.lua")
        #expect(none.status == .exited(2))
        #expect(none.errors.contains("expected --study postgres://HOST/DATABASE, got x.db"))
        let slots = try await run("--study", "x.db", "--slots", "2", "s.lua")
        #expect(slots.status == .exited(2))
        #expect(slots.errors.contains("--slots: expected --study postgres://HOST/DATABASE"))
    }

    @Test("programs run as trials of agents, below the directory that --dir names")
    func programs() async throws {
        try folder.write(
            """
            local ag = require "mohpo"
            local study = ag.experiment {
              name = "program", space = { x = ag.Real(0, 1) }, objectives = { a = "MIN" },
              scheduler = ag.hyperband { max_t = 3, type = "stopping" }, num_trials = 4,
              parallel_trials = 2, seed = 1,
              train = ag.command {
                "sh", "-c", "for e in 1 2 3; do echo epoch=$e a={x}; done",
                reports = "^epoch=(?epoch) a=(?a)$",
              },
            }:run()
            print(#study.trials, study.trials[1].state)
            """, to: "p.lua")
        let command = try await run("--study", database, "--dir", "logs", "--slots", "2", "p.lua")
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.hasPrefix("4\t"), "\(command.output)")
        #expect(folder.has("logs/server-1.trials/1"))
        let agents = try await run("agents", database)
        #expect(agents.output.contains("\(folder.path)/logs/server-1.trials"), "\(agents.output)")
    }

    #if os(Linux)
        /// The short form of `make faults`.
        @Test("agents, deciders and the server fail, and nothing is lost or decided twice")
        func faults() async throws {
            let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../Scale/faults.py").standardized.path
            let check = try await Command.run(
                ["python3", "-B", checker, Command.program], of: "/usr/bin/env", in: folder)
            #expect(check.status == .exited(0), "\(check.output) \(check.errors)")
        }
    #endif
}
