import LuaHost
import Testing

/// Metrics, weights and parts of data sets as a script sees them.
@Suite struct NetworkMetricTests {
    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of(
            """
            local nn, data = require "mohpo.nn", require "mohpo.data"
            local function fails(...) out(select(2, pcall(...))) end
            local rows, labels, three, values = {}, {}, {}, {}
            for i = 1, 60 do
              rows[i], labels[i], three[i], values[i] = { i % 7, i % 5 }, i % 2, i % 3, { i, -i }
            end
            local two, many = data.table(rows, labels), data.table(rows, three)
            local numbers = data.table(rows, labels, { regression = true })
            local function train(ds, make)
              return (make or nn.MLPClassifier) { seed = 1, hidden_layer_sizes = { 4 } }:partial_fit(ds)
            end

            """ + script)
        #expect(run.failure == nil, "\(String(describing: run.failure))")
        return run.lines
    }

    @Test func metricsByName() async {
        let script = """
            local m = train(two)
            local all = m:metrics(two)
            local names = {}
            for name, value in pairs(all) do
              names[#names + 1] = name
              if name ~= "confusion" then
                out(name, m:score(two, name) == value, m:metrics(two, { name })[name] == value)
              end
            end
            out(#names, all.accuracy == m:score(two))
            local c = all.confusion
            out(#c, #c[1], c[1][1] + c[1][2] + c[2][1] + c[2][2], math.type(c[1][1]))
            out((c[1][1] + c[2][2]) / 60 == all.accuracy)
            """
        let lines = await lines(script)
        #expect(lines.dropLast(3).allSatisfy { $0.hasSuffix(" true true") })
        #expect(lines.suffix(3) == ["17 true", "2 2 60 integer", "true"])
    }

    @Test func ofManyClassesAndOfNumbers() async {
        let script = """
            local m, n = train(many), train(numbers, nn.MLPRegressor)
            out(m:metrics(many).f1, m:score(many, "f1_macro") <= 1, m:score(many, "roc_auc") <= 1)
            out(n:score(numbers) == n:score(numbers, "r2"))
            out(math.abs(n:score(numbers, "rmse")^2 - n:score(numbers, "mse")) < 1e-9)
            """
        #expect(await lines(script) == ["nil true true", "true", "true"])
    }

    @Test func weights() async {
        let script = """
            local weight, one = {}, {}
            for i = 1, 60 do weight[i], one[i] = i % 2 == 0 and 0 or 1, 1 end
            local a, b = train(two), train(two)
            a:partial_fit(two, { sample_weight = one }) b:partial_fit(two)
            out(a:loss(two) == b:loss(two), a:loss(two, { sample_weight = one }) == a:loss(two))
            for _ = 1, 400 do a:partial_fit(two, { sample_weight = weight }) end
            out(a:score(two, { sample_weight = weight }), a:score(two, "recall"))
            out(a:score(two, nil, { sample_weight = weight }))
            out(a:score(two, "accuracy", { sample_weight = weight }))
            local c = nn.MLPClassifier { seed = 1, class_weight = { [0] = 0 } }
            for _ = 1, 200 do c:partial_fit(two) end
            out(c:score(two, "recall"))
            out(nn.MLPClassifier { seed = 1, class_weight = "balanced" }:partial_fit(two)
              :loss(two) == nn.MLPClassifier { seed = 1 }:partial_fit(two, { class_weight = "balanced" })
              :loss(two))
            """
        #expect(
            await lines(script) == ["true true", "1.0 1.0", "1.0", "1.0", "1.0", "true"])
    }

    @Test func mistakesAreNamed() async {
        let script = """
            local m, n = train(two), train(numbers, nn.MLPRegressor)
            fails(m.score, m, two, "f1macro")
            fails(m.score, m, two, "mse")
            fails(n.score, n, numbers, "f1")
            fails(m.metrics, m, two, { "accuracy", 3 })
            fails(m.metrics, m, two, "f1", "recall")
            fails(train(many).score, train(many), many, "f1")
            fails(m.partial_fit, m, two, labels)
            fails(m.partial_fit, m, two, { weights = labels })
            fails(m.fit, m, two, { sample_weight = { 1, 2 } })
            fails(m.fit, m, two, { class_weight = "balance" })
            fails(nn.MLPRegressor, { class_weight = "balanced" })
            fails(m.score, m, two, {}, {})
            """
        let expected = [
            "score: f1macro: unknown metric; did you mean f1_macro?",
            "score: mse: unknown metric;",
            "score: f1: unknown metric;",
            "metrics: names[2]: expected the name of a metric, got 3",
            "table expected, got string",
            "f1 is for two classes, the network knows 3; use f1_macro or f1_weighted",
            "partial_fit: expected a table of options, got an array; "
                + "did you mean { sample_weight = … }?",
            "partial_fit: weights: unknown option;",
            "sample_weight: expected 60 numbers, one for each row, got 2",
            "fit: class_weight: expected \"balanced\" or a table of numbers by class, got \"balance\"",
            "nn.MLPRegressor: class_weight: unknown option",
            "the name of a metric expected",
        ]
        let lines = await lines(script)
        #expect(lines.count == expected.count)
        for (line, text) in zip(lines, expected) { #expect(line.contains(text), "\(line)") }
    }

    @Test func aDestroyedNetworkHasNoMetric() async {
        let script = """
            local m = nn.MLPClassifier {
              seed = 1, solver = "sgd", learning_rate_init = 1e30, activation = "identity" }
            for _ = 1, 5 do m:partial_fit(two) end
            local count = 0
            for name, value in pairs(m:metrics(two)) do
              count = count + 1
              if value == value then out(name, value) end
            end
            local score, loss = m:score(two), m:loss(two)
            out(count, score ~= score, loss ~= loss)
            """
        #expect(await lines(script) == ["17 true true"])
    }

    @Test func labelsAndParts() async {
        let script = """
            local ds = data.table({ { 1 }, { 2 }, { 3 }, { 4 } }, { "b", "a", "b", "a" })
            out(table.concat(ds.labels, " "))
            out(table.concat(ds:subset { 4, 3, 3 }.labels, " "), #ds:subset { 2 })
            out(#ds:subset(2, 3).labels)
            local pair = data.table({ { 1 }, { 2 } }, { { 1, 2 }, { 3, 4 } }, { regression = true })
            out(pair.labels[2][1], pair.labels[2][2])
            local folds = ds:folds(2, { seed = 3, stratify = true })
            out(#folds, #folds[1].train, #folds[1].test)
            out(table.concat(folds[1].test.labels, " ") ~= folds[2].test.labels[1])
            local both = data.concat(folds[1].test, folds[2].test)
            out(#both, #both.classes, #data.concat(ds, ds, ds))
            fails(ds.subset, ds, { 1, 5 })
            fails(ds.subset, ds, { 1 }, 2)
            fails(ds.folds, ds, 5)
            fails(data.concat, ds)
            fails(data.concat, ds, 3)
            fails(data.concat, ds, pair)
            """
        let found = await lines(script)
        #expect(
            found == [
                "b a b a", "a b b 1", "2", "3.0 4.0", "2 2 2", "true", "4 2 12",
                "script.lua:2: subset[2]: expected a row from 1 to 4, got 5",
                "bad argument #3 to '?' (nothing beside a list of rows expected)",
                "script.lua:2: folds: k: expected an integer from 2 to the 4 rows, got 5",
                "bad argument #2 to 'mohpo.data.concat' (Dataset expected, got no value)",
                "bad argument #2 to 'mohpo.data.concat' (Dataset expected, got integer)",
                "script.lua:2: concat: data set 2: expected classes, as the first has, got 2 numbers to predict",
            ])
    }
}
