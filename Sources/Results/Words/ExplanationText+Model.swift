internal import Engine
internal import Rendering

/// Why a model gave slots to trials, in words.
extension ExplanationText {
    /// What follows on "trial 7 started at virtual time 12".
    func text(of reason: SlotReason, origin: Origin) -> String {
        switch origin {
        case .defaults: return " with the default configuration"
        case .given: return " with a configuration that was given"
        case .model: return " with a configuration that the model proposed" + comparison(reason)
        default: break
        }
        let why =
            switch reason.rule {
            case .few: ", as too few trials were known to learn from"
            case .random: ", as a few always are"
            default: ""
            }
        return " with a configuration drawn at random" + why
    }

    /// Why a paused trial continued.
    func sentence(for promotion: Promotion, _ reason: SlotReason) -> String {
        let start = "it continued at virtual time \(promotion.time): "
        let hyperband = study.definition.hyperband
        switch reason.rule {
        case .first:
            return start + "the first trial runs through, so that its values at the end are known"
        case .due:
            let isLowest = promotion.rung == hyperband.rungLevels.first
            let share = hyperband.quota(atLowest: isLowest)
            return start + "1 in \(share) of those recorded at \(attribute) \(promotion.rung) "
                + "continues in any case, and of \(reason.compared) paused there it promised the "
                + "most" + details(reason)
        case .index:
            let rivals =
                reason.compared == 1 ? "1 paused trial" : "\(reason.compared) paused trials"
            return start + "of \(rivals) and new configurations it promised the most"
                + details(reason)
        case .lowest:
            return start + "no new trial could start, and too little was known to compare "
                + "paused ones"
        case .few, .random, .nothing: return start + "a model chose it"
        }
    }

    /// Why a trial waits, or waited when the study ended.
    func sentence(
        waitingAt rung: Resource, _ passedOver: Explanation.PassedOver?, of trial: Trial
    ) -> String {
        let start =
            study.endReason == nil
            ? "it waits at \(attribute) \(rung) to be continued"
            : "it was paused at \(attribute) \(rung) when the study ended"
        guard let passedOver, let chosen = passedOver.reason.chosen else { return start }
        let slots = passedOver.count == 1 ? "1 slot" : "\(passedOver.count) slots"
        let promise = significant(chosen.index, digits: 3)
        let second = passedOver.reason.runnerUp.flatMap { $0.trial == trial.id ? $0 : nil }
        guard let second else {
            return
                "\(start); \(slots) went to others since, the last to trial \(passedOver.trial), "
                + "which promised \(promise)"
        }
        return "\(start); \(slots) went to others since; it came second to trial "
            + "\(passedOver.trial), with \(significant(second.index, digits: 3)) against \(promise)"
    }

    /// Against what a proposed configuration was held.
    private func comparison(_ reason: SlotReason) -> String {
        guard reason.compared > 0 else { return details(reason) }
        let rivals = reason.compared == 1 ? "1 paused trial" : "\(reason.compared) paused trials"
        return ": it promised more than \(rivals)" + details(reason)
    }

    /// ` (0.012), before trial 4 (0.01); expected at epoch 18: error = 0.5 ± 0.1`
    private func details(_ reason: SlotReason) -> String {
        guard let chosen = reason.chosen else { return "" }
        let second = reason.runnerUp.map { second in
            let name = second.trial.map { "trial \($0)" } ?? "a new configuration"
            return ", before \(name) (\(significant(second.index, digits: 3)))"
        }
        return " (\(significant(chosen.index, digits: 3)))" + (second ?? "")
            + "; expected at \(attribute) \(chosen.resource): " + values(chosen)
    }

    private func values(_ expectation: SlotReason.Expectation) -> String {
        zip(study.definition.objectives, zip(expectation.costs, expectation.deviations))
            .map { objective, expected in
                let value = significant(objective.cost(expected.0), digits: 4)
                return "\(objective.name) = \(value) ± \(significant(expected.1, digits: 2))"
            }
            .joined(separator: ", ")
            + (expectation.feasibility.map {
                ", feasible with a probability of \(significant($0, digits: 2))"
            } ?? "")
    }
}
