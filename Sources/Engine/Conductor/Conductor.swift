import DequeModule
import HeapModule

/// Drives a study: takes what trials report, in whatever order it arrives, and commits it in the
/// order of a virtual clock, so that the same seed gives the same search on any number of threads.
///
/// The conductor has no threads and no clock of its own. The host runs the trials and calls
///
/// ```swift
/// var conductor = try Conductor(definition, journal: journal)
/// var commands = try conductor.start()
/// // … for every call of a trial's reporter:
/// let reply = try conductor.report(trial: id, fields: ["epoch": .integer(1), "error": .real(0.5)])
/// // … and when its `train` returns or raises:
/// commands = try conductor.trialEnded(id, .returned)
/// ```
///
/// **The clock.** A report's virtual time is the time at which its trial got the slot it has plus
/// the resource it has used since; ties go by trial number. A report is committed once no running
/// trial can still produce anything earlier. A slot that becomes free at time t takes its next trial
/// at t. Trials run ahead of the clock between rungs and wait only where a decision is due.
///
/// **Errors.** A `ReportError` concerns one trial; nothing has changed. Any other error comes from
/// the journal and ends the use of the conductor: what was to be kept is not.
///
/// - Complexity: O(log slots) a report, besides what `StudyState.apply` and the ranking take.
public struct Conductor {
    /// The study as far as it is committed.
    public private(set) var state: StudyState
    private let journal: any Journal
    private var searcher: any Searcher
    private var active: [Int: ActiveTrial] = [:]
    /// One entry for each trial in a slot, at or before the time its next item is due: the time is
    /// put right when the entry comes up.
    private var queue = Heap<Due>()
    private var unwritten: [Event] = []
    private var commands: [Command] = []
    private var isExhausted = false
    private var hasStarted = false

    /// - Throws: what the journal throws, or `ConductorError.journalInUse` when it holds a study.
    public init(_ definition: StudyDefinition, journal: any Journal) throws {
        guard try journal.events(from: 0).isEmpty else { throw ConductorError.journalInUse }
        state = StudyState(definition)
        searcher = definition.searcher.make()
        self.journal = journal
    }

    /// Begins the study: fills the slots.
    public mutating func start() throws -> [Command] {
        precondition(!hasStarted, "a study starts once")
        hasStarted = true
        unwritten.append(.created(state.definition))
        try fillSlots(at: 0)
        return try flush()
    }

    /// Takes a report.
    ///
    /// When it returns, the report is kept: it is in the journal's inbox, though its event may come
    /// only once virtual time has reached it.
    ///
    /// - Parameters:
    ///   - trial: the trial that reports.
    ///   - fields: the resource and the metrics by name.
    /// - Throws: `ReportError` when the trial does not run or a field is wrong (the trial should
    ///   then fail, with `trialEnded`); else what the journal throws.
    public mutating func report(trial: Int, fields: [String: Value]) throws -> Reply {
        guard let running = active[trial], !running.isWaiting, !running.hasEnded else {
            throw ReportError.notRunning(trial: trial, state: state.trial(trial)?.state)
        }
        let checked = try CheckedReport(
            fields, trial: trial, after: running.resource, definition: state.definition)
        try journal.receive(
            Arrival(trial: trial, resource: checked.resource, metrics: checked.metrics))
        let answer = take(checked, of: trial)
        try advance(arrived: trial)
        return Reply(answer: answer, commands: try flush())
    }

    /// Takes the end of a trial: its `train` returned or raised an error.
    ///
    /// No effect for a trial that is not in a slot (any more).
    public mutating func trialEnded(_ trial: Int, _ end: TrialEnd) throws -> [Command] {
        guard let running = active[trial], !running.hasEnded else { return [] }
        active[trial]?.hasEnded = true
        active[trial]?.pending.append((running.time + 1, .end(end.outcome)))
        try advance(arrived: trial)
        return try flush()
    }

    /// Ends the study from outside.
    ///
    /// All that has arrived is committed in the order of virtual time, without decisions; trials that
    /// run end as stopped, paused ones stay paused. No effect before the study has started or after it
    /// has ended.
    public mutating func stop(_ reason: EndReason) throws -> [Command] {
        guard hasStarted, state.endReason == nil else { return [] }
        try emit(.interrupted(reason))
        try commitWhatArrived()
        for trial in active.keys.sorted() {
            let time = active[trial]?.time ?? 0
            try emit(.ended(.init(trial: trial, outcome: .interrupted, time: time)))
            commands.append(.stop(trial: trial))
        }
        active = [:]
        try finish(reason)
        return try flush()
    }

