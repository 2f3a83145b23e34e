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

    /// The labels of a data set are values of Lua's, of which it holds one for each class.
    @Test(arguments: [
        "data.labels", "data.classes", "network.classes",
    ])
    func aLabelIsCopiedOnce(value: String) async throws {
        let folder = try Folder()
        try folder.write(
            Self.header
                + """
                local before = peak()
                local data = data.table({ { 1 }, { 2 } }, { s, "b" })
                local network = require "mohpo.nn".MLPClassifier { max_iter = 1 }
                network:fit(data)
                s, list = nil, nil
                local ok, message = pcall(function()
                  for i = 1, 200 do kept[i] = \(value) end
                end)
                assert(not ok and tostring(message):find "not enough memory", message)
                print(#kept < 6, peak() - before < 64, peak() - before)
                """, to: "s.lua")
        let command = try await Command.run(
            ["--quiet", "--memory-limit", "64M", "--study", "memory", "s.lua"], in: folder)
        #expect(command.output.hasPrefix("true\ttrue\t"), "\(command.output)\(command.errors)")
        #expect(command.status == .exited(0))
    }

    /// Networks and parts outlive their data sets, and know the classes.
    @Test(arguments: [
        "network = data.table({ { 1 }, { 2 } }, { text, 'b' }):subset(1, 2)",
        "network = data.table({ { 1 }, { 2 } }, { text, 'b' }):subset { 2, 1, 1 }",
        "network:fit(data.table({ { 1 }, { 2 } }, { text, 'b' }))",
        "network = nn.MLPClassifier { class_weight = { [text] = 2 } }",
    ])
    func whatOutlivesADataSetIsCharged(script: String) async throws {
        let folder = try Folder()
        try folder.write(
            Self.header
                + """
                s, list = nil, nil
                local nn = require "mohpo.nn"
                local ok, message = pcall(function()
                  for i = 1, 200 do
                    local text = ("x"):rep(5 << 20) .. i
                    local network = nn.MLPClassifier { max_iter = 1 }
                    \(script)
                    kept[i], text = network, nil
                    collectgarbage()
                  end
                end)
                assert(not ok and tostring(message):find "not enough memory", message)
                print(#kept < 12)
                """, to: "s.lua")
        let command = try await Command.run(
            ["--quiet", "--memory-limit", "64M", "--study", "memory", "s.lua"], in: folder)
        #expect(command.output == "true\n", "\(command.output)\(command.errors)")
    }

    /// A path is looked at in many ways, each of which would copy it.
    @Test func aNameThatNoStudyHasIsNotLookedFor() async throws {
        let folder = try Folder()
        try folder.write(
            Self.header
                + "local before = peak() print(pcall(ag.load, s)) print(peak() - before < 47)",
            to: "s.lua")
        let command = try await Command.run(["--memory-limit", "64M", "s.lua"], in: folder)
        #expect(command.output.contains("got a string of 10485760 bytes"), "\(command.output)")
        #expect(command.output.hasSuffix("true\n"), "\(command.output)")
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
