extension StudyState {
    /// Adds what happened to the study. A pure function of the state and the event.
    ///
    /// - Throws: `EventError`, with the state unchanged, when the event cannot follow.
    public mutating func apply(_ event: Event) throws {
        guard endReason == nil else { throw EventError(problem: "an event after \"finished\"") }
        switch event {
        case .created: throw EventError(problem: "a second \"created\"")
        case .started(let start): try apply(start)
        case .reported(let report): try apply(report)
        case .decided(let decision): try apply(decision)
        case .promoted(let promotion): try apply(promotion)
        case .ended(let end): try apply(end)
        case .retried(let retry):
            let index = try index(of: retry.trial, in: .running, for: "retry")
            trials[index].failures.append(retry.error)
            trials[index].failureResources.append(trials[index].resource)
        case .extended(let extended): try extend(to: extended)
        case .interrupted: isInterrupted = true
        case .resumed:
            throw EventError(problem: "a resumption where nothing can be superseded")
        case .finished(let reason): endReason = reason
        }
    }

    /// Adds the event of that number, which an error then names.
    mutating func apply(_ event: Event, number: Int) throws {
        do { try apply(event) } catch var error as EventError {
            error.number = number
            throw error
        }
    }

    private mutating func apply(_ start: Event.Start) throws {
        guard start.trial == trials.count + 1 else {
            throw EventError(
                problem: "start of trial \(start.trial), expected trial \(trials.count + 1)")
        }
        guard rungs.indices.contains(start.bracket) else {
            throw EventError(problem: "trial \(start.trial) in bracket \(start.bracket)")
        }
        var configuration = start.configuration
        configuration.sharePaths(with: trials.last?.configuration)
        trials.append(Trial(start, configuration: configuration))
        running.insert(start.trial)
        encoded?.start(configuration, for: start.reason)
    }

    private mutating func apply(_ event: Event.ReportedEvent) throws {
        let index = try index(of: event.trial, in: .running, for: "report")
        var report = event.report
        guard report.resource > trials[index].resource else {
            throw EventError(
                problem: "report of trial \(event.trial) at resource \(report.resource), "
                    + "which is not above \(trials[index].resource)")
        }
        if !objectiveColumns.fit(&report) {
            report.shareNames(with: trials[index].reports.last ?? trials[0].reports.first)
            objectiveColumns = ObjectiveColumns(
                objectives: definition.objectives, constraints: definition.constraints, in: report)
        }
        let costs = objectiveColumns.costs(of: report)
        let maximum = definition.hyperband.maxResource
        usedResource += min(report.resource, maximum) - min(trials[index].resource, maximum)
        let violations =
            definition.constraints.isEmpty ? [] : objectiveColumns.violations(of: report)
        record(
            index, resource: report.resource, costs: violations.isEmpty ? costs : costs + violations
        )
        encoded?.report(
            costs, excesses: objectiveColumns.excesses(of: report), of: event.trial,
            at: report.resource)
        trials[index].reports.append(report)
        reportCount += 1
        guard violations.allSatisfy({ $0 == 0 }) || !costs.allSatisfy(\.isFinite) else {
            return countUnfit(isValid: violations.allSatisfy(\.isFinite))
        }
        archive(costs, .init(trial: event.trial, index: trials[index].reports.count - 1))
    }

    /// Records a report in every rung of its trial's bracket that it is the first to reach.
    mutating func record(_ index: Int, resource: Resource, costs: [Double]) {
        let bracket = trials[index].bracket
        let start = trials[index].rungEntries.count
        for rung in start..<rungsPassed(inBracket: bracket, from: start, at: resource) {
            let entry = rungs[bracket][rung].record(trial: trials[index].id, costs: costs)
            trials[index].rungEntries.append(entry)
        }
    }

    /// Counts a report with finite objectives that is not feasible.
    private mutating func countUnfit(isValid: Bool) {
        if isValid { infeasibleReportCount += 1 } else { invalidReportCount += 1 }
    }

    private mutating func archive(_ costs: [Double], _ reference: ReportReference) {
        guard costs.allSatisfy(\.isFinite) else {
            invalidReportCount += 1
            return
        }
        for objective in costs.indices where costs[objective] < bounds.least[objective] {
            best[objective] = reference
        }
        _ = bounds.include(costs)
        if archive.insert(costs, id: archived.count) {
            archived.append((report: reference, number: reportCount))
            withoutGain.removeAll(keepingCapacity: true)
            lastGain = reference.trial
        }
    }

