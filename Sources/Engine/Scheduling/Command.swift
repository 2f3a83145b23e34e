/// What the host does next.
///
/// A call of the conductor returns its commands in the order to carry them out, at most one for each
/// trial, and none of them is taken back. The command for the trial that the call is about comes
/// first. A trial that has reported and gets no command waits in its `report`.
public enum Command: Hashable, Sendable {
    /// Call `train`: of a new trial, or of one that ran or was paused before this process began.
    case start(trial: Int, configuration: Configuration, bracket: Int)
    /// The trial's `report` returns.
    case `continue`(trial: Int)
    /// Call `train` of this trial again, which has raised an error.
    case retry(trial: Int)
    /// Keep the trial where it is. It has no slot any more, but may get one later.
    case pause(trial: Int)
    /// Close the trial. It loses at a rung, or the study is over.
    case stop(trial: Int)
    /// The trial has reached the maximum resource: its `report` returns, and no other one counts.
    case complete(trial: Int)
    /// Work the answer out, on a thread of the host's choice, and hand it to `Conductor.decided`.
    case decide(SlotRequest)
    /// The study is over; close whatever is still paused.
    case studyEnded(EndReason)

    /// The trial it is about; nil where it is about none.
    public var trial: Int? {
        switch self {
        case .start(let trial, _, _), .continue(let trial), .retry(let trial), .pause(let trial),
            .stop(let trial), .complete(let trial):
            trial
        case .decide, .studyEnded: nil
        }
    }
}

/// A report that the conductor has taken, and what to do next.
public struct ReportReceipt: Hashable, Sendable {
    /// What to do, for the trial itself (first) and for others.
    public let commands: [Command]
    /// The resource that was reported.
    public let resource: Resource
    /// How much resource the trial has used since its last report, up to the maximum; 0 for a
    /// repeated report.
    public let progress: Resource

    /// The same report was received before the trial started again. It changes nothing.
    public var isRepeated: Bool { progress == 0 }
}
