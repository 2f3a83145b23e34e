/// Why a trial went on or stopped: read from the events, never guessed.
public struct Explanation: Hashable, Sendable, CustomStringConvertible {
    /// One thing that happened to the trial.
    public enum Step: Hashable, Sendable {
        case started(bracket: Int, time: Int)
        case decided(Decision)
        case promoted(Promotion)
        case ended(Outcome)
        /// It waits at a rung for a slot, or for others to be worse.
        case waits(rung: Int)
        /// It runs.
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
    public func explain(_ id: Int) -> Explanation? {
        guard let trial = trial(id) else { return nil }
        let steps = steps(of: trial)
        return Explanation(
            trial: id, steps: steps, sentences: steps.map { sentence(for: $0, of: trial) })
    }

    private func steps(of trial: Trial) -> [Explanation.Step] {
        var steps = [Explanation.Step.started(bracket: trial.bracket, time: trial.startTime)]
        for decision in trial.decisions {
            steps.append(.decided(decision))
            let promotion = trial.promotions.first { $0.rung == decision.rung }
            if decision.verdict == .pauses, let promotion { steps.append(.promoted(promotion)) }
        }
        if let outcome = trial.outcome { steps.append(.ended(outcome)) }
        if trial.state == .paused { steps.append(.waits(rung: trial.decisions.last?.rung ?? 0)) }
        if trial.state == .running { steps.append(.runs(resource: trial.resource)) }
        return steps
    }

    private func sentence(for step: Explanation.Step, of trial: Trial) -> String {
        let attribute = definition.hyperband.timeAttribute
        switch step {
        case .started(let bracket, let time):
            let place = definition.hyperband.brackets > 1 ? " in bracket \(bracket)" : ""
            return "trial \(trial.id) started at virtual time \(time)\(place)"
        case .decided(let decision): return sentence(for: decision, attribute)
        case .promoted(let promotion):
            return "it was promoted at virtual time \(promotion.time): "
                + "\(rank(promotion.standing)) at \(attribute) \(promotion.rung), where the best "
                + "\(promotion.standing.quota) may go on"
        case .ended(let outcome): return sentence(for: outcome, trial, attribute)
        case .waits(let rung): return "it waits at \(attribute) \(rung) to be promoted"
        case .runs(let resource): return "it runs; its last report was at \(attribute) \(resource)"
        }
    }

    private func sentence(for decision: Decision, _ attribute: String) -> String {
        let standing = decision.standing
        let report =
            decision.resource == decision.rung ? "" : " (reported at \(decision.resource))"
        let verdict =
            switch decision.verdict {
            case .goesOn: "it went on"
            case .stops: "it was stopped"
            case .pauses: "it was paused"
            }
        let quota =
            decision.verdict == .pauses
            ? "" : "; the best \(standing.quota) of \(standing.outOf) go on"
        let invalid =
            standing.isInvalid ? "; an objective was not a finite number, which ranks last" : ""
        return "at \(attribute) \(decision.rung)\(report) \(verdict): \(rank(standing))"
            + quota + invalid + ahead(of: standing)
    }

    private func rank(_ standing: Standing) -> String {
        "rank \(standing.rank) of \(standing.outOf)"
    }

    private func ahead(of standing: Standing) -> String {
        guard !standing.ahead.isEmpty else { return "" }
        let names = standing.ahead.map(\.description).joined(separator: ", ")
        let more = standing.rank - 1 - standing.ahead.count
        let word = standing.rank == 2 ? "trial" : "trials"
        return "; ahead: \(word) \(names)\(more > 0 ? " and \(more) more" : "")"
    }

    private func sentence(for outcome: Outcome, _ trial: Trial, _ attribute: String) -> String {
        switch outcome {
        case .reachedMaximum:
            "it is complete: it reached max_t (\(definition.hyperband.maxResource)) "
                + "with \(attribute) \(trial.resource)"
        case .returned:
            trial.reports.isEmpty
                ? "it is complete: its function returned without a report"
                : "it is complete: its function returned after \(attribute) \(trial.resource)"
        case .failed(let message): "it failed after \(attribute) \(trial.resource): \(message)"
        case .interrupted:
            "it was stopped with the study after \(attribute) \(trial.resource): "
                + (endReason?.sentence ?? "the study was ended")
        }
    }
}
