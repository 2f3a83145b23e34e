package import Engine

/// The steps of an explanation in sentences, with numbers as people read them.
package struct ExplanationText {
    let study: StudyState
    private let isAbandoned: Bool

    /// - Parameters:
    ///   - study: with the trials that the steps name.
    ///   - isAbandoned: no process runs the study any more, although it has not ended.
    package init(_ study: StudyState, isAbandoned: Bool = false) {
        (self.study, self.isAbandoned) = (study, isAbandoned)
    }

    var attribute: String { study.definition.hyperband.timeAttribute }

    /// One sentence, without a full stop.
    package func sentence(for step: Explanation.Step, of trial: Trial) -> String {
        switch step {
        case .started(let bracket, let time, let origin, let reason):
            let place = study.definition.hyperband.brackets > 1 ? " in bracket \(bracket)" : ""
            return "trial \(trial.id) started at virtual time \(time)\(place)"
                + (reason.map { text(of: $0, origin: origin) } ?? "")
        case .decided(let decision): return sentence(for: decision)
        case .promoted(let promotion):
            if let reason = promotion.reason { return sentence(for: promotion, reason) }
            let standing = promotion.standing
            return "it was promoted at virtual time \(promotion.time): rank \(standing.rank) of "
                + "\(standing.outOf) at \(attribute) \(promotion.rung), where "
                + (standing.quota == 1 ? "the best" : "the best \(standing.quota)")
                + " may continue"
        case .retried(let attempt, let resource, let error):
            return "its attempt \(attempt) raised an error "
                + (resource == 0 ? "without a report" : "after \(attribute) \(resource)")
                + ", and it was tried again: \(error)"
        case .ended(let outcome): return sentence(for: outcome, of: trial)
        case .waits(let rung, let passedOver):
            if let last = trial.decisions.last?.standing, isOut(last) {
                return "it stays paused at \(attribute) \(rung): \(Self.invalid)"
            }
            if study.definition.hyperband.kind == .model {
                return sentence(waitingAt: rung, passedOver, of: trial)
            }
            return study.endReason == nil
                ? "it waits at \(attribute) \(rung) to be promoted"
                : "it was paused at \(attribute) \(rung), and not promoted before the study ended"
        case .runs(let resource):
            let runs = isAbandoned ? "it ran when the study was abandoned" : "it runs"
            return resource == 0
                ? "\(runs) and \(isAbandoned ? "had" : "has") not reported yet"
                : "\(runs); its last report was at \(attribute) \(resource)"
        }
    }

    private func sentence(for decision: Decision) -> String {
        let standing = decision.standing
        let report =
            decision.resource == decision.rung ? "" : ", reported at \(decision.resource),"
        let verdict =
            switch decision.verdict {
            case .continue: "it continued"
            case .stop: "it was stopped"
            case .pause: "it was paused"
            }
        return "at \(attribute) \(decision.rung)\(report) \(verdict) with "
            + "\(values(of: decision.trial, at: decision.rung)): "
            + (isOut(standing) ? Self.invalid : reason(decision))
    }

    private static let invalid =
        "a value that is not a finite number ranks last and never continues"

    /// Whether it is out for its values, whatever the others'. Under the first rules it only ranked last.
    private func isOut(_ standing: Standing) -> Bool {
        standing.isInvalid && study.definition.rules != .first
    }

    private func reason(_ decision: Decision) -> String {
        let standing = decision.standing
        return "rank \(standing.rank) of \(standing.outOf)"
            + (decision.verdict == .pause ? "" : rule(standing))
            + (decision.verdict == .stop && standing.isWithinQuota && !standing.isInvalid
                ? "; the budget was used" : "")
            + (standing.isInvalid ? "; a value that is not a finite number ranks last" : "")
            + infeasible(decision)
            + ahead(of: standing, at: decision.rung)
    }

    /// Which constraints the report of a decision violates, if any.
    private func infeasible(_ decision: Decision) -> String {
        guard let report = report(of: decision.trial, at: decision.rung), study.isValid(report),
            !study.isFeasible(report)
        else { return "" }
        let broken = zip(study.definition.constraints, study.violations(of: report))
            .filter { $0.1 > 0 }
            .map { constraint, _ in
                let bounds = [
                    constraint.minimum.map { "at least \(Value.real($0).shown)" },
                    constraint.maximum.map { "at most \(Value.real($0).shown)" },
                ]
                let value = report.metrics[Name(constraint.metric)]?.shown ?? "nothing"
                return "\(constraint.metric) \(value) is not "
                    + bounds.compactMap(\.self).joined(separator: " and ")
            }
        return "; it is infeasible, behind all that are feasible: "
            + broken.joined(separator: ", ")
    }

    /// The report that a trial was recorded with at a rung.
    private func report(of id: Int, at rung: Resource) -> Report? {
        study.trial(id)?.reports.first { $0.resource >= rung }
    }

    private func rule(_ standing: Standing) -> String {
        if standing.outOf == 1 { return "; the first at a rung always continues" }
        return standing.quota == 1
            ? "; the best continues" : "; the best \(standing.quota) continue"
    }

    private func ahead(of standing: Standing, at rung: Resource) -> String {
        guard !standing.ahead.isEmpty else { return "" }
        let trials = standing.ahead.map { "trial \($0) (\(values(of: $0, at: rung)))" }
        let more = standing.rank - 1 - standing.ahead.count
        return "; ahead: " + trials.joined(separator: ", ")
            + (more > 0 ? " and \(more) more" : "")
    }

    /// The objectives that a trial was recorded with at a rung: `error = 0.5`.
    private func values(of id: Int, at rung: Resource) -> String {
        guard let report = report(of: id, at: rung) else { return "" }
        return study.definition.objectives
            .map { "\($0.name) = \(report.metrics[Name($0.name)]?.shown ?? "nothing")" }
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
        case .stopped: return "it was stopped by a user, \(reached)"
        case .interrupted:
            return "it was stopped with the study, \(reached): "
                + (study.endReason?.sentence ?? "the study was ended")
        }
    }
}
