extension StudyState {
    /// The rungs of its bracket (by index) that a trial is the first to reach with a report at
    /// `resource`: all levels at or below it that are not recorded yet.
    func rungsReached(by trial: Trial, at resource: Resource) -> Range<Int> {
        let start = trial.rungEntries.count
        return start..<rungsPassed(inBracket: trial.bracket, from: start, at: resource)
    }

    /// How many levels of a bracket are at or below `resource`, when the first `start` are known to
    /// be.
    func rungsPassed(inBracket bracket: Int, from start: Int, at resource: Resource) -> Int {
        var end = start
        while end < rungs[bracket].count, rungs[bracket][end].level <= resource { end += 1 }
        return end
    }

    /// Where a trial stands in a rung of its bracket it has been recorded in.
    ///
    /// Changes nothing but when the rung works out its ranks.
    mutating func standing(of trial: Trial, at rung: Int) -> Standing {
        // The report taken for a level is the first at or past it.
        let level = rungs[trial.bracket][rung].level
        let taken = trial.reports.partitioningIndex { $0.resource >= level }
        let isInvalid = taken == trial.reports.count || !isValid(trial.reports[taken])
        let competitors = rungs[trial.bracket][rung].competitors(under: definition.rules)
        return rungs[trial.bracket][rung].standing(
            of: trial.rungEntries[rung], competitors: competitors,
            quota: definition.hyperband.quota(of: competitors, rung: rung),
            isInvalid: isInvalid)
    }

    /// The paused trial to continue next: the best not yet promoted among the top ⌊n/rf⌋ of a rung's n
    /// valid trials, so that an invalid one never is,
    /// highest rung first, of equal levels the lower bracket first.
    ///
    /// Changes nothing but when the rungs work out their ranks.
    mutating func nextPromotion(at time: Int) -> Promotion? {
        guard definition.hyperband.kind == .promotion else { return nil }
        let places = rungs.indices.flatMap { bracket in
            rungs[bracket].indices.map { (bracket: bracket, rung: $0) }
        }
        .sorted {
            (rungs[$1.bracket][$1.rung].level, $0.bracket)
                < (rungs[$0.bracket][$0.rung].level, $1.bracket)
        }
        for (bracket, index) in places {
            let quota = definition.hyperband.quota(
                of: rungs[bracket][index].competitors(under: definition.rules), rung: index)
            guard let entry = rungs[bracket][index].firstPromotable(quota: quota) else { continue }
            let trial = trials[rungs[bracket][index].trials[entry] - 1]
            return Promotion(
                trial: trial.id, rung: rungs[bracket][index].level, bracket: bracket,
                standing: standing(of: trial, at: index), time: time)
        }
        return nil
    }

    /// A paused trial continues because a model chose it.
    ///
    /// Changes nothing but when the rung works out its ranks.
    mutating func promotion(of id: Int, at time: Int, for reason: SlotReason) -> Promotion {
        let trial = trials[id - 1]
        let rung = trial.rungEntries.count - 1
        return Promotion(
            trial: id, rung: rungs[trial.bracket][rung].level, bracket: trial.bracket,
            standing: standing(of: trial, at: rung), time: time, reason: reason)
    }
}
