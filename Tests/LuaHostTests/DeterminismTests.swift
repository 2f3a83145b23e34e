import LuaHost
import Testing

/// The same seed gives the same search, whatever runs beside what.
@Suite struct DeterminismTests {
    /// Trials that train networks; every objective is deterministic.
    private static func script(type: String, brackets: Int, slots: Int) -> String {
        smallData + """
            local ag = require "mohpo"
            local nn = require "mohpo.nn"
            local study = ag.experiment {
              space = {
                width = ag.Int(1, 24), depth = ag.Int(0, 2),
                rate = ag.Real(1e-4, 1e-1, { log = true }),
                activation = ag.Categorical("relu", "tanh"),
              },
              objectives = { accuracy = "MAX", size = "MIN" },
              scheduler = ag.hyperband { max_t = 9, brackets = \(brackets), type = "\(type)" },
              num_trials = 20, parallel_trials = \(slots), seed = 5,
              train = function(args, reporter)
                local hidden = {}
                for i = 1, args.depth do hidden[i] = args.width end
                local mlp = nn.MLPClassifier {
                  hidden_layer_sizes = hidden, learning_rate_init = args.rate,
                  activation = args.activation, batch_size = 50,
                }
                for epoch = 1, 9 do
                  mlp:partial_fit(small)
                  reporter {
                    epoch = epoch, accuracy = mlp:score(small) + math.random() * 1e-3,
                    size = mlp.n_parameters,
                  }
                end
              end,
            }:run()
            """
    }

    private func study(_ script: String, workers: Int) async -> String {
        var settings = RunSettings()
        settings.workers = workers
        let run = await ScriptRun.of(script, settings: settings)
        #expect(run.failure == nil)
        return run.studies.first ?? ""
    }

    @Test(arguments: [
        ("stopping", 1), ("stopping", 2), ("promotion", 1), ("promotion", 2), ("model", 1),
    ])
    func theNumberOfThreadsChangesNothing(type: String, brackets: Int) async {
        let script = Self.script(type: type, brackets: brackets, slots: 4)
        let alone = await study(script, workers: 1)
        #expect(alone.contains("\"accuracy\""))
        for workers in [2, 8] {
            #expect(await study(script, workers: workers) == alone)
        }
    }

    @Test func anotherSeedIsAnotherSearch() async {
        let script = Self.script(type: "stopping", brackets: 1, slots: 4)
        let first = await study(script, workers: 2)
        let second = await study(script.replacing("seed = 5", with: "seed = 6"), workers: 2)
        #expect(first.replacing("\"seed\": 5", with: "\"seed\": 6") != second)
    }
}
