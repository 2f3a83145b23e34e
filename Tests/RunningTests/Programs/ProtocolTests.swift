import Engine
import Foundation
import Platform
import Running
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What programs say on their socket, well and badly.
@Suite struct ProtocolTests {
    /// A program of one trial, which only waits, and the environment that it was given.
    private final class Fixture {
        let server = ProgramServer()
        let run: ProgramRun
        let group: ProcessGroup
        let folder: String
        private(set) var environment: [String: String] = [:]

        init(_ script: String = "env > env.txt; mv env.txt env; exec sleep 1010.5") throws {
            folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            var spec = ProgramSpec(
                arguments: try ["sh", "-c", script].map { try ArgumentTemplate($0) })
            spec.folder = try ArgumentTemplate("{dir}")
            spec.killAfter = 1
            let definition = try study()
            let values = TrialValues(
                trial: 7,
                arguments: try definition.space.arguments(
                    for: Configuration([.init("x", .real(0.5))])), slot: 1, directory: folder)
            run = try ProgramRun(spec, values, names: ReportNames(definition), server: server)
            group = try run.start(slot: 3)
            let file = folder + "/env"
            while script.contains("env"), !FileManager.default.fileExists(atPath: file) {
                usleep(2000)
            }
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 { environment[parts[0]] = parts[1] }
            }
        }

        deinit {
            group.send(SIGKILL)
            server.close()
            try? FileManager.default.removeItem(atPath: folder)
        }

        func client() throws -> Client { try Client(#require(environment["MOHPO_SOCKET"])) }

        var hello: String {
            "{\"hello\":1,\"trial\":7,\"secret\":\"\(environment["MOHPO_SECRET"] ?? "")\"}"
        }

        func greeted() throws -> Client {
            let client = try client()
            #expect(client.ask(hello) == "{\"ok\":1,\"args\":{\"x\":0.5},\"resource\":0}")
            return client
        }

        /// The next step, as soon as there is one.
        func next() -> ProgramRun.Step {
            while true {
                let version = run.signal.version
                if let step = run.next() { return step }
                run.signal.wait(since: version, seconds: 30)
            }
        }

        /// Takes a report and lets the trial continue.
        func takeReport() -> [Name: Value]? {
            guard case .report(let fields, _) = next() else { return nil }
            run.acknowledge()
            return fields
        }
    }

    @Test func theEnvironmentTellsWhereToSpeak() throws {
        let fixture = try Fixture()
        let environment = fixture.environment
        #expect(environment["MOHPO_TRIAL"] == "7")
        #expect(environment["MOHPO_SLOT"] == "3")
        #expect(environment["MOHPO_ARGS"] == "{\"x\":0.5}")
        #expect(environment["MOHPO_DIR"] == fixture.folder)
        #expect(environment["MOHPO_RESOURCE"] == "0")
        #expect(environment["MOHPO_SECRET"]?.count == 32)
        let path = try #require(environment["MOHPO_SOCKET"])
        #expect(path.utf8.count <= 107)
        func mode(_ path: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        }
        #expect(try mode(path) == 0o600)
        #expect(try mode(String(path.dropLast("/socket".count))) == 0o700)
        fixture.server.close()
        #expect(!FileManager.default.fileExists(atPath: String(path.dropLast("/socket".count))))
    }

    @Test func aConversation() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        client.send("{\"report\":{\"epoch\":1,\"error\":0.5,\"latency\":2.1}}\n")
        #expect(
            fixture.takeReport() == [
                "epoch": .integer(1), "error": .real(0.5), "latency": .real(2.1),
            ])
        #expect(client.line() == "{\"go\":true}")
        #expect(client.ask("{\"checkpoint\":1}") == "{\"ok\":1}")
        client.send("{\"report\":{\"epoch\":2,\"error\":NaN}}\n")
        guard case .report = fixture.next() else { return #expect(Bool(false)) }
        fixture.run.stop(why: "rung 2: rank 7 of 12, 4 continue")
        #expect(client.line() == "{\"stop\":true,\"why\":\"rung 2: rank 7 of 12, 4 continue\"}")
        let second = try fixture.client()
        #expect(second.ask(fixture.hello)?.hasPrefix("{\"stop\":true,\"why\":\"rung 2") == true)
    }

    @Test func theEndsThatAProgramSays() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        #expect(client.ask("{\"fail\":\"out of memory\"}") == "{\"ok\":1}")
        guard case .failed("out of memory") = fixture.next() else { return #expect(Bool(false)) }
        #expect(client.ask("{\"done\":true}") == "{\"ok\":1}")
        guard case .done = fixture.next() else { return #expect(Bool(false)) }
    }

    /// A checkpoint counts only once its report is stored.
    @Test func checkpointsFollowReports() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        #expect(client.ask("{\"checkpoint\":1}")?.contains("expected a report before it") == true)
        client.send("{\"report\":{\"epoch\":3,\"error\":0.5}}\n")
        _ = fixture.takeReport()
        _ = client.line()
        #expect(client.ask("{\"checkpoint\":4}")?.contains("expected 1 to 3") == true)
        #expect(client.ask("{\"checkpoint\":3}") == "{\"ok\":1}")
        #expect(client.ask("{\"checkpoint\":2}")?.contains("expected 3 to 3") == true)
        #expect(client.ask("{\"checkpoint\":0}")?.contains("error") == true)
        let again = try fixture.client()
        #expect(again.ask(fixture.hello) == "{\"ok\":1,\"args\":{\"x\":0.5},\"resource\":3}")
    }

