internal import Engine

/// Who had which slot when, on the virtual clock.
///
/// Slots have no numbers in a study: a trial takes the first that is free.
struct SlotTimeline {
    /// A trial in a slot.
    struct Span {
        let trial: Trial
        let slot: Int
        let time: ClosedRange<Int>
        /// Whether the trial left the slot to wait, and had another later.
        let isPause: Bool
    }

    /// In the order of their beginnings.
    let spans: [Span]
    /// How many slots there are, or were in use at once where that is more.
    let slots: Int
    /// When the last report came, or the last trial got a slot.
    let end: Int
    /// The share of the slots' time in which a trial had them, 0 … 1; nil where no time has passed.
    let used: Double?

    /// - Complexity: O(n · slots) for n starts and promotions.
    init(_ view: StudyView) {
        let state = view.state
        var end = state.trials.compactMap { $0.reports.last?.time }.max() ?? 0
        var stays: [(trial: Trial, time: ClosedRange<Int>, isPause: Bool)] = []
        for trial in state.trials {
            let isRunning = trial.state == .running && !view.isAbandoned
            let starts = [trial.startTime] + trial.promotions.map(\.time)
            let pauses = trial.decisions.filter { $0.verdict == .pause }.map(\.time)
            for (index, start) in starts.enumerated() {
                let last = isRunning ? end : trial.reports.last?.time ?? start
                let stop = index < pauses.count ? pauses[index] : last
                stays.append(
                    (trial, start...max(start, stop), index < starts.count - 1))
            }
            end = max(end, starts[starts.count - 1])
        }
        stays.sort {
            ($0.time.lowerBound, $0.trial.id) < ($1.time.lowerBound, $1.trial.id)
        }
        var free: [Int] = []
        spans = stays.map { stay in
            let slot = free.firstIndex { $0 <= stay.time.lowerBound } ?? free.count
            if slot == free.count { free.append(0) }
            free[slot] = stay.time.upperBound
            return Span(trial: stay.trial, slot: slot, time: stay.time, isPause: stay.isPause)
        }
        slots = max(state.definition.slots, free.count)
        self.end = end
        let busy = spans.reduce(0) { $0 + $1.time.upperBound - $1.time.lowerBound }
        used = end > 0 ? min(1, Double(busy) / Double(state.definition.slots * end)) : nil
    }
}
