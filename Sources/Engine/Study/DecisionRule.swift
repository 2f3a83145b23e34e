/// The rules at rungs: where a trial stands, what becomes of it, and which paused trial continues.
/// Deciding and replay both read them here.
extension StudyState {
    /// Whether a running trial has come to a rung where nothing is decided about it yet.
    func isDecisionDue(about trial: Int) -> Bool { dueRung(of: trials[trial - 1]) != nil }

    /// The decision that is due next about a running trial; nil when none is.
    ///
    /// Changes nothing but when the rung works out its ranks.
    mutating func nextDecision(about id: Int) -> Decision? {
        guard let trial = trial(id), let report = trial.reports.last, let rung = dueRung(of: trial)
        else { return nil }
        let standing = standing(of: trial, at: rung)
        return Decision(
            trial: id, rung: rungs[trial.bracket][rung].level, bracket: trial.bracket,
            resource: report.resource, verdict: verdict(on: standing), standing: standing,
            time: report.time)
    }

    /// Once the budget is used no trial continues at a rung.
    private func verdict(on standing: Standing) -> Decision.Verdict {
        let verdict = definition.hyperband.verdict(on: standing)
        return verdict == .continue && isBudgetUsed ? .stop : verdict
    }

    /// The index of the rung where a decision is due. A trial that has passed several rungs is decided
    /// about level by level, as if it had reported at each, where losers are stopped; where all trials
    /// pause, at the highest alone.
    private func dueRung(of trial: Trial) -> Int? {
        let entries = trial.rungEntries.count
        guard trial.state == .running, entries > 0,
            trial.resource < definition.hyperband.maxResource
        else { return nil }
        let rungs = rungs[trial.bracket]
        let decided = trial.decisions.last.flatMap { last in
            rungs.indices.prefix(entries).last { rungs[$0].level == last.rung }
        }
        let next = decided.map { $0 + 1 } ?? 0
        guard next < entries else { return nil }
        switch definition.hyperband.kind {
        case .stopping: return next
        case .promotion, .model: return entries - 1
        }
    }

    // MARK: Where a trial stands

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

    // MARK: Which trial continues

    /// The paused trial to continue next: the best not yet promoted among the top ⌊n/rf⌋ of a rung's
    /// n valid trials, so that an invalid one never is; the highest rung first, of equal levels the
    /// lower bracket first.
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

extension Hyperband {
    /// What becomes of a trial at a rung where it stands so.
    func verdict(on standing: Standing) -> Decision.Verdict {
        switch kind {
        case .stopping: standing.isWithinQuota ? .continue : .stop
        case .promotion, .model: .pause
        }
    }

    /// With type `model`: one in so many of a rung continues in any case.
    package func quota(atLowest isLowest: Bool) -> Int {
        isLowest ? ModelSettings.lowestQuota(reductionFactor) : reductionFactor
    }

    /// How many of the `n` valid trials recorded at a rung may continue: ⌈n/rf⌉ when the others are
    /// stopped (so the first valid one always continues), ⌊n/rf⌋ when they are promoted. An invalid
    /// trial ranks behind all n, so it is never among them. A model is held to no more than ⌊n/rf⌋ of
    /// a rung, and ⌊n/(rf + 1)⌋ of the lowest; others continue as it finds them worth it.
    ///
    /// - Parameter rung: the index of the rung in its bracket.
    func quota(of n: Int, rung: Int) -> Int {
        switch kind {
        // Not (n + rf - 1) / rf, whose sum may be too large.
        case .stopping: n / reductionFactor + (n % reductionFactor == 0 ? 0 : 1)
        case .promotion: n / reductionFactor
        case .model: n / quota(atLowest: rung == 0)
        }
    }
}
