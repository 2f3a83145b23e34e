/// A report as it came in, before virtual-time order commits it.
public struct ReceivedReport: Hashable, Sendable, Codable {
    /// The trial that reported.
    public let trial: Int
    /// The resource it had used.
    public let resource: Int
    /// All it reported, but the resource.
    public let metrics: Metrics
    /// When it came, in seconds since the study began, without the time between an end and a
    /// resumption. Nothing is decided by it.
    public let seconds: Double

    /// A report of a trial.
    public init(trial: Int, resource: Int, metrics: Metrics, seconds: Double = 0) {
        (self.trial, self.resource, self.metrics) = (trial, resource, metrics)
        self.seconds = seconds
    }
}

/// What a trial keeps to go on from, should it have to begin anew.
public struct Checkpoint: Hashable, Sendable {
    /// The trial that keeps it.
    public let trial: Int
    /// The resource of the trial's last report before it.
    public let resource: Int
    /// What the host wrote and will read; means nothing to the engine.
    public let content: [UInt8]

    /// A checkpoint of a trial.
    public init(trial: Int, resource: Int, content: [UInt8]) {
        (self.trial, self.resource, self.content) = (trial, resource, content)
    }
}

/// Where a study is kept: the sequence of its events, an inbox of reports, and each trial's last
/// checkpoint.
///
/// The inbox keeps what a trial was told is kept; the events are the study. What is written is seen
/// at once by all that read through the same journal, and is kept for good once `sync` has returned:
/// so a host writes for many trials and lets them go on together.
///
/// Every implementation passes the conformance suite in the tests:
/// - events come back in the order they were appended, all of a call's or none;
/// - a report is received once for each (trial, resource), the first stays;
/// - of a trial's checkpoints the last stays, until an event ends the trial for good
///   (`Event.trialDone`), unless that follows an interruption;
/// - what is kept is always a beginning of all that was written, and ends between two calls;
/// - reading while writing gives a beginning of the sequence;
/// - an event that a newer program wrote is an error that says so, never left out.
///
/// Implementations may be called from any thread.
public protocol Journal: Sendable {
    /// Whether what was written is kept already when a call returns, so that nobody need wait for
    /// `sync`.
    var isDurableOnReturn: Bool { get }

    /// Appends events after those that are there, all or none.
    func append(_ events: [Event]) throws

    /// Takes a report as soon as it arrives.
    ///
    /// - Returns: false when there was one of the same trial and resource already, which stays.
    @discardableResult
    func receive(_ arrival: ReceivedReport) throws -> Bool

    /// Takes a trial's checkpoint in place of the one before.
    func save(_ checkpoint: Checkpoint) throws

    /// Keeps all that was written so far: when it returns, no crash of the program loses it.
    func sync() throws

    /// The events from number `first` (counted from 0) on.
    func events(from first: Int) throws -> [Event]

    /// All reports received, in the order they came.
    func arrivals() throws -> [ReceivedReport]

    /// Events and reports in one reading, for who takes the study up.
    func beginning() throws -> StudyBeginning

    /// A trial's last checkpoint; nil when it has none.
    func checkpoint(of trial: Int) throws -> Checkpoint?

    /// Drops all events but the first `count`. The inbox and the checkpoints stay.
    func truncate(to count: Int) throws
}

extension Journal {
    public func beginning() throws -> StudyBeginning {
        var fold = EventFold(endsAtInterruption: true)
        for event in try events(from: 0) { fold.add(event) }
        return StudyBeginning(fold: fold, arrivals: try arrivals())
    }
}
