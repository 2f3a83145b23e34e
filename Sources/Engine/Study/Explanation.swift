/// Why a trial continued or stopped: read from the events, never guessed.
///
/// It holds data alone; the words belong to those who show it.
public struct Explanation: Hashable, Sendable {
    /// One thing that happened to the trial.
    public enum Step: Hashable, Sendable {
        /// It got its first slot: where its configuration comes from, and what a model expected of
        /// it, if one was asked.
        case started(bracket: Int, time: Int, origin: Origin, reason: SlotReason?)
        /// It stood at a rung.
        case decided(Decision)
        /// It continued after a pause.
        case promoted(Promotion)
        /// An attempt raised an error after so much resource, and another followed.
        case retried(attempt: Int, resource: Resource, error: String)
        /// It ended, other than at a rung.
        case ended(Outcome)
        /// It waits at a rung for a slot, or for others to be worse; with the slots that went to others
        /// since by a model's choice.
        case waits(rung: Resource, passedOver: PassedOver?)
        /// It runs, or ran when the study was abandoned.
        case runs(resource: Resource)
    }

    /// The slots that a model gave to other trials while this one waited.
    public struct PassedOver: Hashable, Sendable {
        /// How many.
        public let count: Int
        /// The trial that got the last one in which this trial came second; if there was none, the
        /// last one of all.
        public let trial: Int
        /// Why that trial got it.
        public let reason: SlotReason
    }

    /// The trial's number.
    public let trial: Int
    /// What happened, in order.
    public let steps: [Step]
}

extension StudyState {
    /// Explains a trial, rung by rung; nil when there is no such trial.
    ///
    /// - Complexity: O(decisions and promotions of the trial); where a model decides and the trial waits,
    ///   of all trials.
    public func explain(_ id: Int) -> Explanation? {
        trial(id).map { Explanation(trial: id, steps: steps(of: $0)) }
    }

    private func steps(of trial: Trial) -> [Explanation.Step] {
        var steps = [
            Explanation.Step.started(
                bracket: trial.bracket, time: trial.startTime, origin: trial.origin,
                reason: trial.startReason)
        ]
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
        if trial.state == .paused, let last = trial.decisions.last {
            steps.append(
                .waits(rung: last.rung, passedOver: passedOver(trial.id, since: last.time)))
        }
        if trial.state == .running { steps.append(.runs(resource: trial.resource)) }
        return steps
    }

    /// The slots that went to others by a model's comparison from `time` on; nil when there was none.
    private func passedOver(_ id: Int, since time: Int) -> Explanation.PassedOver? {
        guard definition.hyperband.kind == .model else { return nil }
        var slots: [(time: Int, trial: Int, reason: SlotReason)] = []
        for trial in trials {
            if let reason = trial.startReason { slots.append((trial.startTime, trial.id, reason)) }
            for promotion in trial.promotions {
                if let reason = promotion.reason {
                    slots.append((promotion.time, trial.id, reason))
                }
            }
        }
        slots.removeAll { $0.time < time || $0.trial == id || $0.reason.chosen == nil }
        slots.sort { ($0.time, $0.trial) < ($1.time, $1.trial) }
        let second = slots.last { $0.reason.runnerUp?.trial == id }
        return (second ?? slots.last).map {
            .init(count: slots.count, trial: $0.trial, reason: $0.reason)
        }
    }

    /// A report at a rung and the decision follow on each other, so the resource tells the order.
    private static func retries(
        of trial: Trial
    ) -> [(resource: Resource, step: Explanation.Step)] {
        zip(trial.failureResources, trial.failures).enumerated().map { index, failure in
            let (resource, error) = failure
            return (
                resource, .retried(attempt: index + 1, resource: resource, error: error)
            )
        }
    }
}
