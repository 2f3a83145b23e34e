internal import Engine

/// When the reports of a study came, in seconds of its clock: of each the last attempt that made it.
struct ArrivalTimes {
    /// By trial, from 0, where its first report stands in `seconds`; behind the last the end.
    private let starts: [Int]
    /// By report; NaN where it is not known.
    private var seconds: [Double]

    /// - Complexity: O(trials + reports + arrivals), where arrivals of a trial come in the order of its
    ///   reports; else with a search for each.
    init(_ state: StudyState, _ arrivals: [ReceivedReport]) {
        var starts = [0]
        starts.reserveCapacity(state.trials.count + 1)
        for trial in state.trials { starts.append(starts[starts.count - 1] + trial.reports.count) }
        self.starts = starts
        guard !arrivals.isEmpty else {
            seconds = []
            return
        }
        seconds = Array(repeating: .nan, count: starts[starts.count - 1])
        var next = Array(repeating: 0, count: state.trials.count)
        for arrival in arrivals where state.trials.indices.contains(arrival.trial - 1) {
            let row = arrival.trial - 1
            guard let place = Self.place(of: arrival, in: state.trials[row], guess: next[row])
            else { continue }
            seconds[starts[row] + place] = arrival.seconds
            next[row] = place + 1
        }
    }

    /// When a trial's report came; nil where it is not known.
    ///
    /// - Parameters:
    ///   - trial: its number.
    ///   - index: of the report in the trial's reports.
    subscript(trial trial: Int, index: Int) -> Double? {
        guard !seconds.isEmpty else { return nil }
        let time = seconds[starts[trial - 1] + index]
        return time.isNaN ? nil : time
    }

    /// Which of a trial's reports an arrival is; nil where a resumption has superseded it.
    private static func place(
        of arrival: ReceivedReport, in trial: Trial, guess: Int
    ) -> Int? {
        let reports = trial.reports
        if guess < reports.count, reports[guess].resource == arrival.resource { return guess }
        var (low, high) = (0, reports.count)
        while low < high {
            let middle = (low + high) / 2
            if reports[middle].resource < arrival.resource {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < reports.count && reports[low].resource == arrival.resource ? low : nil
    }
}
