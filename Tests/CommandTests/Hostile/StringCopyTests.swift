import Subprocess
import Testing

/// One string of 10 MB that a script refers to 200 times costs Lua nothing; every copy that the program makes
/// counts.
@Suite(.serialized) struct StringCopyTests {
    private static let header = """
        local ag, data = require "mohpo", require "mohpo.data"
        local s, list, kept = ("x"):rep(10 << 20), {}, {}
        for i = 1, 200 do list[i] = s end
        local function peak()
          for line in io.lines "/proc/self/status" do
            local kilobytes = line:match "VmHWM:%s*(%d+)"
            if kilobytes then return kilobytes // 1024 end
          end
          return 0
        end
        local function experiment(t)
          t.space, t.objectives = t.space or {}, t.objectives or { loss = "MIN" }
          t.scheduler, t.num_trials = ag.hyperband { max_t = 1 }, 1
          t.train = t.train or function(_, reporter) reporter { epoch = 1, loss = 1 } end
          return ag.experiment(t)
        end
        local function trial(train)
          local study = experiment { train = train }:run()
          error(study.trials[1].error, 0)
        end

        """

    @Test(arguments: [
        "local space = {} for i = 1, 200 do space['c' .. i] = s end ag.space(space)",
        "local space = {} for i = 1, 200 do space['c' .. i] = { c = s } end ag.space(space)",
        "local space = {} for i = 1, 200 do space['c' .. i] = { s } end experiment { space = space }",
        "for i = 1, 200 do kept[i] = experiment { name = s } end",
        "for i = 1, 200 do kept[i] = experiment { space = { c = s } } end",
        "local rows = {} for i = 1, 200 do rows[i] = { i } end data.table(rows, list)",
        "local w = {} for i = 1, 1000000 do w[i] = 1 end "
            + "require 'mohpo.nn'.MLPClassifier():fit(data.table({ { 1 }, { 2 } }, { 0, 1 }), "
            + "{ sample_weight = w })",
        "ag.Categorical(table.unpack(list))", "ag.Categorical(list)", "ag.Ordinal(list)",
        "for i = 1, 200 do kept[i] = ag.Categorical(s, 'b') end",
        "for i = 1, 200 do kept[i] = ag.hyperband { time_attr = s } end",
        "for i = 1, 200 do kept[i] = ag.Choice { [s] = {} } end",
        "trial(function(_, reporter) reporter:checkpoint(list) end)",
        "trial(function(_, reporter) reporter:checkpoint { list, { list } } end)",
        "trial(function(_, r) local t = {} for i = 1, 200 do t[i] = { s } end r:checkpoint(t) end)",
        "local o = {} for i = 1, 500 do o['o' .. i] = 'MIN' end "
            + "experiment { objectives = o, scalarization_options = { num_weights = 100000 } }",
    ])
    func aCopyIsChargedBeforeItIsMade(script: String) async throws {
        let folder = try Folder()
        try folder.write(
            Self.header
                + """
                local ok, message = pcall(function() \(script) end)
                assert(not ok and tostring(message):find "not enough memory", message)
                local megabytes = peak()
                assert(megabytes < 300, megabytes)
                print "charged"
                """, to: "s.lua")
        let command = try await Command.run(
            ["--quiet", "--memory-limit", "64M", "--study", "memory", "s.lua"], in: folder)
        #expect(command.output == "charged\n", "\(command.errors)")
        // A study whose every trial failed ends with 1.
        #expect(command.status == .exited(script.hasPrefix("trial(") ? 1 : 0))
    }

    /// What is dropped is given back.
    @Test func aLoopHasItsRoom() async throws {
        let folder = try Folder()
        try folder.write(
            Self.header
                + "for i = 1, 200 do ag.Categorical(s, 'b') collectgarbage() end print 'done'",
            to: "s.lua")
        let command = try await Command.run(["--memory-limit", "64M", "s.lua"], in: folder)
        #expect(command.output == "done\n", "\(command.errors)")
    }
}
