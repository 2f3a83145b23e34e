/// The rule of a decision at a rung. Deciding and replay both read it here.
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
            resource: report.resource, verdict: definition.hyperband.verdict(on: standing),
            standing: standing, time: report.time)
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
}

extension Hyperband {
    /// What becomes of a trial at a rung where it stands so.
    func verdict(on standing: Standing) -> Decision.Verdict {
        switch kind {
        case .stopping: standing.isWithinQuota ? .continue : .stop
        case .promotion, .model: .pause
        }
    }
}
