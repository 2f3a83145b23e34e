internal import Engine

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
