public import Engine

/// What an executor tells a study about one of its trials.
public enum TrialMessage: Sendable {
    /// The trial reports. It waits until the executor is told to continue, stop or complete it, or that
    /// the report is refused.
    ///
    /// - fields: the resource and the metrics by name.
    /// - kept: what the report keeps, which means nothing to the study; nil for nothing.
    case reported(trial: Int, fields: [Name: Value], kept: [UInt8]? = nil)
    /// The trial has a state to start again from, which takes the place of the one before.
    ///
    /// - content: means nothing to the study.
    case checkpoint(trial: Int, content: [UInt8])
    /// The trial has ended by itself. A trial that ends while it is paused is over once it is continued.
    case ended(trial: Int, TrialEnding)
    /// The trial still runs, though it has nothing to report. The study does not change; a loop that
    /// waits looks at its limits.
    case heartbeat(trial: Int)

    /// The trial it is about.
    public var trial: Int {
        switch self {
        case .reported(let trial, _, _), .checkpoint(let trial, _), .ended(let trial, _),
            .heartbeat(let trial):
            trial
        }
    }
}

/// How a trial has ended by itself.
public enum TrialEnding: Sendable {
    /// Its function has returned.
    case returned
    /// It raised an error.
    ///
    /// - message: the error in one line, as the log shows it.
    /// - details: further lines that are stored with it: a traceback, the end of an output.
    case failed(message: String, details: String?)
}
