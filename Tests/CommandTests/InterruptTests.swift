import Subprocess
import Testing

/// Ctrl-C: the first ends a script wherever it is and keeps what was reported, the second ends the
/// process.
@Suite struct InterruptTests {
    private static let experiment = """
        local ag = require "mohpo"
        local function mark() io.open("running", "w"):close() end
        ag.experiment { name = "endless", space = { x = ag.Real(0, 1) },
          objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 3,
          train = function(args, reporter)
            reporter { epoch = 1, loss = 0.5 }
            mark()
            BODY
          end }:run()
        print "never"
        """

    private func interrupted(_ script: String, then second: Signal? = nil) async throws -> Command {
        let folder = try Folder()
        try folder.write(script, to: "s.lua")
        return try await Command.run(["s.lua"], in: folder) { program in
            try await folder.waitFor("running")
            guard let second else { return try program.send(.interrupt) }
            try await program.interrupt(then: second)
        }
    }

    /// Rows 14 and 15 of the hostile scripts try where a loop may be; this, what is kept.
    @Test func whatWasReportedIsShown() async throws {
        let script = Self.experiment.replacing("BODY", with: "while true do end")
        let command = try await interrupted(script)
        #expect(command.status == .exited(130))
        #expect(command.output.contains("endless: 3 trials"))
        #expect(command.output.contains("0.5"), "the front: \(command.output)")
        #expect(!command.output.contains("never"))
        #expect(command.errors.hasPrefix("mohpo-lua: interrupted"))
    }

    @Test(arguments: [
        "local function f() while true do end end "
            + "coroutine.wrap(function() while true do pcall(coroutine.wrap(f)) end end)()",
        "local co = coroutine.create(function() local x <close> = setmetatable({}, "
            + "{ __close = function() while true do end end }) coroutine.yield() end) "
            + "coroutine.resume(co) coroutine.close(co)",
        "coroutine.wrap(function() local x <close> = setmetatable({}, "
            + "{ __close = function() while true do end end }) error() end)()",
    ])
    func anEndlessLoopAtTheTopLevelIsEnded(body: String) async throws {
        let command = try await interrupted("io.open('running', 'w'):close() \(body)")
        #expect(command.status == .exited(130))
        #expect(command.output == "")
    }

    /// A read that waits, as `io.read` from a terminal does, ends as well.
    @Test func aWaitingReadIsEnded() async throws {
        let script = """
            os.execute("mkfifo pipe")
            local pipe = io.open("pipe", "r+") -- both ends, so that nothing ever comes
            io.open("running", "w"):close()
            pipe:read()
            """
        let command = try await interrupted(script)
        #expect(command.status == .exited(130))
        #expect(command.output == "")
    }

    /// Trials that were due to start when it came are not to blame.
    @Test func anInterruptFailsNoTrial() async throws {
        let folder = try Folder()
        let script = """
            local ag = require "mohpo"
            local first
            ag.experiment { name = "endless", space = { x = ag.Real(0, 1) },
              objectives = { loss = "MIN" }, scheduler = ag.hyperband { max_t = 9, type = 'stopping' },
              num_trials = 20, parallel_trials = 2,
              train = function(args, reporter)
                first = first or reporter
                if reporter ~= first then return end
                coroutine.yield() -- the second trial ends, which lets the third one start below
                reporter { epoch = 1, loss = 1 }
                io.open("running", "w"):close()
                while true do end
              end }:run()
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["--workers", "1", "s.lua"], in: folder) { program in
            try await folder.waitFor("running")
            try program.send(.interrupt)
        }
        #expect(command.status == .exited(130))
        #expect(
            command.output.hasPrefix("endless: 3 trials (1 completed, 2 stopped), 1 report, "),
            "\(command.output)")
        #expect(!command.errors.contains("failed"))
    }

    /// The signal that carries an interrupt to the script's thread means nothing elsewhere.
    @Test func aStraySignalIsNoInterrupt() async throws {
        let folder = try Folder()
        let script = """
            io.open("running", "w"):close()
            while not io.open("go", "r") do end
            local t = os.clock() while os.clock() < t + 0.1 do end
            print "done"
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder) { program in
            try await folder.waitFor("running")
            try program.send(.userDefinedOne)
            try folder.write("", to: "go")
        }
        #expect(command.status == .exited(0))
        #expect(command.output == "done\n")
    }

    /// As under `nohup`: what was ignored at the start stays so.
    @Test func anIgnoredInterruptStaysIgnored() async throws {
        let folder = try Folder()
        let script = """
            io.open("running", "w"):close()
            while not io.open("go", "r") do end
            print "went on"
            """
        try folder.write(script, to: "s.lua")
        let command = try await Command.run(
            ["-c", "trap '' INT; exec \"$0\" s.lua", Command.program], of: "/bin/sh", in: folder
        ) { program in
            try await folder.waitFor("running")
            try program.send(.interrupt)
            try folder.write("", to: "go")
        }
        #expect(command.status == .exited(0))
        #expect(command.output == "went on\n")
    }

    /// A native operation gives up between two batches.
    @Test func aLongOperationIsEnded() async throws {
        let script = """
            local nn, data = require "mohpo.nn", require "mohpo.data"
            local features, labels = {}, {}
            for i = 1, 1000 do features[i], labels[i] = { math.sin(i), i % 7 }, i % 2 end
            local ds = data.table(features, labels)
            local mlp = nn.MLPClassifier { max_iter = 1000000000, tol = 0, n_iter_no_change = 1000000000,
              hidden_layer_sizes = { 100, 100 } }
            io.open("running", "w"):close()
            pcall(mlp.fit, mlp, ds)
            print "never"
            """
        let command = try await interrupted(script)
        #expect(command.status == .exited(130))
        #expect(command.output == "")
    }

    /// What ends the process at once need not be the same signal.
    @Test func aTerminationAfterAnInterruptEndsTheProcess() async throws {
        let script = """
            local text, pattern = ("a"):rep(200000), (".-"):rep(20) .. "b"
            io.open("running", "w"):close()
            string.find(text, pattern)
            """
        let command = try await interrupted(script, then: .terminate)
        #expect(command.status == .signaled(Signal.terminate.rawValue))
    }
}
