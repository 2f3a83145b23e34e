import Foundation
import Subprocess
import Testing

/// `mohpo-lua serve --port`: the same requests over HTTP, from the Python client and from strangers.
@Suite struct HTTPServeTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("..").standardized.path

    private func python(_ program: String) async throws -> Command {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = "promotion" }, num_trials = 12,
              parallel_trials = 4, seed = 2 }:run()
            """, to: "s.lua")
        try folder.write(program, to: "client.py")
        return try await Command.run(
            ["python3", "client.py", Command.program], of: "/usr/bin/env", in: folder,
            environment: ["PYTHONPATH": "\(Self.tests)/../python:\(Self.tests)/Clients"])
    }

    @Test func clientsRunAStudy() async throws {
        let command = try await python(
            """
            import mohpo, os, sys, threading
            from http_server import Server
            with Server(sys.argv[1], "--study", "k.db") as server:
                assert os.stat("s.token").st_mode & 0o777 == 0o600
                def work():
                    with mohpo.open(server.url, token_file="s.token") as study:
                        for trial in study:
                            for epoch in range(trial.resource + 1, 10):
                                if trial.report(epoch=epoch, loss=trial.x + 1 / epoch) != "go": break
                                trial.checkpoint(epoch)
                            else:
                                trial.done()
                threads = [threading.Thread(target=work) for _ in range(4)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
                # Reading needs no token here.
                with mohpo.open(server.url) as study:
                    print(study.info()["state"], len(study.front()) > 0)
                # mohpo-lua ask and tell speak to it, too.
                assert os.path.exists("k.socket")
                server.process.terminate()
                server.process.wait(60)
            assert not os.path.exists("s.token") and not os.path.exists("k.socket")
            study = mohpo.load("k.db")
            for trial in range(1, len(study.trials) + 1):
                epochs = [row["resource"] for row in study.reports if row["trial"] == trial]
                assert epochs == list(range(1, len(epochs) + 1)), epochs
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "finished True\n")
    }

    @Test func strangersGetNothing() async throws {
        let command = try await python(
            """
            import json, sys
            from http_server import Server
            with open("t", "w") as file: file.write("a-token-of-mine-0123\\n")
            import os; os.chmod("t", 0o600)
            with Server(sys.argv[1], "--study", "memory", "--token-file", "t") as server:
                token = {"Authorization": "Bearer a-token-of-mine-0123"}
                kind = {"Content-Type": "application/json"}
                good = {**token, **kind}
                def expect(status, *request, **more):
                    got, body = server.ask(*request, **more)
                    assert got == status and (status == 200) != ("error" in body), (request, more, got, body)
                    return body
                expect(401, "POST", "/v1/ask", b'{"ask":1}', kind)
                expect(401, "POST", "/v1/ask", b'{"ask":1}', {**kind, "Authorization": "Bearer a-token-of-mine-0124"})
                expect(401, "POST", "/v1/ask?token=a-token-of-mine-0123", b'{"ask":1}', kind)
                expect(415, "POST", "/v1/ask", b'{"ask":1}', {**token, "Content-Type": "text/plain"})
                expect(415, "POST", "/v1/ask", b'{"ask":1}', token)
                expect(405, "GET", "/v1/ask", None, good)
                expect(404, "POST", "/v2/ask", b'{"ask":1}', good)
                expect(404, "GET", "/", None, {})
                expect(421, "POST", "/v1/ask", b'{"ask":1}', {**good, "Host": "evil.example"})
                expect(421, "GET", "/v1/front", None, {"Host": "localhost.evil.example"})
                expect(403, "GET", "/v1/front", None, {"Origin": "http://evil.example"})
                expect(403, "POST", "/v1/ask", b'{"ask":1}', {**good, "Origin": "null"})
                expect(413, "POST", "/v1/ask", b" " * (1 << 20) + b'{"ask":1}', good)
                expect(400, "POST", "/v1/ask", b'{"front":1}', good)
                expect(400, "POST", "/v1/ask", b"hello", good)
                expect(400, "POST", "/v1/report", b'{"report":{"epoch":1},"trial":1,"attempt":1}', good)
                trial = expect(200, "POST", "/v1/ask", b'{"ask":1,"id":5}', {**good, "Origin": server.url})
                assert trial["trial"] == 1 and trial["id"] == 5, trial
                report = b'{"report":{"epoch":1,"loss":0.5},"trial":1,"attempt":1}'
                assert "go" in expect(200, "POST", "/v1/report", report, good) or True
                assert expect(200, "GET", "/v1/front", None, {})["front"][0]["loss"] == 0.5
                server.hostile()
                assert expect(200, "GET", "/v1/study", None, {})["name"] == "s"
                server.process.terminate()
                print(server.process.wait(60))
            # A token of the user's own stays.
            assert os.path.exists("t")
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "143\n")
    }

    @Test func mistakesAreNamed() async throws {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "s", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9 }, num_trials = 2 }:run()
            """, to: "s.lua")
        try folder.write("short", to: "short")
        for (options, expected) in [
            (
                ["--address", "here"],
                "--address: expected an IP address or localhost, got \"here\""
            ),
            (["--token-file", "short"], "--token-file short: expected mode 0600"),
            (["--token-file", "no/where"], "--token-file no/where: no such file"),
        ] {
            let command = try await Command.run(
                ["serve", "--study", "memory", "--port", "0"] + options + ["s.lua"], in: folder)
            #expect(command.status == .exited(1))
            #expect(command.errors.contains(expected), "\(command.errors)")
        }
    }
}
