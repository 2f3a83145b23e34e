package import Engine

/// What a run has done so far.
struct RunCounts {
    /// Reports taken, also those whose turn on the virtual clock has not come.
    private(set) var reports = 0
    /// Resource used for them, in all trials.
    private(set) var resource: Resource = 0
    /// When they came.
    private(set) var times: ReportTimes
    /// How long the study had run before this process took it up, in seconds.
    let earlier: Double

    /// - Parameter arrivals: the reports that were received before.
    init(_ arrivals: [ReceivedReport]) {
        times = ReportTimes(arrivals)
        earlier = times.left
    }

    /// Counts a report that was taken.
    mutating func add(_ receipt: ReportReceipt, trial: Int, seconds: Double) {
        reports += 1
        resource += receipt.progress
        times.add(seconds, trial: trial)
    }
}

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
