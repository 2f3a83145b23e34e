internal import Engine
internal import Running
internal import Synchronization

/// Studies for executors, and what came of them.
struct ExecutorRun: Sendable {
    /// Why the study ended; nil where no trial could do anything any more.
    var reason: EndReason?
    /// The messages that were refused.
    var refusals: [String] = []
    /// The loop has told the executor to close.
    var isClosed = false

    /// Runs a study with an executor of a kind.
    init(_ study: ExecutorStudy, _ kind: any ExecutorKind) throws {
        let outcome = Outcome()
        try kind.run(study) { loop, executor in
            let watched = WatchedExecutor(executor)
            let reason = try loop.run(watched)
            outcome.take(reason, watched)
        }
        (reason, refusals, isClosed) = outcome.values.withLock { $0 }
    }

    /// A body may run on another thread than the one that has asked for it.
    private final class Outcome: Sendable {
        let values = Mutex<(EndReason?, [String], Bool)>((nil, [], false))

        func take(_ reason: EndReason?, _ watched: WatchedExecutor) {
            let new = (reason, watched.refusals, watched.isClosed)
            values.withLock { $0 = new }
        }
    }
}

/// What is asked for in the executors' suite.
enum ExecutorCases {
    /// A study of `n` alone.
    static func definition(
        kind: Hyperband.Kind = .stopping, trials: Int = 16, slots: Int = 4, retries: Int = 0
    ) throws -> StudyDefinition {
        let domain = Domain.int(try IntDomain(1, ExecutorStudy.count))
        return try StudyDefinition(
            name: "executors", seed: 3, space: SearchSpace([.init("n", .domain(domain))]),
            objectives: [Objective("error", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: kind), trialLimit: trials, slots: slots,
            retries: retries)
    }

    /// Trials that report to the end, or in part return or fail before, some in their first attempt
    /// alone.
    static func plan(_ n: Int) -> TrialPlan {
        let all = TrialPlan.reports(n, to: 9)
        return switch n % 7 {
        case 0: TrialPlan(attempts: [TrialPlan.reports(n, to: n % 5)])
        case 1: TrialPlan(attempts: [TrialPlan.reports(n, to: n % 4, then: .fail("no data"))])
        case 2: TrialPlan(attempts: [TrialPlan.reports(n, to: 2, then: .fail("once")), all])
        case 3: TrialPlan(attempts: [TrialPlan.reports(n, to: 1, then: .wrongReport(epoch: 2))])
        default: TrialPlan(attempts: [all])
        }
    }

    /// Trials that report to the end.
    static func steady(_ n: Int) -> TrialPlan {
        TrialPlan(attempts: [TrialPlan.reports(n, to: 9)])
    }

    /// The events that functions make of a study.
    static func reference(_ definition: StudyDefinition, plan: (Int) -> TrialPlan) throws -> [Event]
    {
        let journal = RecordedJournal()
        let study = ExecutorStudy(definition, journal: journal, plan: plan)
        _ = try ExecutorRun(study, FunctionKind())
        return journal.events
    }

    /// Events without the wording of errors, which is the executor's own.
    static func withoutErrors(_ events: [Event]) -> [Event] {
        events.map { event in
            switch event {
            case .ended(let end):
                guard case .failed = end.outcome else { return event }
                return .ended(.init(trial: end.trial, outcome: .failed(""), time: end.time))
            case .retried(let retry):
                return .retried(.init(trial: retry.trial, error: "", time: retry.time))
            default: return event
            }
        }
    }
}
