extension Conductor {
    /// Takes up a study where its journal leaves it.
    ///
    /// A study that was ended from outside continues as if it had not been; one that has come to its
    /// end has nothing left to do, unless it is extended. The journal may hold any beginning of the
    /// events that were written: those that are missing come about again. Nothing is written before
    /// `start`.
    ///
    /// - Parameters:
    ///   - definition: what is asked for now.
    ///   - extending: whether it may extend what the study goes on with.
    /// - Throws: `ConductorError.changed` when it differs in what must not, `.journalEmpty`,
    ///   `EventError` when the events tell no study; else what the journal throws.
    public init(
        resuming journal: any Journal, with definition: StudyDefinition, extending: Bool = false
    ) throws {
        try self.init(
            resuming: journal.beginning(), in: journal, with: definition, extending: extending)
    }

    /// Takes up a study whose journal has been read already.
    ///
    /// - Parameter beginning: what `journal.beginning()` gave, with nothing written since.
    /// - Throws: as the initialiser that reads the journal.
    public init(
        resuming beginning: consuming StudyBeginning, in journal: any Journal,
        with definition: StudyDefinition, extending: Bool = false
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
        try self.init(state, journal: journal, position: total, resumedAt: time)
        guard !hasEnded else { return }
        if let resumptionPoint { unwritten.append(.resumed(from: resumptionPoint)) }
        if !changes.isEmpty { try emit(.extended(next)) }
        inbox = beginning.arrivals.filter { arrival in
            let resource =
                state.trials.indices.contains(arrival.trial - 1)
                ? state.trials[arrival.trial - 1].resource : 0
            return arrival.resource > resource
        }
    }

    /// Goes on from the events there are, none for a new study: completes the last step, of which a
    /// part may be missing, fills the slots and takes what was received.
    mutating func goOn() throws {
        if let reason = state.endReason {
            commands.append(.studyEnded(reason))
            return
        }
        let running = state.trials.filter { $0.state == .running }
        for trial in running {
            active[trial.id] = ActiveTrial(
                goingOn: trial, maxResource: state.definition.hyperband.maxResource)
        }
        for trial in running { try completeStep(of: trial) }
        // The queue holds nobody who has left the slot.
        for trial in running { enqueue(trial.id) }
        if state.endReason == nil { try fillSlots(at: resumedAt) }
        try takeInbox()
        for trial in running.map(\.id) { try advance(arrived: trial) }
        startOnly(Set(state.trials.map(\.id)))
    }

    /// What follows from a trial's last report, if that is not among the events.
    private mutating func completeStep(of trial: Trial) throws {
        guard let report = trial.reports.last else { return }
        let levels = rungLevels(of: trial)
        let decided = trial.decisions.last.flatMap { levels.firstIndex(of: $0.rung) } ?? -1
        if report.resource >= state.definition.hyperband.maxResource {
            try end(trial.id, .reachedMaximum, at: report.time)
        } else if decided + 1 < trial.rungEntries.count {
            try decide(trial.id, at: decided + 1..<trial.rungEntries.count, report)
        }
    }

    private func rungLevels(of trial: Trial) -> [Int] {
        Array(state.definition.hyperband.levels(ofBracket: trial.bracket))
    }

    /// Takes what was received before, as far as its trials are in slots and do not wait.
    mutating func takeInbox() throws {
        guard !inbox.isEmpty else { return }
        var taken: Set<Int> = []
        var isDone = false
        while !isDone, state.endReason == nil {
            isDone = true
            let arrivals = inbox
            inbox = []
            // A trial that can go on only later in this pass must not lose what came first.
            var passed: Set<Int> = []
            for arrival in arrivals {
                guard let trial = active[arrival.trial], !trial.isWaiting, !trial.hasEnded,
                    !passed.contains(arrival.trial)
                else {
                    guard mayBeTakenLater(arrival) else { continue }
                    inbox.append(arrival)
                    passed.insert(arrival.trial)
                    continue
                }
                guard arrival.resource > trial.resource else { continue }
                take(arrival)
                try advance(arrived: arrival.trial)
                taken.insert(arrival.trial)
                isDone = false
            }
        }
        startOnly(taken)
    }

    private func mayBeTakenLater(_ arrival: ReceivedReport) -> Bool {
        switch state.trial(arrival.trial)?.state {
        case nil, .running, .paused: true
        case .completed, .stopped, .failed: false
        }
    }

    /// The host runs none of these trials yet: all it has to do about them is to start those that
    /// have something left to report now.
    private mutating func startOnly(_ trials: Set<Int>) {
        commands.removeAll { command in command.trial.map(trials.contains) ?? false }
        for (id, trial) in active.sorted(by: { $0.key < $1.key })
        where trials.contains(id) && !trial.isWaiting && !trial.hasEnded {
            commands.append(
                .start(
                    trial: id, configuration: state.trials[id - 1].configuration,
                    bracket: state.trials[id - 1].bracket))
        }
        // The end of the study stays behind all others.
        if let end = commands.firstIndex(where: { $0.trial == nil }) {
            commands.append(commands.remove(at: end))
        }
    }
}

extension ActiveTrial {
    /// A trial that was in a slot when the study was left.
    fileprivate init(goingOn trial: Trial, maxResource: Int) {
        self.init(
            slotTime: trial.slotTime, resource: trial.slotResource,
            failures: trial.failures.count)
        resource = trial.resource
        time = slotTime + min(resource, maxResource) - slotResource
    }
}

extension Event {
    /// When it happened on the virtual clock; nil where it has no time.
    package var time: Int? {
        switch self {
        case .started(let start): start.time
        case .reported(let reported): reported.report.time
        case .decided(let decision): decision.time
        case .promoted(let promotion): promotion.time
        case .retried(let retry): retry.time
        case .ended(let end): end.time
        case .created, .extended, .interrupted, .finished, .resumed: nil
        }
    }
}

extension Command {
    /// The trial it is about; nil for the end of the study.
    fileprivate var trial: Int? {
        switch self {
        case .start(let trial, _, _), .proceed(let trial), .retry(let trial), .stop(let trial),
            .pause(let trial), .resume(let trial):
            trial
        case .studyEnded: nil
        }
    }
}
