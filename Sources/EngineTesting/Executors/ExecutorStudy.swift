public import Engine
public import Running

/// A study of the executors' suite: what is asked for, what its trials do, and where it is kept.
///
/// A configuration has one parameter, `n`, an integer from 1 to ``count``, which names the plan.
public struct ExecutorStudy: Sendable {
    /// How many plans there are.
    public static let count = 64

    /// What is asked for: the resource is `epoch`, the one objective `error`, to be minimised.
    public let definition: StudyDefinition
    /// The plans of the configurations whose `n` is 1, 2, 3 …
    public let plans: [TrialPlan]
    let journal: any Journal
    let policy: (any SlotPolicy)?
    let isInterrupted: @Sendable () -> Bool

    init(
        _ definition: StudyDefinition, journal: any Journal, policy: (any SlotPolicy)? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false },
        plan: (Int) -> TrialPlan
    ) {
        (self.definition, self.journal, self.policy) = (definition, journal, policy)
        self.isInterrupted = isInterrupted
        plans = (1...Self.count).map(plan)
    }

    /// What a trial of that configuration does.
    public func plan(for configuration: Configuration) -> TrialPlan {
        guard case .integer(let n)? = configuration["n"], plans.indices.contains(n - 1) else {
            preconditionFailure("a configuration of another study")
        }
        return plans[n - 1]
    }

    /// The loop that runs the study: a new one, or one that is resumed.
    ///
    /// - Parameter queue: where messages come from other threads.
    /// - Throws: what the journal throws.
    public func loop(
        queue: MessageQueue = MessageQueue(), clock: any RunClock = WallClock()
    ) throws -> StudyLoop {
        var options = RunOptions(title: definition.name)
        options.isInterrupted = isInterrupted
        return StudyLoop(try session(), options: options, clock: clock, queue: queue)
    }

    private func session() throws -> StudySession {
        let beginning = try journal.beginning()
        guard beginning.fold.total > 0 else {
            return try StudySession(new: definition, journal, policy: policy)
        }
        return try StudySession(
            resuming: beginning, in: journal, with: definition, extending: false, policy: policy)
    }
}
