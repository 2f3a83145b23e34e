import DequeModule

/// What the host tells of trials, and what it may ask about those in slots.
extension Conductor {
    /// Takes a report.
    ///
    /// Once `journal.sync` has returned, the report is kept: it is in the journal's inbox, though
    /// its event may come only once virtual time has reached it. A report that was received before
    /// (the trial has started again) changes nothing.
    ///
    /// - Parameters:
    ///   - trial: the trial that reports.
    ///   - fields: the resource and the metrics by name.
    ///   - seconds: when, on the host's clock; kept beside the report, decides nothing.
    /// - Throws: `ReportError` when the trial does not run or a field is wrong (the trial should
    ///   then fail, with `trialEnded`); else what the journal throws.
    public mutating func report(
        trial: Int, fields: [Name: Value], seconds: Double = 0
    ) throws -> ReportReceipt {
        guard
            let (reported, reached, failures) = active[trial].flatMap({ running in
                running.isComputing
                    ? (running.reported, running.resource, running.failures) : nil
            })
        else {
            throw ReportError.notRunning(trial: trial, state: state.trial(trial)?.state)
        }
        let checked = try CheckedReport(
            fields, trial: trial, after: reported, definition: state.definition,
            columns: state.objectiveColumns)
        active[trial]?.reported = checked.resource
        guard checked.resource > reached else {
            return ReportReceipt(
                commands: [.continue(trial: trial)], resource: checked.resource, progress: 0)
        }
        let arrival = ReceivedReport(
            trial: trial, attempt: failures + 1, resource: checked.resource,
            metrics: checked.metrics, seconds: seconds)
        try journal.receive(arrival)
        take(arrival)
        let maximum = state.definition.hyperband.maxResource
        let progress = min(checked.resource, maximum) - min(reached, maximum)
        try advance()
        try takeInbox()
        return ReportReceipt(
            commands: try flush(), resource: checked.resource, progress: progress)
    }

    /// Takes the end of a trial: its `train` returned or raised an error.
    ///
    /// A trial that raised is to be tried again where the definition says so: the first command is
    /// then `retry`. No effect for a trial that is not in a slot (any more).
    public mutating func trialEnded(_ trial: Int, _ end: TrialEnd) throws -> [Command] {
        guard
            let (isWaiting, failures) = active[trial].flatMap({ running in
                running.hasEnded ? nil : (running.isWaiting, running.failures)
            })
        else { return [] }
        if case .failed(let error) = end, !isWaiting, failures < state.definition.retries {
            active[trial]?.retry(after: error)
            instruct(trial, .retry)
        } else {
            active[trial]?.end(end.outcome)
        }
        arrive(trial)
        try advance()
        try takeInbox()
        return try flush()
    }

    /// Ends the study from outside.
    ///
    /// All that has arrived is committed in the order of virtual time, without decisions; trials that
    /// run end as stopped, paused ones stay paused. No effect before the study has started or after it
    /// has ended.
    public mutating func stop(_ reason: EndReason) throws -> [Command] {
        guard hasStarted, state.endReason == nil else { return [] }
        try interrupt(reason)
        return try flush()
    }

    /// The virtual time a trial in a slot has reached; nil for any other. A host with fewer threads
    /// than trials serves the lowest first, since the others' reports must wait for it.
    public func virtualTime(of trial: Int) -> Int? { active[trial]?.time }

    /// The resource that a trial in a slot has last reported in its present attempt; 0 before its
    /// first report, and for any other trial.
    public func reportedResource(of trial: Int) -> Resource { active[trial]?.reported ?? 0 }

    /// How often a trial in a slot has been tried again, also where that is not committed yet.
    public func retries(of trial: Int) -> Int { active[trial]?.failures ?? 0 }
}

// MARK: - Taking reports

/// Reports of this process, and those that an earlier one received.
extension Conductor {
    /// Puts a report on its trial's line and says what the trial does meanwhile.
    mutating func take(_ arrival: ReceivedReport) {
        let id = arrival.trial
        guard let (reached, time) = active[id].map({ ($0.resource, $0.time) }) else { return }
        let hyperband = state.definition.hyperband
        let isLast = arrival.resource >= hyperband.maxResource
        let report = Report(
            resource: arrival.resource, metrics: arrival.metrics,
            time: time
                &+ hyperband.steps(
                    from: min(reached, hyperband.maxResource), to: arrival.resource))
        // The trial has waited at every rung before, so all of those are committed.
        let isWaiting =
            !isLast
            && !state.rungsReached(by: state.trials[id - 1], at: arrival.resource).isEmpty
        // In its place: a copy of the trial would share its line, which the report would then copy.
        active[id]?.take(
            report, attempt: arrival.attempt, isLast: isLast, isWaiting: isWaiting)
        arrive(id)
        instruct(id, isLast ? .complete : isWaiting ? .wait : .continue)
    }

    /// Takes what an earlier process received, as far as its trials are in slots and do not wait.
    mutating func takeInbox() throws {
        guard !inbox.isEmpty else { return }
        var isDone = false
        while !isDone, state.endReason == nil {
            isDone = true
            let arrivals = inbox
            inbox = []
            // A trial that can continue only later in this pass must not lose what came first.
            var passed: Set<Int> = []
            for arrival in arrivals {
                guard let resource = computingResource(of: arrival.trial),
                    !passed.contains(arrival.trial)
                else {
                    guard mayBeTakenLater(arrival) else { continue }
                    inbox.append(arrival)
                    passed.insert(arrival.trial)
                    continue
                }
                guard arrival.resource > resource else { continue }
                take(arrival)
                try advance()
                isDone = false
            }
        }
    }

    /// The greatest resource that a trial which computes has reported; nil for any other.
    private func computingResource(of trial: Int) -> Resource? {
        active[trial].flatMap { $0.isComputing ? $0.resource : nil }
    }

    private func mayBeTakenLater(_ arrival: ReceivedReport) -> Bool {
        switch state.trial(arrival.trial)?.state {
        case nil, .running, .paused: true
        case .completed, .stopped, .failed: false
        }
    }
}
