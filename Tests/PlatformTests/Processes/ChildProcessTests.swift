import Foundation
import Platform
import Synchronization
import Testing

@Suite struct ChildProcessTests {
    /// A program that was started, what it writes, and how it ends.
    private final class Run: Sendable {
        let child: ChildProcess
        let output = Monitor((bytes: [UInt8](), isClosed: false))

        init(_ script: String, _ change: (inout ProcessCommand) -> Void = { _ in }) throws {
            var command = ProcessCommand(["sh", "-c", script])
            command.killAfter = 0.5
            change(&command)
            child = try command.start()
            guard let descriptor = child.output else { return }
            Poller.shared.perform { [output] in
                _ = PipeReader(
                    descriptor,
                    take: { bytes in output.change { $0.bytes += bytes } },
                    ended: { output.change { $0.isClosed = true } })
            }
        }

        /// What it has written to the end of its pipe.
        var text: String {
            let bytes = output.wait(seconds: 60) { $0.isClosed ? $0.bytes : nil }
            return String(decoding: bytes ?? [], as: UTF8.self)
        }

        /// Waits until it has written this.
        func waitFor(_ text: String) throws {
            let found = output.wait(seconds: 60) { state in
                String(decoding: state.bytes, as: UTF8.self).contains(text) ? true : nil
            }
            try #require(found == true)
        }

        /// How it has ended, once the whole group is gone.
        func end() throws -> ProcessEnd {
            let gone = Monitor(false)
            child.group.whenGone { gone.change { $0 = true } }
            try #require(gone.wait(seconds: 60) { $0 ? true : nil } == true)
            return try #require(child.group.end)
        }
    }

