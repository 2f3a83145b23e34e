/// Which failures of a run's trials were told: the same mistake in every trial is told once.
struct FailureLog {
    private var failures = RepeatLog()

    /// Takes a failure.
    ///
    /// - Returns: what to tell now; nil for one that differs from an earlier one only in the trial, or
    ///   in the value that was got.
    mutating func add(_ trial: Int, _ message: String) -> String? {
        failures.add(trial, message, upTo: ", got ") ? "trial \(trial) failed: \(message)" : nil
    }

    /// What to tell at the end: how often each was met again.
    var summary: [String] {
        failures.repeated.map { failure in
            let trials = failure.repeats == 1 ? "1 more trial" : "\(failure.repeats) more trials"
            return "\(trials) failed as trial \(failure.trial) did: \(failure.message)"
        }
    }
}
