extension Conductor {
    /// Resumes a study where its journal leaves it.
    ///
    /// A study that was ended from outside continues as if it had not been; one that has come to its
    /// end has nothing left to do, unless it is extended. The journal may hold any beginning of the
    /// events that were written: those that are missing come about again. Nothing is written before
    /// `start`.
    ///
    /// - Parameters:
    ///   - definition: what is asked for now.
    ///   - extending: whether it may extend the definition that the study has.
    ///   - policy: what decides about free slots, if not what the definition names.
    /// - Throws: `ConductorError.changed` when it differs in what must not, `.journalEmpty`,
    ///   `EventError` when the events tell no study; else what the journal throws.
    public init(
        resuming journal: any Journal, with definition: StudyDefinition, extending: Bool = false,
        policy: (any SlotPolicy)? = nil
    ) throws {
        try self.init(
            resuming: journal.beginning(), in: journal, with: definition, extending: extending,
            policy: policy)
    }

    /// Resumes a study whose journal has been read already.
    ///
    /// - Parameter beginning: what `journal.beginning()` gave, with nothing written since.
    /// - Throws: as the initialiser that reads the journal.
    public init(
        resuming beginning: consuming StudyBeginning, in journal: any Journal,
        with definition: StudyDefinition, extending: Bool = false,
        policy: (any SlotPolicy)? = nil
    ) throws {
        let (total, time) = (beginning.fold.total, beginning.fold.time)
        let resumptionPoint = beginning.fold.resumptionPoint
        guard total > 0 else { throw ConductorError.journalEmpty }
        var (state, end) = try beginning.fold.takeStudy()
        let next = state.definition(askedFor: definition, extending: extending)
        let changes = next.changes(from: state.definition)
        guard changes.allSatisfy({ extending && $0.isExtension }) else {
            throw ConductorError.changed(changes)
        }
        let hasEnded = end != nil && changes.isEmpty
        if hasEnded { state.endReason = end }
        try self.init(
            state, journal: journal, position: total, policy: policy, resumedAt: time)
        guard !hasEnded else { return }
        if let resumptionPoint { unwritten.append(.resumed(from: resumptionPoint)) }
        if !changes.isEmpty { try emit(.extended(next)) }
        // A report of an attempt whose retry is not in the history comes again: the trial fails
        // there again first.
        let trials = self.state.trials
        for arrival in beginning.arrivals {
            let index = arrival.trial &- 1
            let isKnown = trials.indices.contains(index)
            guard arrival.resource > (isKnown ? trials[index].resource : 0),
                arrival.attempt <= (isKnown ? trials[index].failures.count : 0) + 1
            else { continue }
            inbox.append(arrival)
        }
    }

    /// Continues from the events there are, none for a new study: completes the last step, of which a
    /// part may be missing, fills the slots and takes what was received.
    mutating func takeUp() throws {
        guard state.endReason == nil else { return }
        let running = state.trials.filter { $0.state == .running }
        unstarted = Set(state.trials.lazy.filter { $0.state == .paused }.map(\.id))
        unstarted.formUnion(running.map(\.id))
        for trial in running {
            active[trial.id] = ActiveTrial(trial, under: state.definition.hyperband)
            instruct(trial.id, .continue)
        }
        for trial in running { try completeStep(of: trial) }
        // The queue holds no trial that has left its slot.
        for trial in running { enqueue(trial.id) }
        if state.endReason == nil { try fillSlots(at: resumedAt) }
        try takeInbox()
        try advance()
    }

    /// What follows from a trial's last report, if that is not among the events.
    private mutating func completeStep(of trial: Trial) throws {
        if let report = trial.reports.last,
            report.resource >= state.definition.hyperband.maxResource
        {
            try end(trial.id, .reachedMaximum, at: report.time)
        } else {
            try decide(trial.id)
        }
    }
}
