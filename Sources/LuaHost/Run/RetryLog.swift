/// Which retries of a run's trials were told: the same error in every trial is told once.
struct RetryLog {
    private var retries = RepeatLog()

    /// Takes a trial's retry number `count` of at most `limit`.
    ///
    /// - Returns: what to tell now; nil for an error that differs from an earlier one only in the
    ///   trial.
    mutating func add(_ trial: Int, _ message: String, _ count: Int, of limit: Int) -> String? {
        retries.add(trial, message)
            ? "trial \(trial) raised \(message); tried again (\(count) of \(limit))" : nil
    }

    /// What to tell at the end: how often each was met again.
    var summary: [String] {
        retries.repeated.map { retry in
            (retry.repeats == 1 ? "1 more retry" : "\(retry.repeats) more retries")
                + " after what trial \(retry.trial) raised: \(retry.message)"
        }
    }
}