    private static let malformed: [(String, String)] = [
        ("", "JSON: expected"), ("hello", "JSON: expected"),
        ("[1]", "line: expected a JSON object"),
        ("{}", "got an empty object"), ("{\"reprot\":{}}", "did you mean report?"),
        ("{\"report\":1}", "report: expected an object of metrics, got 1"),
        ("{\"report\":{},\"done\":true}", "got report and done"),
        ("{\"checkpoint\":\"x\"}", "checkpoint: expected an integer, got \\\"x\\\""),
        ("{\"checkpoint\":1.5}", "checkpoint: expected an integer, got 1.5"),
        ("{\"done\":1}", "done: expected true, got 1"),
        ("{\"fail\":1}", "fail: expected why, as a text"),
        ("{\"done\":true,\"extra\":1}", "extra: unknown field"),
        ("{\"hello\":2,\"trial\":7,\"secret\":\"\"}", "hello: expected version 1, got 2"),
        ("{\"hello\":1,\"secret\":\"\"}", "trial: expected the trial's number, got nothing"),
        ("{\"hello\":1,\"trial\":7,\"secret\":\"\"}", "hello: it was said before"),
        ("{\"hello\":1,\"trial\":7,\"secrte\":\"\"}", "did you mean secret?"),
        ("{\"report\":{\"epoch\":1", "JSON: expected"),
        (String(repeating: "[", count: 100_000), "JSON: expected less nesting"),
    ]

