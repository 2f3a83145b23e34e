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
    var resource: Int
    var time: Int
    /// The resource it has reported in this attempt; below `resource` while it repeats itself.
    var reported: Int
    /// How many of its attempts have failed.
    var failures: Int
    /// It waits for a decision and reports nothing until then.
    var isWaiting = false
    /// It will send nothing more.
    var hasEnded = false

    /// A trial that has or gets the slot the study says.
    ///
    /// - Parameter maxResource: what lies beyond takes no virtual time.
    init(_ trial: Trial, maxResource: Int) {
        (resource, reported) = (trial.resource, trial.resource)
        time = trial.slotTime + min(trial.resource, maxResource) - trial.slotResource
        failures = trial.failures.count
    }

    /// It computes towards its next report.
    var isComputing: Bool { !isWaiting && !hasEnded }

    /// The virtual time of the next thing it sends that is not committed, or the earliest there
    /// can be: resources are integers and increase, so nothing comes before one unit more. An end
    /// without a new report counts as the unit that was being worked on; were it put at the time
    /// of the last report, every commit would have to wait until all trials have said whether
    /// they continue.
    var nextTime: Int { pending.first?.time ?? time + 1 }
}

/// A trial and the earliest virtual time at which something of it can be due.
struct Due: Comparable {
    let time: Int
    let trial: Int

    static func < (left: Due, right: Due) -> Bool {
        (left.time, left.trial) < (right.time, right.trial)
    }
}
