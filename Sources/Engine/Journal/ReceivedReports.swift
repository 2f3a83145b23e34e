/// Which reports were received.
///
/// Trials are numbered from 1 and mostly report each resource in turn, so that a range for each says
/// all; only what fits none, a fraction say, is looked up in a set.
package struct ReceivedReports: Sendable {
    /// By trial the resources received without a gap.
    private var ranges: [Range<Int>] = []
    private var others: Set<ReceivedReport.Key> = []

    /// None.
    package init() {}

    /// Those that have arrived.
    package init(_ arrivals: [ReceivedReport]) {
        for arrival in arrivals { insert(arrival.key) }
    }

    /// Adds a report; false when it was there already. Amortised O(1).
    @discardableResult
    package mutating func insert(_ key: ReceivedReport.Key) -> Bool {
        let (trial, resource) = (key.trial, key.resource.whole)
        guard key.attempt == 1, key.resource.isWhole, resource < .max, makeRoom(trial) else {
            return others.insert(key).inserted
        }
        let range = ranges[trial]
        if range.contains(resource) || (!others.isEmpty && others.contains(key)) { return false }
        if range.isEmpty {
            ranges[trial] = resource..<resource + 1
        } else if resource == range.upperBound {
            ranges[trial] = range.lowerBound..<resource + 1
        } else {
            others.insert(key)
        }
        return true
    }

    /// Whether the trial has a range; one far beyond all others has none.
    private mutating func makeRoom(_ trial: Int) -> Bool {
        if ranges.indices.contains(trial) { return true }
        guard trial >= 0, trial < ranges.count + 1_024 else { return false }
        ranges.append(contentsOf: repeatElement(0..<0, count: trial + 1 - ranges.count))
        return true
    }
}
