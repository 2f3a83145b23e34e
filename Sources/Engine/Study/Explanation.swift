/// Why a trial went on or stopped: read from the events, never guessed.
public struct Explanation: Hashable, Sendable, CustomStringConvertible {
    /// One thing that happened to the trial.
    public enum Step: Hashable, Sendable {
        case started(bracket: Int, time: Int)
        case decided(Decision)
        case promoted(Promotion)
        /// An attempt raised an error after so much resource, and another followed.
        case retried(attempt: Int, resource: Int, error: String)
        case ended(Outcome)
        /// It waits at a rung for a slot, or for others to be worse.
        case waits(rung: Int)
        /// It runs, or ran when the study was left.
        case runs(resource: Int)
    }

    /// The trial's number.
    public let trial: Int
    /// What happened, in order.
    public let steps: [Step]
    /// The steps in words, one sentence for each.
    public let sentences: [String]

    /// All sentences, one a line.
    public var description: String { sentences.joined(separator: "\n") }
}

extension StudyState {
    /// Explains a trial, rung by rung; nil when there is no such trial.
    ///
    /// - Parameters:
    ///   - wasLeft: nobody runs the study any more, although it has not ended.
    ///   - number: how objectives are written.
    public func explain(
        _ id: Int, wasLeft: Bool = false, number: @escaping (Number) -> String = { $0.description }
    ) -> Explanation? {
        guard let trial = trial(id) else { return nil }
        let steps = steps(of: trial)
        let words = ExplanationWords(study: self, wasLeft: wasLeft, number: number)
        return Explanation(
            trial: id, steps: steps, sentences: steps.map { words.sentence(for: $0, of: trial) })
    }

    /// One step of a trial's in words, as `explain` has it.
    ///
    /// - Parameter number: how objectives are written.
    package func sentence(
        for step: Explanation.Step, of trial: Trial, number: @escaping (Number) -> String
    ) -> String {
        ExplanationWords(study: self, wasLeft: false, number: number)
            .sentence(for: step, of: trial)
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

/// The steps of an explanation in sentences.
private struct ExplanationWords {
    let study: StudyState
    let wasLeft: Bool
    let number: (Number) -> String

    private var attribute: String { study.definition.hyperband.timeAttribute }

    func sentence(for step: Explanation.Step, of trial: Trial) -> String {
        switch step {
        case .started(let bracket, let time):
            let place = study.definition.hyperband.brackets > 1 ? " in bracket \(bracket)" : ""
            return "trial \(trial.id) started at virtual time \(time)\(place)"
        case .decided(let decision): return sentence(for: decision)
        case .promoted(let promotion):
            let standing = promotion.standing
            return "it was promoted at virtual time \(promotion.time): rank \(standing.rank) of "
                + "\(standing.outOf) at \(attribute) \(promotion.rung), where "
                + (standing.quota == 1 ? "the best" : "the best \(standing.quota)")
                + " may go on"
        case .retried(let attempt, let resource, let error):
            return "its attempt \(attempt) raised an error "
                + (resource == 0 ? "without a report" : "after \(attribute) \(resource)")
                + ", and it was tried again: \(error)"
        case .ended(let outcome): return sentence(for: outcome, of: trial)
        case .waits(let rung):
            return study.endReason == nil
                ? "it waits at \(attribute) \(rung) to be promoted"
                : "it was paused at \(attribute) \(rung), and not promoted before the study ended"
        case .runs(let resource):
            let runs = wasLeft ? "it ran when the study was left" : "it runs"
            return resource == 0
                ? "\(runs) and \(wasLeft ? "had" : "has") not reported yet"
                : "\(runs); its last report was at \(attribute) \(resource)"
        }
    }

    private func sentence(for decision: Decision) -> String {
        let standing = decision.standing
        let report =
            decision.resource == decision.rung ? "" : ", reported at \(decision.resource),"
        let verdict =
            switch decision.verdict {
            case .continue: "it went on"
            case .stop: "it was stopped"
            case .pause: "it was paused"
            }
        return "at \(attribute) \(decision.rung)\(report) \(verdict) with "
            + "\(values(of: decision.trial, at: decision.rung)): "
            + "rank \(standing.rank) of \(standing.outOf)"
            + (decision.verdict == .pause ? "" : rule(standing))
            + (standing.isInvalid ? "; a value that is not a finite number ranks last" : "")
            + ahead(of: standing, at: decision.rung)
    }

    private func rule(_ standing: Standing) -> String {
        if standing.outOf == 1 { return "; the first at a rung always goes on" }
        return standing.quota == 1
            ? "; the best goes on" : "; the best \(standing.quota) go on"
    }

    private func ahead(of standing: Standing, at rung: Int) -> String {
        guard !standing.ahead.isEmpty else { return "" }
        let trials = standing.ahead.map { "trial \($0) (\(values(of: $0, at: rung)))" }
        let more = standing.rank - 1 - standing.ahead.count
        return "; ahead: " + trials.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }

    /// The objectives that a trial was recorded with at a rung: `error = 0.5`.
    private func values(of id: Int, at rung: Int) -> String {
        guard let report = study.trial(id)?.reports.first(where: { $0.resource >= rung }) else {
            return ""
        }
        return study.definition.objectives
            .map { "\($0.name) = \(report.metrics[$0.name].map(number) ?? "nothing")" }
            .joined(separator: ", ")
    }

    private func sentence(for outcome: Outcome, of trial: Trial) -> String {
        let reached =
            trial.reports.isEmpty ? "without a report" : "after \(attribute) \(trial.resource)"
        switch outcome {
        case .reachedMaximum:
            let maximum = trial.endMaximum ?? study.definition.hyperband.maxResource
            return "it is complete: it reached max_t (\(maximum)) "
                + "with \(attribute) \(trial.resource)"
        case .returned: return "it is complete: its function returned \(reached)"
        case .failed(let message): return "it failed \(reached): \(message)"
        case .interrupted:
            return "it was stopped with the study, \(reached): "
                + (study.endReason?.sentence ?? "the study was ended")
        }
    }
}
