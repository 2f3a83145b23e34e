import DequeModule
import HeapModule
import OrderedCollections

/// Drives a study: takes what trials report, in whatever order it arrives, and commits it in the
/// order of a virtual clock, so that the same seed gives the same search on any number of threads.
///
/// The conductor has no threads and no clock of its own. The host runs the trials and calls
///
/// ```swift
/// var conductor = try Conductor(definition, journal: journal)
/// var commands = try conductor.start()
/// // … for every call of a trial's reporter:
/// let fields: [String: Value] = ["epoch": .integer(1), "error": .real(0.5)]
/// commands = try conductor.report(trial: id, fields: fields).commands
/// // … and when its `train` returns or raises:
/// commands = try conductor.trialEnded(id, .returned)
/// ```
///
/// Each call returns what the host does next (see `Command`), and the host does just that.
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
///
/// **Resuming.** A study whose journal holds events already is taken up with
/// `Conductor(resuming:with:)`: what has been received counts as reported, so a trial that starts
/// again (from its last checkpoint or from its beginning) continues at every report until it comes
/// to a resource it has not reported yet.
public struct Conductor {
    /// The study as far as it is committed.
    public internal(set) var state: StudyState
    let journal: any Journal
    /// The right to append to the journal.
    let lease: Lease
    /// How many events the journal has.
    var position: Int
    var searcher: any Searcher
    var active: [Int: ActiveTrial] = [:]
    /// One entry for each trial in a slot, at or before the time its next item is due: the time is
    /// put right when the entry comes up.
    var queue = Heap<Due>()
    /// What was received before this process began and is not taken yet, in the order it came.
    var inbox: [ReceivedReport] = []
    /// When the study was left, on the virtual clock; 0 for a new one.
    let resumedAt: Int
    var unwritten: [Event] = []
    /// Is told of every event, with the study it has led to; for a log.
    package var onEvent: ((Event, StudyState) -> Void)?
    /// What the call has decided about trials, in the order of the first decision about each.
    var instructions: OrderedDictionary<Int, Instruction> = [:]
    /// Trials without an end that the host has not started: new ones, and all of a resumed study.
    var unstarted: Set<Int> = []
    var isExhausted = false
    private var hasStarted = false

    /// A new study.
    ///
    /// - Throws: what the journal throws, or `ConductorError.journalInUse` when it holds a study.
    public init(_ definition: StudyDefinition, journal: any Journal) throws {
        guard try journal.events(from: 0).isEmpty else { throw ConductorError.journalInUse }
        try self.init(StudyState(definition), journal: journal, position: 0)
        unwritten.append(.created(definition))
    }

    init(_ state: StudyState, journal: any Journal, position: Int, resumedAt: Int = 0) throws {
        lease = try journal.takeLease()
        self.position = position
        self.resumedAt = resumedAt
        self.state = state
        self.journal = journal
        searcher = state.definition.searcher.make()
    }

    /// Begins the study or resumes it: fills the slots.
    ///
    /// - Returns: what to do, the start of every trial that has to run among it. A resumed study
    ///   may have ended before; then that is all there is.
    public mutating func start() throws -> [Command] {
        precondition(!hasStarted, "a study starts once")
        hasStarted = true
        try takeUp()
        return try flush()
    }

    /// Takes a report.
    ///
    /// Once `journal.sync` has returned, the report is kept: it is in the journal's inbox, though
    /// its event may come only once virtual time has reached it. A report that was received before
    /// (the trial has begun anew) changes nothing.
    ///
    /// - Parameters:
    ///   - trial: the trial that reports.
    ///   - fields: the resource and the metrics by name.
    ///   - seconds: when, on the host's clock; kept beside the report, decides nothing.
    /// - Throws: `ReportError` when the trial does not run or a field is wrong (the trial should
    ///   then fail, with `trialEnded`); else what the journal throws.
    public mutating func report(
        trial: Int, fields: [String: Value], seconds: Double = 0
    ) throws -> ReportReceipt {
        guard let running = active[trial], running.isComputing else {
            throw ReportError.notRunning(trial: trial, state: state.trial(trial)?.state)
        }
        let checked = try CheckedReport(
            fields, trial: trial, after: running.reported, definition: state.definition)
        active[trial]?.reported = checked.resource
        guard checked.resource > running.resource else {
            return ReportReceipt(
                commands: [.continue(trial: trial)], resource: checked.resource, progress: 0)
        }
        let arrival = ReceivedReport(
            trial: trial, attempt: running.failures + 1, resource: checked.resource,
            metrics: checked.metrics, seconds: seconds)
        try journal.receive(arrival)
        take(arrival)
        let progress = (active[trial]?.time ?? running.time) - running.time
        try advance(arrived: trial)
        try takeInbox()
        return ReportReceipt(
            commands: try flush(), resource: checked.resource, progress: progress)
    }

    /// Takes the end of a trial: its `train` returned or raised an error.
    ///
    /// A trial that raised is to be tried again where the definition says so: the first command is
    /// then `retry`. No effect for a trial that is not in a slot (any more).
    public mutating func trialEnded(_ trial: Int, _ end: TrialEnd) throws -> [Command] {
        guard var running = active[trial], !running.hasEnded else { return [] }
        if case .failed(let error) = end, !running.isWaiting,
            running.failures < state.definition.retries
        {
            running.failures += 1
            running.reported = 0
            running.pending.append((running.time + 1, .retry(error)))
            instruct(trial, .retry)
        } else {
            running.hasEnded = true
            running.pending.append((running.time + 1, .end(end.outcome)))
        }
        active[trial] = running
        try advance(arrived: trial)
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
    public func reportedResource(of trial: Int) -> Int { active[trial]?.reported ?? 0 }

    /// How often a trial in a slot has been tried again, also where that is not committed yet.
    public func retries(of trial: Int) -> Int { active[trial]?.failures ?? 0 }

    mutating func emit(_ event: Event) throws {
        try state.apply(event)
        unwritten.append(event)
        onEvent?(event, state)
    }
}
