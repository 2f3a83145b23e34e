/// Trials that were complete under a smaller maximum and continue under a larger one.
///
/// They wait like paused trials, get slots before all others, in the order of their numbers, and are
/// then decided about at the rung that the old maximum has become, all of them being recorded there.
/// Where the larger maximum brings no rung they have come to, they just continue.
extension StudyState {
    /// Takes the trials that reached the old maximum back into the study.
    mutating func reopenCompleted() {
        let maximum = definition.hyperband.maxResource
        for index in trials.indices {
            guard trials[index].outcome == .reachedMaximum, trials[index].resource < maximum,
                let report = trials[index].reports.last
            else { continue }
            trials[index].outcome = nil
            trials[index].endMaximum = nil
            trials[index].state = .paused
            let costs = costs(of: report) + violations(of: report)
            record(index, resource: report.resource, costs: costs)
            reopened.append(trials[index].id)
        }
    }

    /// The next trial to continue of those that were complete; nil when none is left.
    ///
    /// Changes nothing but when the rungs work out their ranks.
    mutating func nextReopened(at time: Int) -> Promotion? {
        guard !isStalled, let id = reopened.first else { return nil }
        let trial = trials[id - 1]
        guard let rung = trial.rungEntries.indices.last else {
            let alone = Standing(rank: 1, outOf: 1, quota: 1, ahead: [], isInvalid: false)
            return Promotion(
                trial: id, rung: trial.resource, bracket: trial.bracket, standing: alone, time: time
            )
        }
        return Promotion(
            trial: id, rung: rungs[trial.bracket][rung].level, bracket: trial.bracket,
            standing: standing(of: trial, at: rung), time: time)
    }

    /// A trial that was complete continues.
    ///
    /// - Returns: false where it is none of those.
    mutating func applyReopening(_ promotion: Promotion) -> Bool {
        guard let place = reopened.firstIndex(of: promotion.trial) else { return false }
        reopened.remove(at: place)
        resume(promotion)
        encoded?.run(promotion.trial)
        return true
    }

    /// Gives a trial a slot.
    mutating func resume(_ promotion: Promotion) {
        let index = promotion.trial - 1
        trials[index].state = .running
        running.insert(promotion.trial)
        trials[index].slotTime = promotion.time
        trials[index].slotResource = trials[index].resource
        trials[index].promotions.append(promotion)
    }
}
