import Foundation
import Subprocess
import Testing

/// A folder that came from elsewhere, with links in it that lead out, under every name that the program
/// derives itself.
@Suite struct HostileFolderTests {
    private let outer: Folder
    private let folder: Folder

    init() throws {
        (outer, folder) = (try Folder(), try Folder())
        try outer.write("of value", to: "target")
        let script = """
            local ag = require "mohpo"
            local study = ag.experiment { name = "x", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, num_trials = 2,
              train = function(args, reporter) reporter { epoch = 1, loss = args.x } end }:run()
            if ... then study:save_csv(...) end
            print "done"
            """
        try folder.write(script, to: "s.lua")
    }

    private func link(_ name: String, to target: String) throws {
        let path = "\(folder.path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private func run(_ options: [String], _ arguments: [String] = []) async throws -> Command {
        try await Command.run(options + ["--quiet", "s.lua"] + arguments, in: folder)
    }

    /// What is outside is as it was, and there is no more of it.
    private func expectUntouched() throws {
        #expect(try outer.read("target") == "of value")
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer.path) == ["target"])
    }

    @Test(arguments: [true, false], ["target", "new"])
    func aLockThatIsALinkIsRefused(isSandboxed: Bool, target: String) async throws {
        try link("studies/x.db.lock", to: "\(outer.path)/\(target)")
        let command = try await run(isSandboxed ? ["--sandbox"] : [])
        #expect(command.status == .exited(1))
        #expect(command.errors.contains("x.db.lock is a link"), "\(command.errors)")
        try expectUntouched()
    }

    @Test func aFolderOfStudiesThatIsALinkIsRefusedInTheSandbox() async throws {
        try link("studies", to: outer.path)
        let command = try await run(["--sandbox"])
        #expect(command.status == .exited(1))
        #expect(command.errors.contains("the link studies may lead outside"), "\(command.errors)")
        try expectUntouched()
    }

    @Test func aFolderOfStudiesMayBeALinkOtherwise() async throws {
        try link("studies", to: outer.path)
        let command = try await run([])
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(outer.has("x.db"))
    }

    /// A study that was made before, of which one file has become a link.
    @Test(arguments: ["x.db", "x.db-wal", "x.db-shm", "x.db-journal"])
    func noFileOfAStudyIsFollowed(name: String) async throws {
        #expect(try await run(["--sandbox"]).status == .exited(0))
        try? FileManager.default.removeItem(atPath: "\(folder.path)/studies/\(name)")
        try link("studies/\(name)", to: "\(outer.path)/target")
        _ = try await run(["--sandbox", "--resume", "--extend", "--trials", "3"])
        try expectUntouched()
    }

    /// SQLite would wait for a writer, and not end for a signal.
    @Test(arguments: [true, false]) func aNamedPipeIsNoJournal(isNew: Bool) async throws {
        if !isNew { #expect(try await run([]).status == .exited(0)) }
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/studies", withIntermediateDirectories: true)
        #expect(mkfifo("\(folder.path)/studies/x.db-journal", 0o600) == 0)
        let command = try await run(isNew ? [] : ["--resume", "--extend", "--trials", "3"])
        #expect(command.status == .exited(1))
        #expect(
            command.errors.contains("x.db-journal is a named pipe"), "\(command.errors)")
        guard !isNew else { return }
        for reading in [["front", "studies/x.db"], ["report", "studies/x.db"], ["list"]] {
            let command = try await Command.run(reading, in: folder)
            #expect(
                (command.output + command.errors).contains("x.db-journal is a named pipe"),
                "\(reading): \(command.output)\(command.errors)")
        }
    }

    @Test(arguments: ["x.db-wal", "x.db-journal"])
    func aFolderBesideAStudyIsNamed(name: String) async throws {
        #expect(try await run([]).status == .exited(0))
        try? FileManager.default.removeItem(atPath: "\(folder.path)/studies/\(name)")
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/studies/\(name)", withIntermediateDirectories: false)
        let resumed = try await run(["--resume", "--extend", "--trials", "3"])
        #expect(resumed.status == .exited(1))
        let read = try await Command.run(["front", "studies/x.db"], in: folder)
        for errors in [resumed.errors, read.errors] {
            #expect(errors.contains("\(name) is a folder"), "\(errors)")
        }
    }

    @Test func aStudyOfTheUsersChoiceMayBeElsewhere() async throws {
        let command = try await run(["--sandbox", "--study", "\(outer.path)/new/x.db"])
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(outer.has("new/x.db"))
    }

    /// The kernel sees the slash and the point, whatever stands behind them.
    @Test(arguments: [
        "out/\u{301}evil.csv", "out/\u{600}x.csv", ".\u{301}hidden.csv", ".\u{600}x.csv",
        "folder/.\u{301}x.csv", "x.csv\u{301}", "\u{301}/../../x.csv",
    ])
    func aPathIsItsBytes(path: String) async throws {
        try link("out", to: outer.path)
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/folder", withIntermediateDirectories: true)
        let command = try await run(["--sandbox"], [path])
        #expect(command.status == .exited(1), "\(command.output)")
        #expect(command.errors.contains("sandbox"), "\(command.errors)")
        try expectUntouched()
    }

    /// Swift takes the two spellings of é for one name.
    @Test func aSiblingOfTheWorkingDirectoryIsOutside() async throws {
        let (here, sibling) = ("\(folder.path)/caf\u{e9}", "\(folder.path)/cafe\u{301}")
        for path in [here, sibling] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try folder.write("x,y\n1,2\n3,4\n", to: "cafe\u{301}/secret.csv")
        try folder.write(
            """
            print(pcall(require "mohpo.data".csv, "\(sibling)/secret.csv", { label = "y" }))
            print(loadfile "\(sibling)/secret.csv")
            """, to: "caf\u{e9}/t.lua")
        let inner = try await Command.run(
            ["-c", "cd caf\u{e9} && exec \"$0\" --sandbox t.lua", Command.program], of: "/bin/sh",
            in: folder)
        #expect(inner.output.contains("false"), "\(inner.errors)")
        #expect(inner.output.split(separator: "\n").allSatisfy { $0.contains("outside") })
    }
}
