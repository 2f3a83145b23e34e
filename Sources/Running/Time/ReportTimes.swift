package import Engine

/// When each trial's reports came, in seconds since the study began, the time between an end and a
/// resumption left out.
package struct ReportTimes {
    /// What was received before this process began.
    private let earlier: [ReceivedReport]
    /// What came since, by trial.
    private var recent: [Int: [Double]] = [:]

    /// - Parameter earlier: the reports received before, in the order they came.
    package init(_ earlier: [ReceivedReport] = []) { self.earlier = earlier }

    /// When the study was left; 0 for a new one. O(reports).
    package var left: Double { earlier.reduce(0) { max($0, $1.seconds) } }

    /// Takes note of a report of a trial.
    mutating func add(_ seconds: Double, trial: Int) {
        recent[trial, default: []].append(seconds)
    }

    /// The times by trial, each in the order of its reports. O(reports): few ever ask.
    package var byTrial: [Int: [Double]] {
        var times: [Int: [Double]] = [:]
        for arrival in earlier { times[arrival.trial, default: []].append(arrival.seconds) }
        times.merge(recent) { $0 + $1 }
        return times
    }
}
