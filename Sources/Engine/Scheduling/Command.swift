/// What the host is to do.
public enum Command: Hashable, Sendable {
    /// Start a trial: a new one, or one that ran when the study was left and begins anew.
    case start(trial: Int, configuration: Configuration, bracket: Int)
    /// The trial's `report` that was told to wait may return. After a resumption there may be no such
    /// trial yet: then it begins anew.
    case proceed(trial: Int)
    /// Start the trial anew, which has raised an error.
    case retry(trial: Int)
    /// Close the trial for good.
    case stop(trial: Int)
    /// Keep the trial where it is: it has no slot any more, but may get one later.
    case pause(trial: Int)
    /// The paused trial has a slot again: its `report` may return, or it begins anew where it was
    /// paused before a resumption.
    case resume(trial: Int)
    /// The study is over; whatever is still paused can be closed.
    case studyEnded(EndReason)
}

/// What to tell a trial that has reported.
public enum Answer: Hashable, Sendable {
    /// It goes on at once.
    case proceed
    /// A decision is due: it waits for `proceed`, `resume` or `stop` (which may be among the
    /// commands that came with this answer).
    case wait
    /// It has reached the maximum resource and is complete: close it now.
    case finish
}

/// The answer to one report, and what became due by it.
public struct Reply: Hashable, Sendable {
    /// What to tell the trial.
    public let answer: Answer
    /// What became due, in order, for this trial and others.
    public let commands: [Command]
    /// The report was received before the trial began anew, and changes nothing.
    public var isRepeated = false
}
