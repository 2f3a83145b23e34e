package import Engine

extension StudyState {
    /// Why a trial ends here, in the words that its program or client hears.
    ///
    /// - Parameter isComplete: it has reached the maximum resource.
    package func whyEnded(_ id: Int, isComplete: Bool) -> String {
        let hyperband = definition.hyperband
        if isComplete {
            return "the trial is complete: \(hyperband.timeAttribute) \(hyperband.maxResource)"
        }
        if let decision = trial(id)?.decisions.last, decision.verdict == .stop {
            let standing = decision.standing
            return standing.isInvalid
                ? "rung \(decision.rung): a value is not a finite number"
                : "rung \(decision.rung): rank \(standing.rank) of \(standing.outOf), "
                    + "\(standing.quota) continue"
        }
        if trial(id)?.outcome == .stopped { return "a user has stopped the trial" }
        return endReason.map { "the study has ended: \($0.sentence)" } ?? "the trial has ended"
    }
}
