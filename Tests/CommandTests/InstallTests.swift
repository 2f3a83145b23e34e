import Foundation
import Subprocess
import Testing

/// What `make install` puts into place, with the program that is tested here.
@Suite struct InstallTests {
    private static let root = SourceFile.url("").path

    private func make(_ target: String, into folder: Folder) async throws -> Command {
        try await Command.run(
            [
                "--no-print-directory", "-C", Self.root, target, "PROGRAM=\(Command.program)",
                "DESTDIR=\(folder.path)/root", "PREFIX=/usr",
            ], of: "/usr/bin/make", in: folder)
    }

    private func files(below path: String) -> Set<String> {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return Set(
            all.filter { name in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(
                    atPath: "\(path)/\(name)", isDirectory: &isFolder)
                return !isFolder.boolValue
            })
    }

    @Test func allIsInPlaceAndGoesAgain() async throws {
        let folder = try Folder()
        let install = try await make("install-files", into: folder)
        #expect(install.status == .exited(0), "\(install.errors)")
        let there = files(below: "\(folder.path)/root/usr")
        for name in [
            "bin/mohpo-lua", "libexec/mohpo-lua/mohpo-lua-http", "share/man/man1/mohpo-lua.1",
            "share/bash-completion/completions/mohpo-lua",
            "share/zsh/site-functions/_mohpo-lua",
            "share/fish/vendor_completions.d/mohpo-lua.fish",
            "share/mohpo-lua/library/mohpo.d.lua", "share/mohpo-lua/python/mohpo/__init__.py",
            "share/doc/mohpo-lua/README.md", "share/doc/mohpo-lua/docs/api.md",
            "share/doc/mohpo-lua/python/README.md", "share/doc/mohpo-lua/examples/circle.lua",
            "share/doc/mohpo-lua/examples/settings/model.lua",
        ] { #expect(there.contains(name), "\(name)") }

        // A training script finds the package of the program that is installed.
        let examples = "\(folder.path)/root/usr/share/doc/mohpo-lua/examples"
        let run = try await Command.run(
            [
                "--quiet", "--study", "memory", "--trials", "2", "--max-t", "1",
                "\(examples)/gpu.lua",
            ], of: "\(folder.path)/root/usr/bin/mohpo-lua", in: folder,
            environment: ["PYTHONPATH": nil])
        #expect(run.status == .exited(0), "\(run.errors)")

        let uninstall = try await make("uninstall", into: folder)
        #expect(uninstall.status == .exited(0), "\(uninstall.errors)")
        #expect(files(below: "\(folder.path)/root/usr") == [])
    }

    /// The relative paths by which pages link to one another and to examples hold there too.
    @Test func linksLeadSomewhere() async throws {
        let folder = try Folder()
        _ = try await make("install-files", into: folder)
        let docs = URL(filePath: "\(folder.path)/root/usr/share/doc/mohpo-lua")
        for name in files(below: docs.path) where name.hasSuffix(".md") {
            let page = docs.appending(path: name)
            let text = try String(contentsOf: page, encoding: .utf8)
            for match in text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let target = page.deletingLastPathComponent().appending(path: String(match.1))
                #expect(
                    FileManager.default.fileExists(atPath: target.path), "\(name): \(match.1)")
            }
        }
    }
}