    /// The connection stays, and what comes next is answered.
    @Test func whatIsMalformedIsAnswered() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        for (line, expected) in Self.malformed {
            let answer = client.ask(line) ?? "nothing"
            #expect(answer.hasPrefix("{\"error\":"), "\(line): \(answer)")
            #expect(answer.contains(expected), "\(line): \(answer)")
        }
        client.send("{\"report\":{\"epoch\":1,\"error\":0.5}}\n")
        #expect(fixture.takeReport() != nil)
        #expect(client.line() == "{\"go\":true}")
    }

    @Test func nothingIsTakenBeforeTheHello() throws {
        let fixture = try Fixture()
        let client = try fixture.client()
        #expect(client.ask("{\"done\":true}")?.contains("hello: expected before") == true)
        for secret in ["", String(repeating: "0", count: 32)] {
            let hello = "{\"hello\":1,\"trial\":7,\"secret\":\"\(secret)\"}"
            #expect(client.ask(hello)?.contains("secret: expected that of trial 7") == true)
        }
        #expect(client.ask(fixture.hello.replacing("7", with: "8", maxReplacements: 1)) != nil)
        #expect(client.ask(fixture.hello)?.hasPrefix("{\"ok\":1") == true)
    }

    /// 100 MB without an end, then more: answered once, and nothing of it is kept.
    @Test func aLineWithoutEnd() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<100 { client.send(piece) }
        #expect(client.line()?.contains("line: expected at most 1048576 bytes") == true)
        #expect(client.ask("x\n{\"checkpoint\":1}")?.contains("checkpoint") == true)
    }

    /// Lines may come in any pieces, and many at once.
    @Test func linesInPieces() throws {
        let fixture = try Fixture()
        let client = try fixture.client()
        for byte in Array((fixture.hello + "\n").utf8) { client.send([byte]) }
        #expect(client.line()?.hasPrefix("{\"ok\":1") == true)
        client.send(
            "{\"checkpoint\":1}\n{\"report\":{\"epoch\":1,\"error\":1}}\n{\"checkpoint\":1}\n")
        #expect(client.line()?.contains("error") == true)
        #expect(fixture.takeReport() != nil)
        #expect(client.line() == "{\"go\":true}")
        #expect(client.line() == "{\"ok\":1}")
    }

    /// Who says no more, as `nc` does, gets its answers.
    @Test func aHalfClosedConnection() throws {
        let fixture = try Fixture()
        let client = try fixture.client()
        client.send(fixture.hello + "\n{\"report\":{\"epoch\":1,\"error\":1}}\n{\"done\":true}")
        client.send("\n")
        client.finish()
        #expect(fixture.takeReport() != nil)
        #expect(client.line()?.hasPrefix("{\"ok\":1") == true)
        #expect(client.line() == "{\"go\":true}")
        #expect(client.line() == "{\"ok\":1}")
        #expect(client.line() == nil)
        guard case .done = fixture.next() else { return #expect(Bool(false)) }
    }

    /// A client that asks without end and never reads waits itself; others are served.
    @Test func aClientThatNeverReads() throws {
        let fixture = try Fixture()
        let served = try fixture.greeted()
        let path = try #require(fixture.environment["MOHPO_SOCKET"])
        let hello = fixture.hello
        SystemThread.start {
            guard let deaf = try? Client(path) else { return }
            deaf.send(hello + "\n")
            for _ in 0..<200_000 { deaf.send("{\"checkpoint\":0}\n") }
        }
        for _ in 0..<100 { #expect(served.ask("{\"checkpoint\":0}")?.contains("error") == true) }
        fixture.server.close()
    }

    /// Random bytes, broken requests: always an answer of a line, never an end of the connection.
    @Test(arguments: 0..<8) func noiseIsAnswered(seed: Int) throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        var random = RandomStream(seed: seed, purpose: "noise", 0)
        for _ in 0..<200 {
            let (line, _) = Self.malformed[Int(random.next() % UInt64(Self.malformed.count))]
            var bytes = Array(line.utf8)
            for _ in 0..<Int(random.next() % 4) where !bytes.isEmpty {
                let place = Int(random.next() % UInt64(bytes.count))
                bytes[place] = UInt8(truncatingIfNeeded: random.next())
            }
            bytes.removeAll { $0 == UInt8(ascii: "\n") }
            client.send(bytes + [UInt8(ascii: "\n")])
            let answer = client.line()
            #expect(answer?.hasPrefix("{") == true && answer?.hasSuffix("}") == true)
        }
    }

    /// Reports that come many at once, and such that wait for answers, are answered one by one, whoever
    /// is faster: the program, or the trial that takes them.
    @Test(arguments: [1, 7, 400]) func reportsInBundles(size: Int) throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        let count = 2800
        let run = fixture.run
        SystemThread.start {
            var taken = 0
            while taken < count {
                let version = run.signal.version
                if case .report(let fields, _)? = run.next() {
                    taken += 1
                    guard fields["epoch"] == .integer(taken) else { return }
                    run.acknowledge()
                } else {
                    run.signal.wait(since: version, seconds: 30)
                }
            }
        }
        for first in stride(from: 1, through: count, by: size) {
            let epochs = first..<first + size
            client.send(
                epochs.map { "{\"report\":{\"epoch\":\($0),\"error\":1}}\n" }.joined())
            for epoch in epochs { try #require(client.line() == "{\"go\":true}", "\(epoch)") }
        }
        #expect(client.ask("{\"checkpoint\":\(count)}") == "{\"ok\":1}")
    }

    /// A program that goes away while it waits takes nothing with it.
    @Test func aProgramThatLeavesBeforeItsAnswer() throws {
        let fixture = try Fixture()
        for epoch in 1...50 {
            let client = try fixture.greeted()
            client.send("{\"report\":{\"epoch\":\(epoch),\"error\":1}}\n")
            guard case .report = fixture.next() else { return #expect(Bool(false)) }
            if epoch % 2 == 0 { client.finish() } else { client.leave() }
            fixture.run.acknowledge()
            if epoch % 2 == 0 {
                #expect(client.line() == "{\"go\":true}")
                #expect(client.line() == nil)
            }
        }
        #expect(try fixture.client().ask(fixture.hello)?.hasPrefix("{\"ok\":1") == true)
    }

    /// The time that a report takes to the trial and back, without a decision.
    @Test func reportsAreQuick() throws {
        let fixture = try Fixture()
        let client = try fixture.greeted()
        let count = 2000
        let path = fixture.run
        SystemThread.start {
            var taken = 0
            while taken < count {
                let version = path.signal.version
                if case .report? = path.next() {
                    path.acknowledge()
                    taken += 1
                } else {
                    path.signal.wait(since: version, seconds: 30)
                }
            }
        }
        var times: [Duration] = []
        for epoch in 1...count {
            let start = ContinuousClock.now
            #expect(client.ask("{\"report\":{\"epoch\":\(epoch),\"error\":1}}") == "{\"go\":true}")
            times.append(start.duration(to: .now))
        }
        times.sort()
        print("a report and its answer: median \(times[count / 2])")
        // Even the quickest would wait for a poll, or for more bytes to send at once.
        #expect(times[0] < .milliseconds(20))
    }

    /// What is printed before the end is taken before it, and the rest is in the log.
    @Test func printsAndTheEnd() throws {
        let fixture = try Fixture(
            "echo begin; echo warn >&2; for i in 1 2 3; do echo '{{\"epoch\":'$i',\"error\":1}'; done; "
                + "printf '{{\"epoch\":4,\"error\":1}'; exit 3")
        for epoch in 1...4 { #expect(fixture.takeReport()?["epoch"] == .integer(epoch)) }
        guard case .ended(.exited(3)) = fixture.next() else { return #expect(Bool(false)) }
        #expect(fixture.run.lastLines.map { Set($0.split(separator: "\n")) } == ["begin", "warn"])
    }
}