    /// The virtual time a trial in a slot has reached; nil for any other. A host with fewer threads
    /// than trials serves the lowest first, since the others' reports must wait for it.
    public func virtualTime(of trial: Int) -> Int? { active[trial]?.time }
}

/// How `train` ended by itself.
public enum TrialEnd: Hashable, Sendable {
    case returned
    /// It raised an error with this message.
    case failed(String)

    var outcome: Outcome {
        switch self {
        case .returned: .returned
        case .failed(let message): .failed(message)
        }
    }
}

/// A conductor that cannot be made.
public enum ConductorError: Error, Equatable, CustomStringConvertible {
    case journalInUse

    public var description: String {
        "study: expected an empty journal, got one that holds a study"
    }
}

// MARK: - Arrival

extension Conductor {
    /// Puts a report on its trial's line and says what the trial is to do.
    private mutating func take(_ checked: CheckedReport, of id: Int) -> Answer {
        guard var trial = active[id] else { return .finish }
        let hyperband = state.definition.hyperband
        let isLast = checked.resource >= hyperband.maxResource
        // What goes beyond the maximum is not counted, so that virtual time stays small.
        let used = min(checked.resource, hyperband.maxResource) - trial.slotResource
        trial.resource = checked.resource
        trial.time = trial.slotTime + used
        let report = Report(resource: checked.resource, metrics: checked.metrics, time: trial.time)
        trial.pending.append((trial.time, .report(report, isLast: isLast)))
        trial.hasEnded = isLast
        // The trial has waited at every rung before, so all of those are committed.
        trial.isWaiting =
            !isLast
            && !state.rungsReached(by: state.trials[id - 1], at: checked.resource).isEmpty
        active[id] = trial
        return isLast ? .finish : trial.isWaiting ? .wait : .proceed
    }

    /// Commits everything that is due.
    private mutating func advance(arrived trial: Int) throws {
        switch state.definition.order {
        case .arrival:
            while active[trial]?.pending.isEmpty == false { try commitNext(of: trial) }
        case .virtualTime:
            while let due = queue.min, let trial = active[due.trial] {
                let now = Due(time: trial.nextTime, trial: due.trial)
                if due < now {
                    queue.replaceMin(with: now)
                } else if trial.pending.isEmpty {
                    return
                } else {
                    queue.removeMin()
                    try commitNext(of: due.trial)
                }
            }
        }
    }

    /// Everything still pending, in order, whatever might have come before it.
    private mutating func commitWhatArrived() throws {
        while true {
            let next = active.compactMap { id, trial in
                trial.pending.first.map { Due(time: $0.time, trial: id) }
            }
            .min()
            guard let next, let item = active[next.trial]?.pending.popFirst() else { return }
            switch item.item {
            case .report(let report, let isLast):
                try emit(.reported(.init(trial: next.trial, report: report)))
                if isLast { try end(next.trial, .reachedMaximum, at: item.time) }
            case .end(let outcome): try end(next.trial, outcome, at: item.time)
            }
        }
    }
}

// MARK: - Commit

extension Conductor {
    private mutating func commitNext(of trial: Int) throws {
        guard let (time, item) = active[trial]?.pending.popFirst() else { return }
        switch item {
        case .end(let outcome): try end(trial, outcome, at: time)
        case .report(let report, let isLast):
            let reached = state.rungsReached(by: state.trials[trial - 1], at: report.resource)
            try emit(.reported(.init(trial: trial, report: report)))
            if isLast {
                try end(trial, .reachedMaximum, at: time)
            } else if !reached.isEmpty {
                try decide(trial, at: reached, report)
            }
        }
        if active[trial] != nil {
            enqueue(trial)
        } else {
            try fillSlots(at: time)
        }
    }

