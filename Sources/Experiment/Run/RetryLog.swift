/// Which retries of a run's trials were told: the same error in every trial is told once.
struct RetryLog {
    private struct Retry {
        let trial: Int
        let message: String
        var repeats = 0
    }
    private var retries: [String: Retry] = [:]

    /// Takes a trial's retry number `count` of at most `limit`.
    ///
    /// - Returns: what to tell now; nil for an error that differs from an earlier one only in the
    ///   trial.
    mutating func add(_ trial: Int, _ message: String, _ count: Int, of limit: Int) -> String? {
        let kind = message.replacing("trial \(trial)", with: "trial")
        guard retries[kind] == nil else {
            retries[kind]?.repeats += 1
            return nil
        }
        retries[kind] = Retry(trial: trial, message: message)
        return "trial \(trial) raised \(message); tried again (\(count) of \(limit))"
    }

    /// What to tell at the end: how often each was met again.
    var summary: [String] {
        retries.values.filter { $0.repeats > 0 }.sorted { $0.trial < $1.trial }.map { retry in
            (retry.repeats == 1 ? "1 more retry" : "\(retry.repeats) more retries")
                + " after what trial \(retry.trial) raised: \(retry.message)"
        }
    }
}
