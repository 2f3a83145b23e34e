import Foundation
import Storage
import Subprocess
import Testing

/// Studies in places that are full, cannot be written, or are looked at by others.
@Suite("Places of studies")
struct PlaceTests {
    private let folder: Folder
    private let reference: Command

    init() async throws {
        folder = try Folder()
        try folder.write(ResumeTests.script(trials: 30, pause: 0), to: "s.lua")
        reference = try await Command.run(["--study", "memory", "s.lua"], in: folder)
        try #require(reference.status == .exited(0), "\(reference.errors)")
    }

    /// No file may grow beyond a limit: the writes that would fail, as on a full disk.
    @Test("a full disk ends the run with a line, and the study continues where there is room again")
    func fullDisk() async throws {
        // Blocks of 512 or 1024 bytes, as the shell likes: enough for the file, but not for the log.
        let limited = try await Command.run(
            ["-c", "ulimit -f 100 && exec \"$0\" --study s.db s.lua", Command.program],
            of: "/bin/sh", in: folder)
        #expect(limited.status == .exited(1))
        #expect(limited.errors.contains("s.db: cannot be written: "), "\(limited.errors)")
        #expect(limited.errors.contains("--resume continues it"), "\(limited.errors)")
        let file = try StudyFile.read(at: folder.path + "/s.db")
        #expect(file.damage == nil && !file.arrivals.isEmpty)
        let resumed = try await Command.run(["--study", "s.db", "--resume", "s.lua"], in: folder)
        #expect(resumed.status == .exited(0), "\(resumed.errors)")
        #expect(resumed.output == reference.output)
    }

    /// Permissions do not keep the superuser out, so these are places where nobody can make a file.
    @Test(
        "where no file can be made is said before anything is trained",
        arguments: ["s.lua/x.db", "/proc/x.db", "/dev/null/x.db"])
    func noPlace(path: String) async throws {
        let command = try await Command.run(["--study", path, "s.lua"], in: folder)
        #expect(command.status == .exited(1) && command.output == "")
        #expect(command.errors.contains("\(path): cannot be written: "), "\(command.errors)")
        #expect(command.errors.contains("--study memory keeps nothing"))
    }

    @Test("where no study can be kept because of what is there, that is said")
    func takenPlace() async throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/here", withIntermediateDirectories: false)
        for (path, got) in [("here", "a folder"), ("s.lua", "")] {
            let command = try await Command.run(["--study", path, "s.lua"], in: folder)
            #expect(command.status == .exited(1) && command.output == "")
            #expect(
                command.errors.contains("\(path): expected a study, got \(got)"),
                "\(command.errors)")
            #expect(command.errors.contains("; --study PATH names another"))
        }
    }

    /// Runs the program in the folder while that cannot be written; as the superuser as nobody, whom
    /// the permissions keep out. Nil where that cannot be done.
    private func runWhereNothingCanBeMade(
        _ arguments: [String], environment: [Environment.Key: String?] = [:]
    ) async throws -> Command? {
        let isSuperuser = getuid() == 0
        let setpriv = "/usr/bin/setpriv"
        if isSuperuser && !FileManager.default.isExecutableFile(atPath: setpriv) { return nil }
        let program = isSuperuser ? setpriv : Command.program
        let asNobody =
            isSuperuser
            ? ["--reuid=65534", "--regid=65534", "--clear-groups", Command.program] : []
        defer { chmod(folder.path, 0o755) }
        return try await Command.run(
            ["-c", "chmod 555 . && exec \"$@\"", "sh", program] + asNobody + arguments,
            of: "/bin/sh", in: folder, environment: environment)
    }

    @Test("a folder that may not be made is said to be forbidden")
    func forbiddenFolder() async throws {
        guard let command = try await runWhereNothingCanBeMade(["s.lua"]) else { return }
        #expect(command.status == .exited(1) && command.output == "")
        #expect(
            command.errors.contains(
                "studies/survivor.db: cannot be written: permission denied"), "\(command.errors)")
    }

    @Test("a study left with its log can be read in a folder that cannot be written")
    func readOnlyFolder() async throws {
        try folder.write(
            ResumeTests.script(
                trials: 30, pause: 0, body: "if done then os.exit(3) end done = true"),
            to: "s.lua")
        let left = try await Command.run(["--study", "left.db", "s.lua"], in: folder)
        #expect(left.status == .exited(3) && folder.has("left.db-wal"))
        try? FileManager.default.removeItem(atPath: folder.path + "/left.db-shm")
        try? FileManager.default.removeItem(atPath: folder.path + "/left.db.lock")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        guard
            let command = try await runWhereNothingCanBeMade(
                ["front", "left.db"], environment: ["TMPDIR": folder.path])
        else { return }
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.hasPrefix("survivor: "), "\(command.output)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
    }

    @Test("a reader that never finishes does not stop a study")
    func hangingReader() async throws {
        try folder.write(
            ResumeTests.script(
                trials: 30, pause: 0,
                body: "io.open('running', 'w'):close() while not io.open('go') do end"),
            to: "s.lua")
        let folder = self.folder
        let running = Task { try await Command.run(["--study", "s.db", "s.lua"], in: folder) }
        try await folder.waitFor("running")
        let reader = try SQLiteConnection(folder.path + "/s.db", .read)
        try reader.run("BEGIN")
        _ = try reader.integer("SELECT count(*) FROM reports")
        try folder.write("", to: "go")
        let command = try await running.value
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == reference.output)
        let seen = try reader.integer("SELECT count(*) FROM reports")
        let file = try StudyFile.read(at: folder.path + "/s.db")
        #expect(file.damage == nil && file.arrivals.count > seen ?? 0)
        reader.close()
        let resumed = try await Command.run(["--study", "s.db", "--resume", "s.lua"], in: folder)
        #expect(resumed.status == .exited(0) && resumed.output == reference.output)
        #expect(!folder.has("s.db-wal"))
    }
}