    private mutating func decide(_ id: Int, at reached: Range<Int>, _ report: Report) throws {
        switch state.definition.hyperband.kind {
        case .stopping:
            // Level by level, as if it had reported at each.
            for rung in reached {
                let standing = state.standing(of: state.trials[id - 1], at: rung)
                let goesOn = standing.rank <= standing.quota
                try emit(decision(id, rung, goesOn ? .goesOn : .stops, standing, report))
                if !goesOn {
                    active[id] = nil
                    commands.append(.stop(trial: id))
                    return
                }
            }
            active[id]?.isWaiting = false
            commands.append(.proceed(trial: id))
        case .promotion:
            // A host may end a trial while it waits (it took too long). What has ended cannot pause.
            guard active[id]?.hasEnded == false else { return }
            let rung = reached.upperBound - 1
            let standing = state.standing(of: state.trials[id - 1], at: rung)
            try emit(decision(id, rung, .pauses, standing, report))
            active[id] = nil
            commands.append(.pause(trial: id))
        }
    }

    private func decision(
        _ id: Int, _ rung: Int, _ verdict: Decision.Verdict, _ standing: Standing, _ report: Report
    ) -> Event {
        let bracket = state.trials[id - 1].bracket
        return .decided(
            Decision(
                trial: id, rung: state.rungs[bracket][rung].level, bracket: bracket,
                resource: report.resource, verdict: verdict, standing: standing,
                time: report.time))
    }

    private mutating func end(_ trial: Int, _ outcome: Outcome, at time: Int) throws {
        try emit(.ended(.init(trial: trial, outcome: outcome, time: time)))
        active[trial] = nil
    }

    private mutating func enqueue(_ id: Int) {
        guard let trial = active[id], state.definition.order == .virtualTime else { return }
        queue.insert(Due(time: trial.nextTime, trial: id))
    }
}

// MARK: - Slots

extension Conductor {
    /// Gives every free slot a trial: one to be promoted, else a new one.
    private mutating func fillSlots(at time: Int) throws {
        while active.count < state.definition.slots {
            if state.isStalled {
                break
            } else if let promotion = state.nextPromotion(at: time) {
                try promote(promotion)
            } else if let start = nextStart(at: time) {
                try emit(.started(start))
                activate(start.trial, at: time, resource: 0)
                commands.append(
                    .start(
                        trial: start.trial, configuration: start.configuration,
                        bracket: start.bracket))
            } else {
                break
            }
        }
        if active.isEmpty { try finish(reasonAtRest(at: time)) }
    }

    /// Why nothing runs any more.
    private func reasonAtRest(at time: Int) -> EndReason {
        let limit = state.definition.trialLimit ?? .max
        if isExhausted { return .spaceExhausted }
        let hasMore = state.trials.count < limit || state.nextPromotion(at: time) != nil
        return state.isStalled && hasMore ? .noGain : .trialsDone
    }

    private mutating func promote(_ promotion: Promotion) throws {
        try emit(.promoted(promotion))
        let trial = promotion.trial
        activate(trial, at: promotion.time, resource: state.trials[trial - 1].resource)
        // A trial promoted from the rung it has just come to never paused for its host.
        if let paused = commands.firstIndex(of: .pause(trial: trial)) {
            commands[paused] = .proceed(trial: trial)
        } else {
            commands.append(.resume(trial: trial))
        }
    }

    private mutating func nextStart(at time: Int) -> Event.Start? {
        let id = state.trials.count + 1
        if let limit = state.definition.trialLimit, id > limit { return nil }
        guard !isExhausted, let configuration = searcher.propose(trial: id, in: state) else {
            isExhausted = true
            return nil
        }
        let bracket = state.definition.hyperband.bracket(seed: state.definition.seed, trial: id)
        return .init(trial: id, configuration: configuration, bracket: bracket, time: time)
    }

    private mutating func activate(_ id: Int, at time: Int, resource: Int) {
        active[id] = ActiveTrial(slotTime: time, resource: resource)
        enqueue(id)
    }

    private mutating func finish(_ reason: EndReason) throws {
        try emit(.finished(reason))
        commands.append(.studyEnded(reason))
    }

    private mutating func emit(_ event: Event) throws {
        try state.apply(event)
        unwritten.append(event)
    }

    /// Writes what has happened, and only then lets anybody act on it.
    private mutating func flush() throws -> [Command] {
        if !unwritten.isEmpty { try journal.append(unwritten) }
        unwritten.removeAll(keepingCapacity: true)
        defer { commands = [] }
        return commands
    }
}
