/// Why a trial went on or stopped: read from the events, never guessed.
///
/// It holds data alone; the words belong to those who show it.
public struct Explanation: Hashable, Sendable {
    /// One thing that happened to the trial.
    public enum Step: Hashable, Sendable {
        /// It got its first slot.
        case started(bracket: Int, time: Int)
        /// It stood at a rung.
        case decided(Decision)
        /// It continued after a pause.
        case promoted(Promotion)
        /// An attempt raised an error after so much resource, and another followed.
        case retried(attempt: Int, resource: Int, error: String)
        /// It ended, other than at a rung.
        case ended(Outcome)
        /// It waits at a rung for a slot, or for others to be worse.
        case waits(rung: Int)
        /// It runs, or ran when the study was abandoned.
        case runs(resource: Int)
    }

    /// The trial's number.
    public let trial: Int
    /// What happened, in order.
    public let steps: [Step]
}

extension StudyState {
    /// Explains a trial, rung by rung; nil when there is no such trial.
    ///
    /// - Complexity: O(decisions and promotions of the trial).
    public func explain(_ id: Int) -> Explanation? {
        trial(id).map { Explanation(trial: id, steps: steps(of: $0)) }
    }

    private func steps(of trial: Trial) -> [Explanation.Step] {
        var steps = [Explanation.Step.started(bracket: trial.bracket, time: trial.startTime)]
        var retries = Self.retries(of: trial)[...]
        for decision in trial.decisions {
            let earlier = retries.prefix { $0.resource < decision.resource }
            steps += earlier.map(\.step)
            retries = retries.dropFirst(earlier.count)
            steps.append(.decided(decision))
            let promotion = trial.promotions.first { $0.rung == decision.rung }
            if decision.verdict == .pause, let promotion { steps.append(.promoted(promotion)) }
        }
        steps += retries.map(\.step)
        if let outcome = trial.outcome { steps.append(.ended(outcome)) }
        if trial.state == .paused { steps.append(.waits(rung: trial.decisions.last?.rung ?? 0)) }
        if trial.state == .running { steps.append(.runs(resource: trial.resource)) }
        return steps
    }

    /// A report at a rung and the decision follow on each other, so the resource tells the order.
    private static func retries(
        of trial: Trial
    ) -> [(resource: Int, step: Explanation.Step)] {
        zip(trial.failureResources, trial.failures).enumerated().map { index, failure in
            let (resource, error) = failure
            return (
                resource, .retried(attempt: index + 1, resource: resource, error: error)
            )
        }
    }
}
