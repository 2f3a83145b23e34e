/// One thing that happened in a study. The sequence of events is the study; all else follows.
///
/// Events carry no wall-clock time and nothing of the machine, so that the same search gives the
/// same bytes. Definitions stand apart, so that the many other events do not take as much room.
public enum Event: Hashable, Sendable {
    /// The study begins; always the first event.
    indirect case created(StudyDefinition)
    case started(Start)
    case reported(ReportedEvent)
    case decided(Decision)
    case promoted(Promotion)
    case ended(End)
    /// A trial raised an error and restarts, in the slot it has.
    case retried(Retry)
    /// The study continues with another definition, which extends the one before.
    indirect case extended(StudyDefinition)
    /// The study was ended from outside. What follows is what had arrived but was not yet due;
    /// a resumption supersedes this event and all after it, and takes the reports from the inbox.
    case interrupted(EndReason)
    /// The last event, unless the study is resumed.
    case finished(EndReason)
    /// The study continues from the event of that number, its interruption or its end: that event
    /// and all behind it are superseded, this one included.
    case resumed(from: Int)

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

    /// The trial that is over with this event and needs its checkpoint no more; nil for any other
    /// event. One that ran when the study was ended from outside continues when that is resumed.
    package var trialDone: Int? {
        switch self {
        case .decided(let decision): decision.verdict == .stop ? decision.trial : nil
        case .ended(let end):
            switch end.outcome {
            // A larger maximum lets one that is complete continue.
            case .interrupted, .reachedMaximum: nil
            case .returned, .failed, .stopped: end.trial
            }
        case .created, .started, .reported, .promoted, .retried, .extended, .interrupted, .finished,
            .resumed:
            nil
        }
    }

    /// Whether a resumption can supersede it and what follows: an interruption, or the end.
    var canBeSuperseded: Bool {
        switch self {
        case .interrupted, .finished: true
        case .created, .started, .reported, .decided, .promoted, .ended, .retried, .extended,
            .resumed:
            false
        }
    }

    /// A new trial got a slot.
    public struct Start: Hashable, Sendable {
        /// The number after the last trial's.
        public let trial: Int
        /// The values it tries.
        public let configuration: Configuration
        /// Its bracket, from 0.
        public let bracket: Int
        /// When, on the virtual clock.
        public let time: Int
        /// Where the configuration comes from.
        public let origin: Origin
        let held: HeldReason

        /// Why this trial got the slot; nil where no model decided.
        public var reason: SlotReason? { held.reason }

        /// The start of a trial.
        public init(
            trial: Int, configuration: Configuration, bracket: Int, time: Int,
            origin: Origin = .unrecorded, reason: SlotReason? = nil
        ) {
            (self.trial, self.configuration) = (trial, configuration)
            (self.bracket, self.time, self.origin) = (bracket, time, origin)
            held = HeldReason(reason)
        }
    }

    /// A trial's report was committed.
    public struct ReportedEvent: Hashable, Sendable {
        /// The trial that reported.
        public let trial: Int
        /// Which of its attempts, from 1.
        public let attempt: Int
        /// What it reported.
        public let report: Report

        /// A report of a trial.
        public init(trial: Int, attempt: Int = 1, report: Report) {
            (self.trial, self.attempt, self.report) = (trial, attempt, report)
        }
    }

    /// A trial raised an error and is tried again.
    public struct Retry: Hashable, Sendable {
        /// The trial.
        public let trial: Int
        /// The message it failed with.
        public let error: String
        /// When, on the virtual clock.
        public let time: Int

        /// Another attempt of a trial.
        public init(trial: Int, error: String, time: Int) {
            (self.trial, self.error, self.time) = (trial, error, time)
        }
    }

    /// A trial ended, other than at a rung.
    public struct End: Hashable, Sendable {
        /// The trial that ended.
        public let trial: Int
        /// How.
        public let outcome: Outcome
        /// When, on the virtual clock.
        public let time: Int

        /// The end of a trial.
        public init(trial: Int, outcome: Outcome, time: Int) {
            (self.trial, self.outcome, self.time) = (trial, outcome, time)
        }
    }
}
