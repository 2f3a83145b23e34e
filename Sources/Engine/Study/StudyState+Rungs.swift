extension StudyState {
    /// The rungs of its bracket (by index) that a trial is the first to reach with a report at
    /// `resource`: all levels at or below it that are not recorded yet.
    func rungsReached(by trial: Trial, at resource: Int) -> Range<Int> {
        let levels = definition.hyperband.levels(ofBracket: trial.bracket)
        let start = trial.rungEntries.count
        let passed = levels.dropFirst(start).prefix { $0 <= resource }.count
        return start..<start + passed
    }

    /// Where a trial stands in a rung of its bracket it has been recorded in.
    func standing(of trial: Trial, at rung: Int) -> Standing {
        let rungState = rungs[trial.bracket][rung]
        // The report taken for a level is the first at or past it.
        let taken = trial.reports.partitioningIndex { $0.resource >= rungState.level }
        let isInvalid = taken == trial.reports.count || !isValid(trial.reports[taken])
        return rungState.standing(
            of: trial.rungEntries[rung],
            quota: definition.hyperband.quota(of: rungState.trials.count), isInvalid: isInvalid)
    }

    /// The paused trial to go on next: the best not yet promoted among the top ⌊n/rf⌋ of a rung,
    /// highest rung first, of equal levels the lower bracket first.
    func nextPromotion(at time: Int) -> Promotion? {
        guard definition.hyperband.kind == .promotion else { return nil }
        let places = rungs.indices.flatMap { bracket in
            rungs[bracket].indices.map { (bracket: bracket, rung: $0) }
        }
        .sorted {
            (rungs[$1.bracket][$1.rung].level, $0.bracket)
                < (rungs[$0.bracket][$0.rung].level, $1.bracket)
        }
        for (bracket, index) in places {
            let rung = rungs[bracket][index]
            let quota = definition.hyperband.quota(of: rung.trials.count)
            guard let entry = rung.firstPromotable(quota: quota) else { continue }
            let trial = trials[rung.trials[entry] - 1]
            return Promotion(
                trial: trial.id, rung: rung.level, bracket: bracket,
                standing: standing(of: trial, at: index), time: time)
        }
        return nil
    }
}
