import Subprocess
import Testing

/// How a run is ended from outside, and started without its standard streams.
@Suite struct SignalTests {
    private static let script = """
        local ag = require "mohpo"
        local f = io.open("running", "w") f:close()
        ag.experiment { name = "x", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
          scheduler = ag.hyperband { max_t = 1 }, num_trials = 1, trial_time_out = 1000,
          train = function(args, reporter)
            reporter { epoch = 1, loss = 1 }
            while true do end
          end }:run()
        while true do end
        """

    /// `timeout` sends SIGTERM to the process and at once to its group.
    @Test(arguments: 1...8) func twoSignalsAtOnceAreOneRequest(attempt: Int) async throws {
        let folder = try Folder()
        try folder.write(Self.script, to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder) { program in
            try await folder.waitFor("running")
            try await Task.sleep(for: .milliseconds(20 * attempt))
            try program.send(.terminate)
            try? program.send(.terminate)
        }
        #expect(command.status == .exited(143), "\(command.errors)")
        #expect(!command.errors.isEmpty)
    }

    @Test func aSecondRequestEndsTheProcess() async throws {
        let folder = try Folder()
        try folder.write(
            "io.open('running', 'w'):close() string.find(('a'):rep(200000), ('.-'):rep(20) .. 'b')",
            to: "s.lua")
        let command = try await Command.run(["s.lua"], in: folder) { program in
            try await folder.waitFor("running")
            try await program.interrupt(then: .terminate)
        }
        #expect(command.status == .signaled(15), "\(command.errors)")
    }

    /// No file and no pipe takes the place of a stream that is closed.
    @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
    func closedStreamsStayOutOfTheWay(closed: String) async throws {
        let folder = try Folder()
        try folder.write(
            """
            local ag = require "mohpo"
            ag.experiment { name = "x", space = { x = ag.Real(0, 1) }, objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 3, type = 'stopping' }, num_trials = 3,
              train = function(args, reporter)
                for e = 1, 3 do
                  print(("x"):rep(10000))
                  io.stderr:write(("y"):rep(10000))
                  io.read()
                  reporter { epoch = e, loss = 1 }
                end
              end }:run()
            io.open("done", "w"):close()
            """, to: "s.lua")
        let command = try await Command.run(
            ["-c", "exec \"$0\" s.lua \(closed)", Command.program], of: "/bin/sh", in: folder)
        #expect(command.status == .exited(0), "\(command.errors.suffix(300))")
        #expect(folder.has("done"))
        let replay = try await Command.run(["replay", "x"], in: folder)
        #expect(replay.status == .exited(0), "\(replay.errors)")
    }
}
