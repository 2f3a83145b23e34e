internal import Engine

/// What a run tells its observer.
struct RunLog {
    let observer: any RunObserver
    /// What messages about the whole study begin with.
    private let title: String
    private var failures = MessageDeduplicator.failures
    private var retries = MessageDeduplicator.retries

    init(_ observer: any RunObserver, title: String) {
        (self.observer, self.title) = (observer, title)
    }

    /// A trial has failed for good, and its failure is committed.
    mutating func failed(_ trial: Int, _ message: String) {
        guard failures.add(message, trial: trial) else { return }
        observer.log(.warning, "trial \(trial) failed: \(message)")
    }

    /// A trial has failed and is tried again, for the `count`th time of at most `limit`.
    mutating func retried(_ trial: Int, _ message: String, count: Int, limit: Int) {
        guard retries.add(message, trial: trial) else { return }
        observer.log(
            .notice, "trial \(trial) raised \(message); tried again (\(count) of \(limit))")
    }

    /// The run has ended.
    func summarize(_ state: StudyState) {
        for message in retries.summary { observer.log(.notice, message) }
        for message in failures.summary { observer.log(.warning, message) }
        if let warning = state.emptyFrontWarning { observer.log(.warning, "\(title): \(warning)") }
        for case let note? in [state.invalidReportsNote, state.earlyReturnNote] {
            observer.log(.notice, "\(title): \(note)")
        }
    }
}
