import Subprocess
import Testing

/// The experiments that the pages show run as they stand there.
@Suite struct DocumentedScriptTests {
    /// The Lua blocks of a page that stand by themselves.
    private static func scripts(of page: String) throws -> [String] {
        try SourceFile.text(page)
            .matches(of: /(?m)^```lua\n((?:[^`]|`(?!``))*)^```$/)
            .map { String($0.1) }.filter { $0.contains("require \"mohpo") }
    }

    /// Those of pages without programs, data sets or servers of their own.
    @Test(arguments: [
        "docs/api.md", "docs/first-experiment.md", "docs/from-autogluon.md", "docs/from-optuna.md",
        "docs/from-scikit-learn.md", "docs/guide.md", "docs/reading-a-front.md", "docs/search.md",
    ])
    func theScriptsOfAPageRun(page: String) async throws {
        let scripts = try Self.scripts(of: page)
        #expect(!scripts.isEmpty)
        // One folder, as a script may use what one before it has written.
        let folder = try Folder()
        for (number, script) in scripts.enumerated() {
            try folder.write(script, to: "s\(number).lua")
            let command = try await Command.run(
                ["--quiet", "--study", "memory", "s\(number).lua"], in: folder)
            #expect(command.status == .exited(0), "\(page), script \(number): \(command.errors)")
        }
    }

    @Test func theFirstExperimentIsTheExample() throws {
        let example = try SourceFile.text("scripts/circle.lua")
        let shown = try #require(try Self.scripts(of: "docs/first-experiment.md").first)
        #expect(example.hasSuffix(shown))
    }
}
