import Foundation
import Subprocess
import Testing

/// The examples in scripts/ do what their first lines promise. Those on known functions are tested
/// with the simulation, program.lua with programs.
@Suite struct ExampleScriptTests {
    private static let scripts = SourceFile.url("scripts")

    /// A script, options of the program for it, and what it prints.
    struct Example: CustomTestStringConvertible {
        let name: String
        var options: [String] = []
        let prints: [String]

        var testDescription: String { name }
    }

    @Test(arguments: [
        Example(
            name: "circle", options: ["--max-t", "9"],
            prints: ["circle: 40 trials", ", parameters = "]),
        Example(
            name: "constraint", options: ["--max-t", "9"],
            prints: ["constraint: 30 trials", "have at most 120 parameters", "  accuracy 0."]),
        Example(
            name: "warm_start", options: ["--max-t", "9"],
            prints: [
                "warm_start_part: 40 trials", "warm_start: 40 trials",
                "trial 2 started at virtual time 0 with a configuration that was given",
            ]),
        Example(name: "toy", prints: ["toy: 60 trials", "optimizer  trials  completed"]),
        Example(
            name: "gpu", options: ["--trials", "4", "--max-t", "3"],
            prints: ["gpu: 4 trials", "  accuracy 0.", " on c"]),
        Example(
            name: "mnist", options: ["--trials", "2", "--max-t", "1"],
            prints: ["mnist: 2 trials", "Pareto front", "the knee: "]),
    ])
    func anExampleRuns(example: Example) async throws {
        let script = Self.scripts.appending(path: "\(example.name).lua").path
        let command = try await Command.run(
            ["--quiet", "--study", "memory"] + example.options + [script], in: Folder())
        #expect(command.status == .exited(0), "\(command.errors)")
        for text in example.prints { #expect(command.output.contains(text), "\(command.output)") }
    }

    @Test func theTrainingScriptKeepsCheckpoints() async throws {
        let folder = try Folder()
        for name in ["gpu.lua", "gpu_train.py"] {
            let text = try String(contentsOf: Self.scripts.appending(path: name), encoding: .utf8)
            try folder.write(text, to: name)
        }
        let command = try await Command.run(
            ["--quiet", "--trials", "5", "--parallel", "2", "gpu.lua"], in: folder)
        #expect(command.status == .exited(0), "\(command.errors)")
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: "\(folder.path)/studies/gpu.trials/1")
        #expect(kept.contains("2.json") && !kept.contains("new.json"), "\(kept)")
    }

    @Test func aShellAsksAndTells() async throws {
        let script = Self.scripts.appending(path: "shell.sh").path
        let folder = try Folder()
        let command = try await Command.run(
            [script], of: "/bin/sh", in: folder,
            environment: ["MOHPO_LUA": Command.program])
        #expect(command.status == .exited(0), "\(command.errors)")
        let lines = command.output.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("trial ") && $0.hasSuffix(" bytes") } == 12)
        #expect(lines.last?.hasPrefix(#"front: {"ok":1,"front":[{"trial":"#) == true)
        #expect(command.errors.contains("shell: 12 trials (12 completed)"), "\(command.errors)")
    }
}