    /// Processes whose arguments hold the text.
    private func processes(with text: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int($0) }.count { number in
            let line = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
            return line?.contains(text) == true
        }
    }

    @Test func aProgramRunsToItsEnd() throws {
        let run = try Run("echo hello; exit 3")
        #expect(run.text == "hello\n")
        #expect(try run.end() == .exited(3))
    }

    @Test func whatItGets() throws {
        let run = try Run("pwd; echo $A-$HOME-$B; cat; ps -o pgid= -p $$; echo $$") {
            $0.folder = "/usr"
            $0.environment = ["A": .some("1"), "HOME": nil as String?, "B": .some("two words")]
        }
        let lines = run.text.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines.prefix(2) == ["/usr", "1--two words"])
        #expect(lines.dropFirst(2).first == lines.last)
        _ = try run.end()
    }

    /// Also those that were opened without the flag.
    @Test func itGetsNoOtherDescriptor() throws {
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let run = try Run("ls /proc/self/fd | sort -n | tr '\\n' ' '")
        // The list is read through one of its own.
        #expect(run.text == "0 1 2 3 ")
        _ = try run.end()
    }

    @Test func whatCannotBeStartedSaysWhy() throws {
        let missing = #expect(throws: ProcessError.self) {
            try ProcessCommand(["no-such-program"]).start()
        }
        #expect(
            missing?.description
                == "no-such-program: cannot be started: no such file or directory")
        var elsewhere = ProcessCommand(["true"])
        elsewhere.folder = "/no/such/folder"
        let error = #expect(throws: ProcessError.self) { try elsewhere.start() }
        #expect(error?.subject == "/no/such/folder")
        #expect(throws: ProcessError.self) { try ProcessCommand(["/etc"]).start() }
    }

    @Test func signalsHaveTheirDefaults() throws {
        signal(SIGUSR2) { _ in }
        defer { signal(SIGUSR2, SIG_DFL) }
        let run = try Run("kill -USR2 $$; echo never")
        #expect(run.text == "")
        #expect(try run.end() == .killed(SIGUSR2))
    }

    @Test func theGroupEnds() throws {
        let run = try Run("sleep 1001.5 & sleep 1001.5 & echo begun; wait")
        try run.waitFor("begun")
        run.child.group.end()
        #expect(try run.end() == .killed(SIGTERM))
        #expect(processes(with: "1001.5") == 0)
    }

    @Test func whoIgnoresTheSignalIsKilled() throws {
        let run = try Run("trap '' TERM; echo begun; while :; do sleep 1002.5; done")
        try run.waitFor("begun")
        let start = ContinuousClock.now
        run.child.group.end()
        #expect(try run.end() == .killed(SIGKILL))
        #expect(start.duration(to: .now) >= .seconds(0.5))
        #expect(processes(with: "1002.5") == 0)
    }

    @Test func aStoppedGroupEnds() throws {
        let run = try Run("echo begun; sleep 1003.5")
        try run.waitFor("begun")
        run.child.group.suspend()
        #expect(run.child.group.isSuspended)
        run.child.group.end()
        #expect(try run.end() == .killed(SIGTERM))
    }

    @Test func aSuspendedGroupContinues() throws {
        let run = try Run("echo begun; read line; echo $line") { $0.input = .pipe }
        try run.waitFor("begun")
        run.child.group.suspend()
        run.child.group.resume()
        let input = try #require(run.child.input)
        _ = write(input, "more\n", 5)
        close(input)
        #expect(run.text == "begun\nmore\n")
        #expect(try run.end() == .exited(0))
    }

    /// The pipe is held by what is left behind, which the end of the program ends.
    @Test func whatIsLeftBehindIsEnded() throws {
        let run = try Run("sleep 1004.5 & trap '' TERM; sleep 1004.5 & echo done")
        #expect(run.text == "done\n")
        #expect(try run.end() == .exited(0))
        #expect(processes(with: "1004.5") == 0)
    }

    @Test func graceComesBeforeTheSignal() throws {
        let run = try Run("trap 'echo told; exit 5' TERM; echo begun; sleep 0.2; exit 4")
        try run.waitFor("begun")
        run.child.group.end(grace: 0.4)
        #expect(run.text == "begun\n")
        #expect(try run.end() == .exited(4))
    }

    /// Of 1,000 short programs nothing is left: no descriptor, no dead process.
    @Test func nothingIsLeft() throws {
        try Run("true").child.group.send(0)
        func descriptors() -> Int {
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        }
        // Other tests have descriptors of their own: those of a leak would be a thousand.
        let before = descriptors()
        let gone = Monitor(0)
        for _ in 0..<1000 {
            let run = try Run("exit 7")
            run.child.group.whenGone { gone.change { $0 += 1 } }
            _ = run.text
        }
        #expect(gone.wait(seconds: 60) { $0 == 1000 ? true : nil } == true)
        #expect(descriptors() < before + 100)
    }

    @Test func manyRunAtOnce() throws {
        let runs = try (0..<64).map { try Run("echo \($0); sleep 0.1; exit \($0)") }
        for (number, run) in runs.enumerated() {
            #expect(run.text == "\(number)\n")
            #expect(try run.end() == .exited(Int32(number)))
        }
    }

    /// A program whose output no one takes waits; nothing of it is kept.
    @Test func aPausedReaderHoldsItsProgram() throws {
        let child = try ProcessCommand(["sh", "-c", "yes | head -c 10000000"]).start()
        let descriptor = try #require(child.output)
        let total = Monitor((count: 0, isClosed: false))
        let reader = Mutex<UnsafeReader?>(nil)
        Poller.shared.perform {
            let made = PipeReader(
                descriptor, take: { bytes in total.change { $0.count += bytes.count } },
                ended: { total.change { $0.isClosed = true } })
            made.isPaused = true
            reader.withLock { $0 = UnsafeReader(reader: made) }
        }
        usleep(200_000)
        #expect(total.read { $0.count } == 0)
        #expect(child.group.end == nil)
        Poller.shared.perform { reader.withLock { $0?.reader.isPaused = false } }
        #expect(total.wait(seconds: 60) { $0.isClosed ? $0.count : nil } == 10_000_000)
    }

    /// Used on the poller's thread alone.
    private struct UnsafeReader: @unchecked Sendable { let reader: PipeReader }
}
