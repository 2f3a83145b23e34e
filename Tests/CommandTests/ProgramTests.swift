import Foundation
import Subprocess
import Testing

/// Programs as trials, under the program itself: what is left of them after its end, however that comes.
@Suite struct ProgramTests {
    /// A name that the arguments of a test's children have, and nothing else.
    private let mark = "10\(Int.random(in: 100_000...999_999)).5"

    /// Processes that have that among their arguments; dead ones count.
    private func children(_ mark: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int($0) }.count { number in
            let line = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
            return line?.contains(mark) == true
        }
    }

    /// Waits until so many are left.
    private func waitForChildren(
        _ count: Int, named name: String? = nil, seconds: Double = 30
    ) async throws {
        let (name, end) = (name ?? mark, ContinuousClock.now + .seconds(seconds))
        while children(name) != count, .now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(children(name) == count)
    }

    /// Trials that run for ever: one that ends by SIGTERM, one that ignores it, one that forks.
    private var script: String {
        """
        local ag = require "mohpo"
        ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 9, grace_period = 9, type = "stopping" },
          num_trials = 3, parallel_trials = 3,
          train = ag.command {
            "sh", "-c", [[
              echo '{{"epoch":1,"loss":1}'
              case {trial} in
              1) exec sleep \(mark) ;;
              2) trap '' TERM INT; while :; do sleep \(mark); done ;;
              3) sleep \(mark) & sleep \(mark) & wait ;;
              esac]],
            stop = { kill_after = 1 } } }:run()
        """
    }

    @Test func nothingIsLeftAfterAKill() async throws {
        for _ in 0..<3 {
            let folder = try Folder()
            try folder.write(script, to: "s.lua")
            let command = try await Command.run(["s.lua"], in: folder) { program in
                try await waitForChildren(6)
                try program.send(.kill)
            }
            #expect(command.status == .signaled(SIGKILL))
            try await waitForChildren(0)
        }
    }

    /// Killed at any moment, also while programs start.
    @Test func nothingIsLeftAfterManyKills() async throws {
        let folder = try Folder()
        let pause = "0.0\(mark.dropLast(2))"
        let script = """
            local ag = require "mohpo"
            ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 1 }, num_trials = 2000, parallel_trials = 8,
              train = ag.command { "sh", "-c",
                [[sleep \(pause); echo '{{"epoch":1,"loss":1}']], stop = { kill_after = 1 } },
            }:run()
            """
        try folder.write(script, to: "s.lua")
        for kill in 0..<20 {
            let command = try await Command.run(["--study", "memory", "s.lua"], in: folder) {
                program in
                try await Task.sleep(for: .milliseconds(60 + 17 * kill))
                try? program.send(.kill)
            }
            #expect(command.status == .signaled(SIGKILL))
        }
        try await waitForChildren(0, named: pause)
    }

    @Test func ctrlCEndsPrograms() async throws {
        let folder = try Folder()
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder) { program in
            try await waitForChildren(6)
            try program.send(.interrupt)
        }
        #expect(command.status == .exited(130))
        #expect(command.output.contains("3 trials"))
        try await waitForChildren(0)
    }

    /// The second Ctrl-C does not wait for a program that ignores the first.
    @Test func theSecondCtrlCEndsAtOnce() async throws {
        let folder = try Folder()
        try folder.write(script.replacing("kill_after = 1", with: "kill_after = 3"), to: "s.lua")
        _ = try await Command.run(["s.lua"], in: folder) { program in
            try await waitForChildren(6)
            try program.send(.interrupt)
            try await Task.sleep(for: .milliseconds(300))
            try? program.send(.interrupt)
        }
        try await waitForChildren(0)
    }

    @Test func osExitLeavesNothing() async throws {
        let folder = try Folder()
        let script = """
            local p = require("mohpo").spawn { "sleep", "\(mark)" }
            os.exit(3)
            """
        try folder.write(script, to: "s.lua")
        #expect(try await Command.run(["s.lua"], in: folder).status == .exited(3))
        try await waitForChildren(0)
    }

    @Test func spawnedAtTheTopIsInterrupted() async throws {
        let folder = try Folder()
        let script = """
            local p <close> = require("mohpo").spawn { "sleep", "\(mark)" }
            p:wait()
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder) { program in
            try await waitForChildren(1)
            try program.send(.interrupt)
        }
        #expect(command.status == .exited(130))
        try await waitForChildren(0)
    }

    /// A search with programs that is killed again and again ends as the one that never was.
    @Test(arguments: ["stopping", "promotion"]) func aKilledSearchContinues(type: String)
        async throws
    {
        let folder = try Folder()
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment { name = "s", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, seed = 4, num_trials = 10,
              scheduler = ag.hyperband { max_t = 9, type = "\(type)" },
              train = ag.command { "sh", "-c", [[i=0; while [ $i -lt 9 ]; do i=$((i + 1)); sleep 0.01
                echo '{{"epoch":'$i',"loss":'{x}'}'; done]], stop = { kill_after = 1 } } }:run()
            for _, t in ipairs(study.trials) do print(t.id, t.args.x, t.state, #t.reports) end
            """
        try folder.write(script, to: "s.lua")
        let reference = try await Command.run(["--study", "memory", "s.lua"], in: folder)
        #expect(reference.status == .exited(0))
        var hasBegun = false
        for kill in 0..<6 {
            _ = try await Command.run(
                ["--study", "k.db"] + (hasBegun ? ["--resume"] : []) + ["s.lua"], in: folder
            ) { program in
                try await Task.sleep(for: .milliseconds(150 + 60 * kill))
                try? program.send(.kill)
            }
            hasBegun = folder.has("k.db")
        }
        let last = try await Command.run(
            ["--study", "k.db"] + (hasBegun ? ["--resume"] : []) + ["s.lua"], in: folder)
        #expect(last.output == reference.output)
    }

    @Test func theExampleRuns() async throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../scripts/program.lua").standardized.path
        let command = try await Command.run(["--study", "memory", script], in: Folder())
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.contains("Pareto front"))
        #expect(command.output.contains("12 trials"))
    }
}
