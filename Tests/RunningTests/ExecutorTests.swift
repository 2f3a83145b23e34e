import Engine
import EngineTesting
import Running
import Testing

/// Executors of this module's tests, and the one that runs functions, under the suite for executors.
@Suite struct ExecutorTests {
    static let kinds: [any ExecutorKind] = [
        FunctionKind(), ScriptedKind(usesQueue: false), ScriptedKind(usesQueue: true),
        PoolKind(workers: 1), PoolKind(workers: 4),
    ]

    @Test(arguments: kinds, ExecutorConformance.checks)
    func conformance(kind: any ExecutorKind, check: ConformanceCheck<any ExecutorKind>) throws {
        let findings = try check.findings(for: kind)
        #expect(findings == [])
    }
}

/// Steps of trials on the loop's thread, handed over or posted.
private struct ScriptedKind: ExecutorKind {
    let usesQueue: Bool
    var description: String { usesQueue ? "scripted, posting" : "scripted" }

    func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
        let loop = try study.loop()
        var runner = PlanRunner(study)
        let executor = ScriptedExecutor(loop, usesQueue: usesQueue) { trial, _ in
            let step = runner.step(
                trial: trial, configuration: loop.state.trials[trial - 1].configuration,
                after: loop.reportedResource(of: trial))
            switch step {
            case .report(let fields): return .report(fields)
            case .ended(.returned): return .end(.returned)
            case .ended(.failed(let message)):
                return .end(.failed(message: message, details: nil))
            }
        }
        executor.failsRefused = true
        try body(loop, executor)
    }
}

/// Steps of trials on the threads of a pool.
private struct PoolKind: ExecutorKind {
    let workers: Int
    var description: String { "a pool of \(workers)" }

    func run(_ study: ExecutorStudy, _ body: ExecutorBody) throws {
        let pool = WorkerPool(workers: workers)
        let loop = try study.loop(queue: MessageQueue(alsoWake: pool.wake))
        let executor = PoolExecutor(loop, pool) { step in
            let trial = step.trial
            let steps = study.plan(for: step.configuration).steps(ofAttempt: step.attempt)
            guard step.number <= steps.count else { return .ended(trial: trial, .returned) }
            switch PlanRunner.step(steps[step.number - 1]) {
            case .report(let fields): return .reported(trial: trial, fields: fields)
            case .ended(.returned): return .ended(trial: trial, .returned)
            case .ended(.failed(let message)):
                return .ended(trial: trial, .failed(message: message, details: nil))
            }
        }
        try body(loop, executor)
    }
}
