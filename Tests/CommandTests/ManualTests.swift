import Foundation
import Subprocess
import Testing

/// The man page and the completions have every command and option that the program has.
@Suite struct ManualTests {
    /// What `--experimental-dump-help` says of a command.
    private struct Description: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }

            let abstract: String?
            let names: [Name]?
            let shouldDisplay: Bool
        }

        let abstract: String?
        let arguments: [Argument]?
        let commandName: String
        let shouldDisplay: Bool
        let subcommands: [Description]?

        /// This command and all below it, without the parser's own `help`.
        var all: [Description] {
            [self]
                + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
                .flatMap(\.all)
        }

        var displayed: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
    }

    private struct Dump: Decodable {
        let command: Description
    }

    private func described() async throws -> Description {
        let text = try await Command.run(["--experimental-dump-help"], in: Folder()).output
        return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
    }

    /// As the generator writes a text line: ASCII alone, and a backslash by its name.
    private func line(_ text: String) -> String {
        String(text.filter(\.isASCII)).replacing("\\", with: "\\e")
    }

    @Test func theManualIsInStep() async throws {
        let page = try SourceFile.text("share/man/mohpo-lua.1")
        let lines = Set(page.split(separator: "\n").map(String.init))
        let commands = try await described().all
        #expect(commands.count > 12)
        let hint = Comment(rawValue: "run make manual")
        for command in commands {
            #expect(page.contains("\(command.commandName)"), hint)
            for argument in command.displayed {
                if let abstract = argument.abstract, !abstract.isEmpty {
                    #expect(lines.contains(line(abstract)), "\(abstract): \(hint)")
                }
                for name in argument.names ?? [] where name.kind == "long" {
                    #expect(page.contains("Fl -\(name.name)"), hint)
                }
            }
        }
        // And no option that is gone.
        let names = Set(commands.flatMap(\.displayed).flatMap { $0.names ?? [] }.map(\.name))
        for match in page.matches(of: /Fl -([a-z][a-z-]*)/) {
            #expect(names.contains(String(match.1)), hint)
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsHaveAll(shell: String) async throws {
        let folder = try Folder()
        let script = try await Command.run(["--generate-completion-script", shell], in: folder)
        #expect(script.status == .exited(0))
        for command in try await described().all {
            #expect(script.output.contains(command.commandName))
            for name in command.displayed.flatMap({ $0.names ?? [] }) where name.kind == "long" {
                #expect(script.output.contains(name.name), "\(command.commandName) \(name.name)")
            }
        }
        // The shell reads it, where it is installed.
        try folder.write(script.output, to: "completions")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else { return }
        let check = try await Command.run(
            ["-n", "completions"], of: "/usr/bin/\(shell)", in: folder)
        #expect(check.status == .exited(0) && check.errors == "", "\(check.errors)")
    }

    @Test func bashCompletesACommand() async throws {
        let folder = try Folder()
        let script = try await Command.run(["--generate-completion-script", "bash"], in: folder)
        try folder.write(script.output, to: "completions")
        try folder.write(
            """
            . ./completions
            COMP_WORDS=(mohpo-lua re) COMP_CWORD=1 COMP_LINE='mohpo-lua re' COMP_POINT=12
            _mohpo-lua mohpo-lua re mohpo-lua
            printf '%s\\n' "${COMPREPLY[@]}"
            """, to: "complete.sh")
        let bash = try await Command.run(["complete.sh"], of: "/bin/bash", in: folder)
        let words = Set(bash.output.split { $0.isWhitespace }.map(String.init))
        #expect(words == ["repl", "replay", "report"], "\(bash.output)\(bash.errors)")
    }

    /// One release in all places.
    @Test func theVersionsAgree() async throws {
        let version = try await Command.run(["--version"], in: Folder()).output
            .trimmingCharacters(in: .newlines)
        #expect(
            try SourceFile.text("packaging/debian/changelog").hasPrefix("mohpo-lua (\(version)) "))
        #expect(
            try SourceFile.text("python/mohpo/__init__.py").contains(
                "__version__ = \"\(version)\""))
    }
}
