/// Where one study is kept: its events, its inbox of reports, each trial's last checkpoint, and what
/// reports keep.
///
/// What is written is seen at once by all that read through the same journal, and is durable once
/// `sync` has returned: so a host writes for many trials and lets them continue together. What is
/// durable is always a beginning of all that was written, and ends between two calls.
///
/// `EngineTesting` has the conformance suite that every journal passes. Implementations may be
/// called from any thread.
public protocol Journal: EventLog, ReportInbox, CheckpointStore, ArtifactStore {
    /// Whether writes are durable on return, so that `sync` is not needed.
    var isDurableOnReturn: Bool { get }

    /// Where it is.
    var location: StudyLocation { get }

    /// Makes all that was written durable: when it returns, no crash of the program loses it.
    func sync() throws

    /// Events and reports in one reading, for a process that resumes the study.
    func beginning() throws -> StudyBeginning

    /// Makes all durable and lets the study go. The journal is not used afterwards.
    func close() throws
}

extension Journal {
    /// In memory, where nothing else is said.
    public var location: StudyLocation { .memory }

    /// Folds all events. O(events).
    public func beginning() throws -> StudyBeginning {
        var fold = EventFold()
        for event in try events(from: 0) { fold.add(event) }
        return StudyBeginning(fold: fold, arrivals: try arrivals())
    }

    /// Brings what was written to rest, and has nothing else to close.
    public func close() throws { try sync() }
}

/// What a journal holds of a study, for a process that resumes it.
public struct StudyBeginning: Sendable {
    /// The events, folded.
    public internal(set) var fold: EventFold
    /// All reports received, in the order they came.
    public let arrivals: [ReceivedReport]

    /// A beginning.
    public init(fold: EventFold, arrivals: [ReceivedReport]) {
        (self.fold, self.arrivals) = (fold, arrivals)
    }
}
