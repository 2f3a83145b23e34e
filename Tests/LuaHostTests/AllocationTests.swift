import Foundation
import LuaBridge
import LuaHost
import Running
import Testing

/// Row 18 over the API of scripts: whatever allocation of Lua's fails, nothing else does.
@Suite struct AllocationTests {
    private static let script = """
        local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"
        local square = data.table({ { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, { "a", "b", "b", "a" })
        local line = data.table({ { 0 }, { 1 } }, { 0.5, 1.5 }, { regression = true })
        local experiment = ag.experiment {
          space = {
            width = ag.Int(1, 3), activation = ag.Categorical("relu", "tanh"), flag = ag.Bool(),
            size = ag.Ordinal { 1, 2 }, nested = { list = { 7, 8 }, deep = { rate = ag.Real(0.1, 1, { log = true }) } },
            solver = ag.Choice { adam = { beta = ag.Real(0.5, 0.9) }, sgd = {} },
          },
          objectives = { { "loss", "MIN" }, { "score", "MAX" } },
          scheduler = ag.hyperband { max_t = 2, type = "promotion" },
          num_trials = 3, parallel_trials = 2, seed = 1,
          train = function(args, reporter)
            local net = nn.MLPClassifier { hidden_layer_sizes = { args.width }, batch_size = 4 }
            for epoch = 1, 2 do
              net:partial_fit(square)
              reporter { epoch = epoch, loss = net:loss(square), score = math.random() }
            end
          end,
        }
        local study = experiment:run()
        local front = study:pareto_front { per = "trial" }
        out(tostring(experiment), tostring(study), #study, tostring(front), #study.trials)
        out(#study.history[1], study.trials[2].args, study:explain(1))
        out(study:best("loss"), study:knee(), study:hypervolume())
        out(ag.knee(front, { loss = "MIN" }), #ag.pareto_front(study.history, { loss = "MIN" }))
        study:plot(FOLDER .. "/plot.svg")
        study:save_csv(FOLDER .. "/reports.csv")
        study:save_json(FOLDER .. "/reports.json")
        local net = nn.MLPRegressor { hidden_layer_sizes = { 2 }, max_iter = 1, seed = 1 }
        net:fit(line)
        net:save(FOLDER .. "/net")
        out(#nn.load(FOLDER .. "/net"):predict(line), net.n_parameters, #net.loss_curve)
        local half, rest = square:split(0.5, { seed = 2 })
        out(#half, #rest, #square:subset(2, 3), tostring(square:standardize(half)))
        out(pcall(ag.Int, 2, 1))
        out(pcall(ag.experiment, { space = {}, objectives = { loss = "DOWN" } }))
        """

    /// Makes a host, runs the script, and gives what it put out.
    private func lines(
        _ lua: LuaState, folder: String, _ failure: AllocationFailure?
    ) throws -> [String] {
        var lines: [String] = []
        lua.fail(failure)
        defer { lua.fail(nil) }
        let host = try ScriptHost(
            lua: lua, settings: RunSettings(), interruption: Interruption(),
            observer: SilentObserver())
        defer { host.close() }
        let run = {
            lines = []
            let out = try host.lua.function("out") { call in
                lines.append(
                    try call.values(from: 1).map(host.lua.describe).joined(separator: " "))
                return try call.return()
            }
            try host.lua.setGlobal("out", out)
            try host.lua.setGlobal("FOLDER", folder)
            try host.run(text: Self.script)
            #expect(lua.stackHeight == 0)
        }
        guard failure != nil else {
            try run()
            return lines
        }
        do { try run() } catch {
            #expect(lua.failedAllocations > 0, "\(error)")
            #expect(lua.stackHeight == 0)
        }
        // The same state must then do what one does that never failed.
        lua.fail(nil)
        try host.lua.run(
            text: "for name in pairs(package.loaded) do "
                + "if name:find('^mohpo') then package.loaded[name] = nil end end", name: "=forget")
        try run()
        return lines
    }

    @Test(arguments: [2, Int.max]) func everyAllocationMayFail(inARow count: Int) async throws {
        let folder = NSTemporaryDirectory() + "mohpo-lua-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let expected = try lines(LuaState(), folder: folder, nil)
        #expect(expected.count == 8)
        var first = 1
        var hasFailed = true
        while hasFailed {
            let lua = try LuaState()
            let failure = AllocationFailure(first: first, count: count)
            do {
                #expect(try lines(lua, folder: folder, failure) == expected, "\(first)")
            } catch {
                #expect(lua.failedAllocations > 0, "\(first): \(error)")
            }
            lua.close()
            #expect(lua.allocatedBytes == 0 && lua.objectCount == 0, "\(first)")
            hasFailed = lua.failedAllocations > 0
            first += 1
        }
        #expect(first > 1000)
    }
}
