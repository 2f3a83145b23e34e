internal import Engine

/// The reports of the inbox that no event has referred to yet.
///
/// There are few of them at any time, but a copy of them for each transaction that may fail would be
/// copied as a whole as soon as one changes: so what has changed is remembered.
struct UncommittedReports {
    /// A report that waits for its event: where it stands, and what it holds.
    typealias Entry = (sequence: Int, metrics: Metrics)

    private var entries: [ReportKey: Entry]
    /// What has changed since `mark`.
    private var changes: [(key: ReportKey, before: Entry?)] = []

    init(_ entries: [ReportKey: Entry] = [:]) { self.entries = entries }

    /// Has a report wait for its event.
    mutating func add(_ key: ReportKey, _ sequence: Int, _ metrics: Metrics) {
        changes.append((key, entries.updateValue((sequence, metrics), forKey: key)))
    }

    /// Where the report of an event stands, which then waits no more; nil when it is not the one that
    /// waits.
    mutating func commit(_ key: ReportKey, _ report: Report) -> Int? {
        guard let index = entries.index(forKey: key),
            entries.values[index].metrics == report.metrics
        else { return nil }
        let before = entries.remove(at: index).value
        changes.append((key, before))
        return before.sequence
    }

    /// What is now is what `goBack` goes back to.
    mutating func mark() { changes.removeAll(keepingCapacity: true) }

    mutating func goBack() {
        for change in changes.reversed() { entries[change.key] = change.before }
        mark()
    }
}
