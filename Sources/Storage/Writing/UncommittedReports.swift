internal import Engine

/// The reports of the inbox that no event has referred to yet.
///
/// There are few of them at any time, but a copy of them for each transaction that may fail would be
/// copied as a whole as soon as one changes: so what has changed is remembered.
struct UncommittedReports {
    /// A report that waits for its event: where it stands, and what it holds.
    typealias Entry = (sequence: Int, metrics: Metrics)

    private var entries: [ReceivedReport.Key: Entry]
    /// Those that an event refers to which a resumption may supersede.
    private var interrupted: [(key: ReceivedReport.Key, entry: Entry)]
    /// What has changed since `mark`.
    private var changes: [(key: ReceivedReport.Key, before: Entry?)] = []
    private var interruptedBefore: [(key: ReceivedReport.Key, entry: Entry)] = []

    /// - Parameter interrupted: those that events after an interruption refer to.
    init(
        _ entries: [ReceivedReport.Key: Entry] = [:],
        interrupted: [(key: ReceivedReport.Key, entry: Entry)] = []
    ) {
        (self.entries, self.interrupted) = (entries, interrupted)
        interruptedBefore = interrupted
    }

    /// Has a report wait for its event.
    mutating func add(_ key: ReceivedReport.Key, sequence: Int, metrics: Metrics) {
        changes.append((key, entries.updateValue((sequence, metrics), forKey: key)))
    }

    /// Where the report of an event stands, which then waits no more; nil when it is not the one that
    /// waits.
    ///
    /// - Parameter afterInterruption: whether a resumption may supersede the event.
    mutating func commit(
        _ key: ReceivedReport.Key, _ report: Report, afterInterruption: Bool
    ) -> Int? {
        guard let index = entries.index(forKey: key),
            entries.values[index].metrics == report.metrics
        else { return nil }
        let before = entries.remove(at: index).value
        changes.append((key, before))
        if afterInterruption { interrupted.append((key, before)) }
        return before.sequence
    }

    /// Has the reports wait again whose events are superseded.
    mutating func resume() {
        for (key, entry) in interrupted {
            add(key, sequence: entry.sequence, metrics: entry.metrics)
        }
        interrupted = []
    }

    /// What is now is what `goBack` goes back to.
    mutating func mark() {
        changes.removeAll(keepingCapacity: true)
        interruptedBefore = interrupted
    }

    mutating func goBack() {
        for change in changes.reversed() { entries[change.key] = change.before }
        interrupted = interruptedBefore
        mark()
    }
}
