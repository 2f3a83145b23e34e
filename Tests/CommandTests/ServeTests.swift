import Foundation
import Subprocess
import Testing

/// `mohpo-lua serve`, asked by the Python client, and by plain lines.
@Suite struct ServeTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../python").standardized.path

    private static func script(
        type: String = "stopping", trials: Int = 12, slots: Int = 4,
        train: String? = "train = function() error 'never called' end"
    ) -> String {
        """
        local ag = require "mohpo"
        local study = ag.experiment { name = "s", space = { x = ag.Real(0, 1), n = ag.Int(1, 4) },
          objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = "\(type)" },
          num_trials = \(trials), parallel_trials = \(slots), seed = 2,
          \(train ?? "") }:run()
        local ends = {}
        for _, t in ipairs(study.trials) do ends[t.state] = (ends[t.state] or 0) + 1 end
        print("ends", ends.completed, ends.stopped, ends.paused, ends.failed, study.trials[1].args.x)
        """
    }

    /// Runs a Python program beside the package, with the path of mohpo-lua as its argument.
    private func python(_ program: String, _ script: String = ServeTests.script()) async throws
        -> Command
    {
        let folder = try Folder()
        try folder.write(script, to: "s.lua")
        try folder.write(program, to: "client.py")
        return try await Command.run(
            ["python3", "client.py", Command.program], of: "/usr/bin/env", in: folder,
            environment: ["PYTHONPATH": Self.package])
    }

    @Test(arguments: ["stopping", "promotion"]) func aClientRunsAStudy(type: String) async throws {
        let command = try await python(
            """
            import mohpo, sys
            with mohpo.open("s.lua", program=sys.argv[1], options=["--study", "memory"]) as study:
                study.add(x=0.25, n=3)
                seen = set()
                for trial in study:
                    seen.add((trial.x, trial.n))
                    for epoch in range(trial.resource + 1, 10):
                        word = trial.report(epoch=epoch, loss=trial.x + 1 / epoch)
                        if word != "go":
                            assert word == "paused" or trial.why.startswith("rung "), trial.why
                            break
                    else:
                        trial.done()
                assert (0.25, 3) in seen, seen
                print(len(study.front()) > 0, study.info()["state"], study.front()[0]["trial"] > 0)
            """, Self.script(type: type))
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output == "True finished True\n")
        // What the script prints is kept out of the client's way.
        #expect(command.errors.contains("ends"), "\(command.errors)")
        #expect(!command.errors.contains("never called"))
    }

    /// A client that leaves early leaves a study that can be resumed.
    @Test func aStudyIsResumed() async throws {
        let command = try await python(
            """
            import mohpo, sys
            def run(options, limit):
                count = 0
                with mohpo.open("s.lua", program=sys.argv[1], options=["--study", "k.db"] + options) as study:
                    for trial in study:
                        for epoch in range(trial.resource + 1, 10):
                            word = trial.report(epoch=epoch, loss=trial.x + 1 / epoch)
                            if word != "go": break
                            trial.checkpoint(epoch)
                            count += 1
                            if count == limit: return trial.resource, epoch
                        else:
                            trial.done()
                    return study.info()["state"]
            print(run([], 13))
            print(run(["--resume"], -1))
            """)
        #expect(command.status == .exited(0), "\(command.errors)")
        #expect(command.output.hasSuffix("finished\n"), "\(command.output)")
    }

    /// Ten clients that die at random: every trial comes to its end, and no report is made twice.
    @Test(arguments: ["stopping", "promotion"]) func clientsThatVanish(type: String) async throws {
        let command = try await python(
            """
            import mohpo, os, random, subprocess, sys, time
            if len(sys.argv) == 3:
                random.seed(os.getpid())
                try:
                    with mohpo.open("unix:" + sys.argv[2]) as study:
                        for trial in study:
                            for epoch in range(trial.resource + 1, 10):
                                if os.environ["DIES"] or random.random() < 0.05: os._exit(9)
                                if trial.report(epoch=epoch, loss=trial.x + 1 / epoch) != "go": break
                            else:
                                trial.done()
                except mohpo.Disconnected:
                    pass
                sys.exit(0)
            server = subprocess.Popen(
                [sys.argv[1], "serve", "--socket", "s.sock", "--lease", "2", "--study", "k.db", "s.lua"],
                stdout=subprocess.PIPE)
            while not os.path.exists("s.sock"): time.sleep(0.01)
            assert os.stat("s.sock").st_mode & 0o777 == 0o600
            def start(dies=False):
                return subprocess.Popen([sys.executable, sys.argv[0], sys.argv[1], "s.sock"],
                                        env={**os.environ, "DIES": "1" if dies else ""})
            # Two of them die at their first report in any case.
            clients = [start(dies=number < 2) for number in range(10)]
            died = 0
            while clients:
                for client in list(clients):
                    code = client.poll()
                    if code is None: continue
                    clients.remove(client)
                    if code == 9:
                        died += 1
                        clients.append(start())
                    else:
                        assert code == 0, code
                time.sleep(0.01)
            output = server.communicate(timeout=60)[0].decode()
            assert server.returncode == 0, server.returncode
            assert not os.path.exists("s.sock")
            print(died > 0, output.split()[0], output.split()[4])
            study = mohpo.load("k.db")
            for trial in range(1, len(study.trials) + 1):
                epochs = [row["resource"] for row in study.reports if row["trial"] == trial]
                assert epochs == list(range(1, len(epochs) + 1)), epochs
            """, Self.script(type: type, trials: 24, slots: 10))
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "True ends nil\n", "\(command.output) \(command.errors)")
    }

    @Test func linesAreAnsweredWithTheirIds() async throws {
        let command = try await python(
            """
            import json, subprocess, sys
            server = subprocess.Popen([sys.argv[1], "serve", "--stdio", "--study", "memory", "s.lua"],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            def ask(line):
                server.stdin.write((line if isinstance(line, str) else json.dumps(line)).encode() + b"\\n")
                server.stdin.flush()
                return json.loads(server.stdout.readline())
            first = ask({"ask": 1, "id": 1})
            assert first["id"] == 1 and first["trial"] == 1 and first["attempt"] == 1, first
            holder = {"trial": 1, "attempt": 1}
            for line, expected in [
                ("x", "JSON"), ("[]", "line: expected a JSON object"), ({}, "got nothing"),
                ({"aks": 1}, "did you mean ask?"), ({"ask": 1, "done": True}, "got ask and done"),
                ({"report": 1, **holder}, "report: expected an object of metrics, got 1"),
                ({"report": {}, "trial": 1}, "attempt: expected the number that came with the trial"),
                ({"report": {}, "attempt": 1}, "trial: expected the trial's number"),
                ({"report": {}, "trial": 99, "attempt": 1}, "trial: expected one that ask has given, got 99"),
                ({"report": {"epoch": 1}, **holder}, "loss: expected a number, got nothing"),
                ({"report": {"loss": 1}, **holder}, "epoch: expected a positive integer"),
                ({"checkpoint": 1, **holder}, "checkpoint: expected 1 to 0"),
                ({"done": 2, **holder}, "done: expected true, got 2"),
                ({"fail": 2, **holder}, "fail: expected why"),
                ({"ask": 1, "idd": 2}, "idd: unknown field; did you mean id?"),
                ({"ask": 1, "lease": 0}, "lease: expected seconds above 0, got 0"),
                ({"ask": 1, "lease": "x"}, "lease: expected seconds above 0"),
                ({"study": 1, "lease": 1}, "lease: unknown field"),
                ({"ask": 1, "id": [1]}, "id: expected an integer or a text"),
                ({"add": {"y": 1}}, "add.y: expected a parameter"),
                ({"add": {"x": 7}}, "add.x: expected a value of"),
                ({"add": 1}, "add: expected an object of parameters"),
            ]:
                answer = ask(line)
                assert expected in answer["error"], (line, answer)
            assert ask({"report": {"epoch": 1, "loss": 0.5}, "id": "a", **holder}) == {"go": True, "id": "a"}
            assert ask({"report": {"epoch": 1, "loss": 0.5}, **holder}) == {"go": True}
            assert ask({"heartbeat": 1, "trial": 1, "attempt": 1}) == {"ok": 1}
            assert ask({"fail": "no memory", **holder}) == {"ok": 1}
            assert "stop" in ask({"report": {"epoch": 2, "loss": 0.5}, **holder})
            assert ask({"front": 1})["front"][0]["loss"] == 0.5
            assert ask({"study": 1})["objectives"] == {"loss": "MIN"}
            server.stdin.close()
            print(server.wait(20))
            """)
        #expect(command.status == .exited(0), "\(command.output) \(command.errors)")
        #expect(command.output == "0\n")
    }

    @Test(arguments: [
        ["serve", "--stdio", "--socket", "x", "s.lua"],
        ["serve", "--stdio", "--port", "0", "s.lua"], ["serve", "--port", "70000", "s.lua"],
        ["serve", "--token-file", "x", "s.lua"],
        ["serve", "--stdio", "--lease", "0", "s.lua"],
        ["serve", "--socket", String(repeating: "x", count: 108), "s.lua"],
    ])
    func badUsageIsTwo(arguments: [String]) async throws {
        let command = try await Command.run(arguments, in: Folder())
        #expect(command.status == .exited(2))
    }

    /// What clients run needs no function of the script's.
    @Test func trainMayBeMissing() async throws {
        let command = try await python(
            """
            import mohpo, sys
            with mohpo.open("s.lua", program=sys.argv[1], options=["--study", "memory"]) as study:
                trial = study.ask()
                print(trial.report(epoch=1, loss=0.5))
            """, Self.script(train: nil))
        #expect(command.output == "go\n", "\(command.errors)")
    }

    @Test func aSocketThatIsInUseIsLeftAlone() async throws {
        let folder = try Folder()
        try folder.write(Self.script(), to: "s.lua")
        try folder.write("", to: "taken")
        let command = try await Command.run(
            ["serve", "--socket", "taken", "--study", "memory", "s.lua"], in: folder)
        #expect(command.status == .exited(1))
        #expect(command.errors.contains("address already in use"))
        #expect(folder.has("taken"))
    }
}
