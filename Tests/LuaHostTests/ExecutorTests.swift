import Engine
import EngineTesting
import LuaBridge
import LuaHost
import Running
import Testing

/// Trials as coroutines under the suite for executors.
@Suite struct ExecutorTests {
    @Test(arguments: [1, 8], ExecutorConformance.checks)
    func conformance(workers: Int, check: ConformanceCheck<any ExecutorKind>) async throws {
        let findings = try await onLuaThread {
            Result { try check.findings(for: LuaKind(workers: workers)) }
        }.get()
        #expect(findings == [])
    }
}

/// Coroutines of one Lua state. Runs on the calling thread, which has Lua's stack.
private struct LuaKind: ExecutorKind {
    let workers: Int
    var description: String { "Lua, \(workers) workers" }

    func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
        var settings = RunSettings()
        settings.isCheck = true
        let host = try ScriptHost(
            settings: settings, interruption: Interruption(), observer: SilentObserver())
        defer { host.close() }
        try host.run(text: Self.script(study))
        let pool = WorkerPool(workers: workers)
        let loop = try study.loop(queue: MessageQueue(alsoWake: pool.wake))
        try host.withTrials(under: loop, pool: pool) { try body(loop, $0) }
    }

    private static func script(_ study: ExecutorStudy) -> String {
        let plans = study.plans.map { plan in
            let attempts = plan.attempts.map { "{ " + $0.map(text).joined(separator: ", ") + " }" }
            return "{ " + attempts.joined(separator: ", ") + " }"
        }
        return """
            local ag = require "mohpo"
            local nn, data = require "mohpo.nn", require "mohpo.data"
            local rows = data.table({ { 0 }, { 1 } }, { "a", "b" })
            local plans = { \(plans.joined(separator: ",\n")) }
            local attempts = {}
            local function train(args, reporter)
              local plan = plans[args.n]
              attempts[args.n] = (attempts[args.n] or 0) + 1
              local net = nn.MLPClassifier { hidden_layer_sizes = { 2 }, seed = 1 }
              for _, step in ipairs(plan[math.min(attempts[args.n], #plan)]) do
                net:partial_fit(rows)
                if step.message then error(step.message, 0) end
                reporter(step)
              end
            end
            ag.experiment {
              space = { n = ag.Int(1, \(ExecutorStudy.count)) }, objectives = { error = "MIN" },
              scheduler = ag.hyperband { max_t = 9, type = 'stopping' }, num_trials = 1, train = train,
            }
            """
    }

    private static func text(_ step: TrialPlan.Step) -> String {
        switch step {
        case .report(let epoch, let error): "{ epoch = \(epoch), error = \(error) }"
        case .wrongReport(let epoch): "{ epoch = \(epoch) }"
        case .fail(let message): "{ message = '\(message)' }"
        }
    }
}
