import LuaHost
import Testing

/// A data set of two classes that a line separates, as Lua: `small`.
let smallData = """
    local small
    do
      local features, labels = {}, {}
      for i = 1, 200 do
        local x, y = math.sin(i), math.cos(i * 1.7)
        features[i], labels[i] = { x, y }, x + y > 0 and "above" or "below"
      end
      small = require "mohpo.data".table(features, labels)
    end

    """

/// Native operations inside trials: they are suspended calls, wherever the script makes them.
@Suite struct OperationTests {
    private let network = "local mlp = nn.MLPClassifier { hidden_layer_sizes = { 4 } } "

    private func lines(_ train: String, after: String = "", trials: Int = 1) async -> [String] {
        let run = await ScriptRun.of(
            smallData + experiment(train, trials: trials) + after
                + "for _, t in ipairs(study.trials) do if t.error then out(t.error) end end")
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        return run.lines
    }

    @Test func networksTrainInTrials() async {
        let train =
            network + """
                for epoch = 1, 9 do
                  mlp:partial_fit(small)
                  reporter { epoch = epoch, loss = mlp:loss(small), accuracy = mlp:score(small) }
                  if epoch == 8 then out(mlp.n_parameters, #mlp.loss_curve, mlp) end
                end
                """
        let after = "local h = study.history[1] out(h[9].loss < h[1].loss, h[9].accuracy > 0.2)"
        // 2 · 4 + 4 weights and biases into the hidden layer, 4 + 1 out of it.
        #expect(
            await lines(train, after: after)
                == ["17 8 MLPClassifier { 4 }: 17 parameters", "true true"])
    }

    /// Rows 6 to 8 of the hostile scripts.
    @Test(arguments: [
        "s = mlp:score(small)",
        "pcall(function() pcall(function() s = mlp:score(small) end) end)",
        "table.sort({ 2, 1 }, function(a, b) s = mlp:score(small) return a < b end)",
        "string.gsub('x', 'x', function() s = mlp:score(small) end)",
        "tostring(setmetatable({}, { __tostring = function() s = mlp:score(small) return '' end }))",
        "s = coroutine.wrap(function() return mlp:score(small) end)()",
        "local co = coroutine.create(function() coroutine.yield(mlp:score(small)) end)"
            + " s = select(2, coroutine.resume(co)) assert(select('#', coroutine.resume(co)) == 1)",
        "for _, d in ipairs { small } do s = mlp:score(d) end",
        "local x <close> = setmetatable({}, { __close = function() mlp:score(small) end }) "
            + "s = mlp:score(small)",
    ])
    func anOperationWorksWhereverItIsCalled(call: String) async {
        let train =
            network + "mlp:partial_fit(small) local s \(call) "
            + "out(s == mlp:score(small)) reporter { epoch = 9, loss = 1 }"
        #expect(await lines(train, trials: 3) == ["true", "true", "true"])
    }

    /// Row 4: an operation that fails is an error the trial can catch.
    @Test func anOperationThatFailsCanBeCaught() async {
        let train = network + "out(pcall(mlp.score, mlp, small)) reporter { epoch = 9, loss = 1 }"
        let lines = await lines(train)
        #expect(lines.count == 1)
        #expect(lines[0].hasPrefix("false script.lua:"))
        #expect(lines[0].hasSuffix("call fit or partial_fit first"))
    }

    @Test func atTheTopLevelOperationsRunAtOnce() async {
        let script =
            smallData + """
                local nn = require "mohpo.nn"
                local mlp = nn.MLPClassifier { hidden_layer_sizes = {}, max_iter = 30, seed = 1,
                  learning_rate_init = 0.1 }
                mlp:fit(small)
                out(mlp:score(small) > 0.8, #mlp:predict(small), mlp:predict(small)[1])
                local p = mlp:predict_proba(small)[1]
                out(#p, math.abs(p[1] + p[2] - 1) < 1e-6)
                out(mlp:time_predict(small) > 0, #small, small.features, #small.classes)
                local a, b = small:split(0.25, { seed = 1, stratify = true })
                out(#a, #b, #small:subset(1, 10), #small:standardize())
                """
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil)
        #expect(
            run.lines == [
                "true 200 above", "2 true", "true 200 2 2", "50 150 10 200",
            ])
    }

    @Test(arguments: [
        (
            "mlp.score(small, mlp)",
            "bad argument #1 to 'score' (MLPClassifier expected, got Dataset)"
        ),
        ("mlp:score({})", "bad argument #1 to 'score' (Dataset expected, got table)"),
        ("mlp:score(small:subset(0, 3))", "subset: expected 1 <= first <= last <= 200"),
        ("mlp:time_predict(small, { frech = true })", "did you mean fresh?"),
        (
            "mlp:partial_fit(small); mlp:score(require 'mohpo.data'.table({ { 1 } }, { 'above' }))",
            "the network was trained on 2 features, the data set has 1"
        ),
    ])
    func misuseIsNamed(call: String, message: String) async {
        let lines = await lines(network + "out(select(2, pcall(function() \(call) end)))")
        #expect(lines.count == 1 && lines[0].contains(message), "\(lines)")
    }

    /// A time is measured once for each shape and data set in a study.
    @Test func aMeasuredTimeIsRemembered() async {
        let train =
            network + """
                mlp:partial_fit(small)
                local first = mlp:time_predict(small)
                out(first == mlp:time_predict(small), first > 0,
                  mlp:time_predict(small, { fresh = true }) > 0, first == mlp:time_predict(small))
                times = times or {}
                times[#times + 1] = mlp:time_predict(small:subset(1, 100)) ~= nil
                reporter { epoch = 9, loss = 1 }
                """
        #expect(await lines(train, trials: 2) == ["true true true true", "true true true true"])
    }

    /// Operations that are done at once still let the loop turn, which looks at the clock.
    @Test func operationsDoneAtOnceHoldNobodyUp() async {
        let train = network + "mlp:partial_fit(small) while true do mlp:score(small) end"
        let run = await ScriptRun.of(
            smallData + experiment(train, fields: "time_out = 0.05,")
                + "for _, t in ipairs(study.trials) do out(t.state) end")
        #expect(run.failure == nil)
        #expect(run.lines == ["stopped", "stopped", "stopped"])
    }

    @Test func regressorsLearnNumbers() async {
        let script = """
            local nn, data = require "mohpo.nn", require "mohpo.data"
            local features, values, pairs_ = {}, {}, {}
            for i = 1, 300 do
              local x = math.sin(i)
              features[i], values[i], pairs_[i] = { x }, 3 * x + 1, { x, -x }
            end
            local ds = data.table(features, values, { regression = true })
            local mlp = nn.MLPRegressor { hidden_layer_sizes = {}, learning_rate_init = 0.05, seed = 1 }
            mlp:fit(ds)
            out(mlp:score(ds) > 0.99, math.abs(mlp:predict(ds)[1] - values[1]) < 0.3, ds)
            local two = data.table(features, pairs_, { regression = true })
            local other = nn.MLPRegressor { hidden_layer_sizes = {} }
            other:partial_fit(two)
            out(#other:predict(two)[1], other)
            out(select(2, pcall(data.table, features, { 1 }, { regression = true })))
            """
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        #expect(
            run.lines == [
                "true true Dataset table: 300 rows, 1 features, numbers to predict",
                "2 MLPRegressor {}: 4 parameters",
                "script.lua:15: values: expected 1 for each of the 300 rows, got 1",
            ])
    }

    @Test func savedNetworksGoOnWhereTheyWere() async {
        let script =
            smallData + """
                local nn = require "mohpo.nn"
                local path = os.tmpname()
                local mlp = nn.MLPClassifier { hidden_layer_sizes = { 5 }, seed = 3 }
                mlp:partial_fit(small)
                mlp:save(path)
                local again = nn.load(path)
                mlp:partial_fit(small)
                again:partial_fit(small)
                os.remove(path)
                out(mlp:loss(small) == again:loss(small), again)
                out(select(2, pcall(nn.load, path)))
                """
        let run = await ScriptRun.of(script)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        #expect(run.lines.first == "true MLPClassifier { 5 }: 21 parameters")
        #expect(
            run.lines.count == 2 && run.lines[1].hasSuffix("no such file or directory"),
            "\(run.lines)")
    }
}
