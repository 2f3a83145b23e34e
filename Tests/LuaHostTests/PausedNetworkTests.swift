import LuaHost
import Testing

/// The networks of paused trials, with less memory than they need together.
@Suite struct PausedNetworkTests {
    /// Trials whose networks need 0.5 MB each, and 1.9 MB while they train, two at a time.
    private static func script(type: String) -> String {
        smallData + """
            local ag = require "mohpo"
            local nn = require "mohpo.nn"
            local study = ag.experiment {
              space = { rate = ag.Real(1e-4, 1e-1, { log = true }) },
              objectives = { loss = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = "\(type)" },
              num_trials = 24, parallel_trials = 2, seed = 5,
              train = function(args, reporter)
                local mlp = nn.MLPClassifier {
                  hidden_layer_sizes = { 192, 192 }, learning_rate_init = args.rate,
                }
                for epoch = 1, 9 do
                  mlp:partial_fit(small)
                  reporter { epoch = epoch, loss = mlp:loss(small) }
                end
              end,
            }:run()
            """
    }

    private func run(type: String, limit: Int?, isSandboxed: Bool = false) async -> ScriptRun {
        var settings = RunSettings()
        settings.workers = 2
        settings.memoryLimit = limit
        settings.isSandboxed = isSandboxed
        return await ScriptRun.of(Self.script(type: type), settings: settings)
    }

    private static let limit = 8 << 20
    private static let note = "networks of paused trials go to a temporary file in "

    @Test(arguments: ["promotion", "model"]) func theSearchIsTheSame(type: String) async {
        let all = await run(type: type, limit: nil)
        let some = await run(type: type, limit: Self.limit)
        #expect(all.failure == nil && some.failure == nil)
        #expect(some.studies == all.studies)
        #expect(!all.messages.contains { $0.contains(" failed: ") }, "\(all.messages)")
        #expect(some.messages.filter { $0.contains(Self.note) }.count == 1, "\(some.messages)")
        #expect(!all.messages.contains { $0.contains(Self.note) })
    }

    /// A script from elsewhere must not fill a disk.
    @Test func theSandboxKeepsThemInMemory() async {
        let run = await run(type: "promotion", limit: Self.limit, isSandboxed: true)
        #expect(!run.messages.contains { $0.contains(Self.note) })
        #expect(
            run.messages.contains {
                $0.contains(" failed: ") && $0.contains("not enough memory for ")
            },
            "\(run.messages)")
    }
}
