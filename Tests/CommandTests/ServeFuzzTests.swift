import Foundation
import Subprocess
import Testing

/// What clients of `mohpo-lua serve` send that is no request: each line is answered, and others are served.
@Suite struct ServeFuzzTests {
    private static let clients = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Clients").standardized.path

    private func python(_ program: String) async throws -> Command {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = "stopping" }, num_trials = 12,
              parallel_trials = 4, seed = 2 }:run()
            """, to: "s.lua")
        try folder.write(
            "import random, socket, sys, threading\nfrom line_server import Server\n" + program,
            to: "client.py")
        return try await Command.run(
            ["python3", "client.py", Command.program], of: "/usr/bin/env", in: folder,
            environment: ["PYTHONPATH": Self.clients])
    }

    @Test(arguments: 0..<3) func noiseIsAnswered(seed: Int) async throws {
        let command = try await python(
            """
            random.seed(\(seed))
            lines = [b'{"ask":1}', b'{"report":{"epoch":1,"loss":0.5},"trial":1,"attempt":1}',
                     b'{"add":{"x":0.5}}', b'{"front":1,"id":"x"}', b'{"checkpoint":1,"trial":1,"attempt":1}',
                     b'{"heartbeat":1,"trial":1,"attempt":1}', b"[" * 100000, b'{"a":' * 1000, b"", b"x"]
            with Server(sys.argv[1]) as server:
                line = server.connect()
                for _ in range(500):
                    text = bytearray(random.choice(lines))
                    for _ in range(random.randrange(4)):
                        if text: text[random.randrange(len(text))] = random.randrange(256)
                    assert isinstance(line.ask(bytes(text).replace(b"\\n", b" ")), dict), text
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "143\n")
    }

    /// A line of 100 MB is answered once, and nothing of it is kept.
    @Test func linesWithoutEndAndHalfLines() async throws {
        let command = try await python(
            """
            with Server(sys.argv[1]) as server:
                line = server.connect()
                before = server.memory()
                for _ in range(100): line.sendall(b"x" * (1 << 20))
                answer = line.ask(b"")
                assert "line: expected at most 1048576 bytes" in answer["error"], answer
                assert line.ask(b'{"study":1}')["name"] == "s"
                assert server.memory() - before < 64, (before, server.memory())
                # Half a line whose other half comes later, and a line byte by byte.
                slow = server.connect()
                slow.sendall(b'{"study":')
                for byte in b'{"study":1,"id":1}': line.sendall(bytes([byte]))
                assert line.ask(b"")["id"] == 1
                assert slow.ask(b'1,"id":2}')["id"] == 2
                # Half a line, and the end.
                half = server.connect()
                half.sendall(b'{"study":1')
                half.shutdown(socket.SHUT_WR)
                assert half.recv(100) == b""
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "143\n")
    }

    @Test func clientsThatNeverRead() async throws {
        let command = try await python(
            """
            with Server(sys.argv[1]) as server:
                before, full = server.memory(), []
                def deafen():
                    line = server.connect()
                    line.settimeout(2)
                    try:
                        while True: line.sendall(b'{"front":1}\\n' * 1000)
                    except socket.timeout:
                        full.append(line)
                threads = [threading.Thread(target=deafen) for _ in range(8)]
                for thread in threads: thread.start()
                served = server.connect()
                for _ in range(200): assert "front" in served.ask(b'{"front":1}')
                for thread in threads: thread.join()
                assert len(full) == 8 and server.memory() - before < 64, (len(full), before, server.memory())
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "143\n")
    }
}
