/// Which failures of a run's trials were told: the same mistake in every trial is told once.
struct FailureLog {
    private struct Failure {
        let trial: Int
        let message: String
        var repeats = 0
    }
    private var failures: [String: Failure] = [:]

    /// Takes a failure.
    ///
    /// - Returns: what to tell now; nil for one that differs from an earlier one only in the trial, or
    ///   in the value that was got.
    mutating func add(_ trial: Int, _ message: String) -> String? {
        let text = message.replacing("trial \(trial)", with: "trial")
        let kind = String(text[..<(text.firstRange(of: ", got ")?.lowerBound ?? text.endIndex)])
        guard failures[kind] == nil else {
            failures[kind]?.repeats += 1
            return nil
        }
        failures[kind] = Failure(trial: trial, message: message)
        return "trial \(trial) failed: \(message)"
    }

    /// What to tell at the end: how often each was met again.
    var summary: [String] {
        failures.values.filter { $0.repeats > 0 }.sorted { $0.trial < $1.trial }.map { failure in
            let trials = failure.repeats == 1 ? "1 more trial" : "\(failure.repeats) more trials"
            return "\(trials) failed as trial \(failure.trial) did: \(failure.message)"
        }
    }
}