    /// Counts a trial that has left its slot, for the stop condition on the front.
    private mutating func countWithoutGain(_ trial: Int) {
        guard let limit = definition.noGainLimit, trial != lastGain else { return }
        withoutGain.insert(trial)
        if withoutGain.count >= limit { isStalled = true }
    }

    private mutating func apply(_ decision: Decision) throws {
        let index = try index(of: decision.trial, in: .running, for: "decision")
        let bracket = trials[index].bracket
        let entries = trials[index].rungEntries.count
        guard let rung = Self.rung(decision.rung, among: rungs[bracket], entries) else {
            throw Self.neverThere(decision.trial, decision.rung)
        }
        trials[index].decisions.append(decision)
        switch decision.verdict {
        case .continue: return
        case .stop:
            trials[index].state = .stopped
            encoded?.end(decision.trial)
        case .pause:
            trials[index].state = .paused
            rungs[bracket][rung].setWaiting(trials[index].rungEntries[rung], true)
            encoded?.pause(decision.trial)
        }
        running.remove(decision.trial)
        countWithoutGain(decision.trial)
    }

    private mutating func apply(_ promotion: Promotion) throws {
        let index = try index(of: promotion.trial, in: .paused, for: "promotion")
        guard !applyReopening(promotion) else { return }
        let bracket = trials[index].bracket
        let entries = trials[index].rungEntries.count
        guard let rung = Self.rung(promotion.rung, among: rungs[bracket], entries) else {
            throw Self.neverThere(promotion.trial, promotion.rung)
        }
        rungs[bracket][rung].setWaiting(trials[index].rungEntries[rung], false)
        resume(promotion)
        encoded?.resume(promotion.trial, for: promotion.reason)
    }

    private mutating func apply(_ end: Event.End) throws {
        let isPaused = end.outcome == .stopped && trial(end.trial)?.state == .paused
        let index = try index(of: end.trial, in: isPaused ? .paused : .running, for: "end")
        if isPaused { try leaveRung(index) }
        trials[index].outcome = end.outcome
        trials[index].endMaximum = definition.hyperband.maxResource
        switch end.outcome {
        case .reachedMaximum, .returned: trials[index].state = .completed
        case .failed: trials[index].state = .failed
        case .interrupted, .stopped: trials[index].state = .stopped
        }
        running.remove(end.trial)
        encoded?.end(end.trial)
        // A paused one was counted when it lost its slot.
        if !isPaused { countWithoutGain(end.trial) }
    }

    /// A trial that waits for a promotion waits no longer.
    private mutating func leaveRung(_ index: Int) throws {
        let trial = trials[index].id
        if let place = reopened.firstIndex(of: trial) {
            reopened.remove(at: place)
            return
        }
        let bracket = trials[index].bracket
        let entries = trials[index].rungEntries.count
        guard let level = trials[index].decisions.last?.rung else { return }
        guard let rung = Self.rung(level, among: rungs[bracket], entries) else {
            throw Self.neverThere(trial, level)
        }
        rungs[bracket][rung].setWaiting(trials[index].rungEntries[rung], false)
    }

    /// The index of the rung of that level, among the first `entries`, in which a trial of theirs has
    /// been recorded. Gets no trial, since to hand one over would count the holders of all it has.
    private static func rung(_ level: Resource, among rungs: [Rung], _ entries: Int) -> Int? {
        rungs.indices.prefix(entries).first { rungs[$0].level == level }
    }

    private static func neverThere(_ trial: Int, _ level: Resource) -> EventError {
        EventError(problem: "trial \(trial) at rung \(level), where it never was")
    }

    private func index(of trial: Int, in state: TrialState, for what: String) throws -> Int {
        guard trial >= 1, trial <= trials.count else {
            throw EventError(problem: "\(what) of trial \(trial), which does not exist")
        }
        guard trials[trial - 1].state == state else {
            throw EventError(
                problem: "\(what) of trial \(trial), which is \(trials[trial - 1].state.rawValue)")
        }
        return trial - 1
    }
}
