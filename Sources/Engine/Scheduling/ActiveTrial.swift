import DequeModule

/// A trial in a slot: what it has sent that is not committed yet.
///
/// When it got the slot, and with which resource, says the study's `Trial`.
struct ActiveTrial {
    enum Item {
        /// - attempt: which of the trial's, from 1.
        /// - isLast: it reaches the maximum resource.
        case report(Report, attempt: Int, isLast: Bool)
        case end(Outcome)
        /// It raised this error and is tried again.
        case retry(String)
    }

    /// In order of virtual time.
    var pending: Deque<(time: Int, item: Item)> = []
    /// The greatest resource it has reported, in any attempt, and the virtual time of that.
    var resource: Resource
    var time: Int
    /// The resource it has reported in this attempt; below `resource` while it repeats itself.
    var reported: Resource
    /// How much virtual time passes at least between two of its reports: 1 where resources are
    /// integers, else none, as several may lie within one step of the resolution.
    private let unit: Int
    /// How many of its attempts have failed.
    var failures: Int
    /// It waits for a decision and reports nothing until then.
    var isWaiting = false
    /// It will send nothing more.
    var hasEnded = false

    /// A trial that has or gets the slot the study says.
    ///
    /// - Parameter hyperband: what lies beyond its maximum takes no virtual time.
    init(_ trial: Trial, under hyperband: Hyperband) {
        (resource, reported) = (trial.resource, trial.resource)
        unit = hyperband.isWhole ? 1 : 0
        time =
            trial.slotTime
            &+ hyperband.steps(from: trial.slotResource, to: trial.resource)
        failures = trial.failures.count
    }

    /// Puts a report behind what it has sent.
    mutating func take(_ report: Report, attempt: Int, isLast: Bool, isWaiting: Bool) {
        (time, resource) = (report.time, report.resource)
        pending.append((report.time, .report(report, attempt: attempt, isLast: isLast)))
        (hasEnded, self.isWaiting) = (isLast, isWaiting)
    }

    /// Notes that it has raised an error, and is tried again from the beginning.
    mutating func retry(after error: String) {
        failures += 1
        reported = 0
        pending.append((earliestTime, .retry(error)))
    }

    /// Notes that it sends nothing more.
    mutating func end(_ outcome: Outcome) {
        hasEnded = true
        pending.append((time &+ 1, .end(outcome)))
    }

    /// It computes towards its next report.
    var isComputing: Bool { !isWaiting && !hasEnded }

    /// The virtual time of the next thing it sends that is not committed, or the earliest there
    /// can be: integers that increase do so by one unit at least. An end without a new report counts
    /// as the unit that was being worked on; were it put at the time of the last report, every commit
    /// would have to wait until all trials have said whether they continue.
    var nextTime: Int { pending.first?.time ?? earliestTime }

    /// The earliest virtual time of what it sends next.
    var earliestTime: Int { time &+ unit }
}

/// A trial and the earliest virtual time at which something of it can be due.
struct Due: Comparable {
    let time: Int
    let trial: Int

    static func < (left: Due, right: Due) -> Bool {
        (left.time, left.trial) < (right.time, right.trial)
    }
}
