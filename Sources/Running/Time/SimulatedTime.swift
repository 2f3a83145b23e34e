package import Engine
internal import HeapModule

/// The clock of a simulated run: reports come when their `elapsed` says, and nothing is waited for.
///
/// A trial's `elapsed` counts from its own start and stands still while the trial waits for a decision
/// or is paused, as it would in a run that takes the time.
package final class SimulatedTime: RunClock {
    /// A report on its way.
    package struct Due: Comparable {
        let time: Double
        /// The trial that reports.
        package let trial: Int
        /// Seconds that the trial has computed.
        package let elapsed: Double
        /// What it reports.
        package let fields: [Name: Value]

        package static func < (a: Due, b: Due) -> Bool { (a.time, a.trial) < (b.time, b.trial) }
        package static func == (a: Due, b: Due) -> Bool { (a.time, a.trial) == (b.time, b.trial) }
    }

    private struct TrialTime {
        /// Its last `elapsed`.
        var elapsed = 0.0
        /// `elapsed` at its last checkpoint; 0 without one.
        var kept = 0.0
        /// When `elapsed` would have been 0 had the trial never waited.
        var origin: Double
        /// When it reported last.
        var reported: Double
    }

    /// The name under which trials report the seconds since their start.
    private static let field: Name = "elapsed"

    /// Seconds since the start of the run.
    package private(set) var seconds = 0.0
    private var queue: Heap<Due> = []
    private var trials: [Int: TrialTime] = [:]

    /// A clock at 0.
    package init() {}

    /// The trial starts or may compute on: its time runs now.
    package func resume(_ trial: Int) {
        guard let time = trials[trial] else {
            trials[trial] = TrialTime(origin: seconds, reported: seconds)
            return
        }
        // A trial that has not waited keeps its origin to the last bit.
        if seconds > time.reported { trials[trial]?.origin = seconds - time.elapsed }
    }

    /// The trial has kept a checkpoint.
    package func keep(_ trial: Int) {
        if let elapsed = trials[trial]?.elapsed { trials[trial]?.kept = elapsed }
    }

    /// The trial begins again: its `elapsed` counts on from its checkpoint, or from 0 without one.
    package func restart(_ trial: Int) {
        let kept = trials[trial]?.kept ?? 0
        trials[trial] = TrialTime(
            elapsed: kept, kept: kept, origin: seconds - kept, reported: seconds)
    }

    /// Puts a report where its time is.
    ///
    /// - Throws: `ReportError` when it has no `elapsed`, or one before the last.
    package func add(_ fields: [Name: Value], of trial: Int) throws {
        let last = time(of: trial)
        let given = fields[Self.field]
        guard let elapsed = given?.number?.double, elapsed.isFinite, elapsed >= last.elapsed else {
            let error = SettingError(
                field: Self.field.text,
                expected: "the seconds since the trial's start, at least \(last.elapsed)",
                got: given.map(\.description) ?? "nothing")
            throw ReportError.field(error, trial: trial)
        }
        insert(fields, of: trial, at: elapsed)
    }

    /// Has a trial come up once it has computed for so many seconds more, at least 0.
    package func add(_ trial: Int, in duration: Double) {
        insert([:], of: trial, at: time(of: trial).elapsed + duration)
    }

    private func insert(_ fields: [Name: Value], of trial: Int, at elapsed: Double) {
        queue.insert(
            Due(
                time: max(seconds, time(of: trial).origin + elapsed), trial: trial,
                elapsed: elapsed, fields: fields))
    }

    private func time(of trial: Int) -> TrialTime {
        trials[trial] ?? TrialTime(origin: seconds, reported: seconds)
    }

    /// Takes the next report and moves the clock to it; nil when none is on its way.
    package func next() -> Due? {
        guard let due = queue.popMin() else { return nil }
        seconds = due.time
        trials[due.trial]?.elapsed = due.elapsed
        trials[due.trial]?.reported = seconds
        return due
    }
}
