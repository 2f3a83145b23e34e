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
/// let fields: [Name: Value] = ["epoch": .integer(1), "error": .real(0.5)]
/// commands = try conductor.report(trial: id, fields: fields).commands
/// // … and when its `train` returns or raises:
/// commands = try conductor.trialEnded(id, .returned)
/// ```
///
/// Each call returns what the host does next (see `Command`), and the host does just that.
///
/// **The clock.** A report's virtual time is the time at which its trial got the slot it has plus
/// the resource it has used since, in whole steps of the resolution; ties go by trial number, and
/// within a trial by arrival. A report is committed once no running
/// trial can still produce anything earlier. A slot that becomes free at time t takes its next trial
/// at t. Trials run ahead of the clock between rungs and wait only where a decision is due.
///
/// **Errors.** A `ReportError` concerns one trial; nothing has changed. Any other error comes from
/// the journal and ends the use of the conductor: what was to be kept is not.
///
/// - Complexity: O(log slots) a report, besides what `StudyState.apply` and the ranking take.
///
/// **Resuming.** A study whose journal holds events already is resumed with
/// `Conductor(resuming:with:)`: what has been received counts as reported, so a trial that starts
/// again (from its last checkpoint or from its beginning) continues at every report until it comes
/// to a resource it has not reported yet.
public struct Conductor {
    /// The study up to the last committed event.
    public internal(set) var state: StudyState
    let journal: any Journal
    /// The right to append to the journal.
    package let lease: Lease
    /// How many events the journal has.
    var position: Int
    /// What decides about free slots; nil while the host works a decision out.
    var policy: (any SlotPolicy)?
    /// The decision that the host works out, and when its slot became free.
    var asked: (number: Int, time: Int)?
    /// What the host is not told yet.
    var unsentRequest: SlotRequest?
    var requests = 0
    var active: [Int: ActiveTrial] = [:]
    /// One entry for each trial in a slot, at or before the time its next item is due: the time is
    /// put right when the entry comes up.
    var queue = Heap<Due>()
    /// One entry for each thing a trial has sent, where the order of arrival counts.
    var arrived: Deque<Int> = []
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
    /// Trials to end from outside, once no decision about a slot is worked out.
    var stops: Deque<Int> = []
    var hasStarted = false

    /// A new study.
    ///
    /// - Parameter policy: what decides about free slots, if not what the definition names.
    /// - Throws: what the journal throws, or `ConductorError.journalInUse` when it holds a study.
    public init(
        _ definition: StudyDefinition, journal: any Journal, policy: (any SlotPolicy)? = nil
    ) throws {
        guard try journal.events(from: 0).isEmpty else { throw ConductorError.journalInUse }
        try self.init(StudyState(definition), journal: journal, position: 0, policy: policy)
        unwritten.append(.created(definition))
    }

    init(
        _ state: StudyState, journal: any Journal, position: Int, policy: (any SlotPolicy)?,
        resumedAt: Int = 0
    ) throws {
        lease = try journal.takeLease()
        self.position = position
        self.resumedAt = resumedAt
        self.state = state
        self.journal = journal
        self.policy = policy ?? state.definition.makeSlotPolicy()
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

    mutating func emit(_ event: Event) throws {
        try state.apply(event)
        unwritten.append(event)
        policy?.note(event, in: state)
        onEvent?(event, state)
    }
}
