internal import Engine

/// Which trials and reports of a large study the page holds.
extension PageDocument {
    /// The least power of two that leaves at most `limit` of `count`.
    static func stride(of count: Int, limit: Int) -> Int {
        var stride = 1
        while count / stride > limit { stride *= 2 }
        return stride
    }

    /// The trials on a front, and those that keep something.
    static func noted(_ points: [Point], kept: [Artifact.Key]) -> Set<Int> {
        Set(points.map(\.trial)).union(kept.map(\.trial))
    }

    /// Whether a trial is held: all are, or of every `trialStride` one, besides those that run, are on a
    /// front or keep something.
    func holds(_ trial: Trial) -> Bool {
        trialStride == 1 || trial.id % trialStride == 0 || trial.state == .running
            || notedTrials.contains(trial.id)
    }

    /// The reports that are held of trials from a place on, by their places: all, or of every `stride`
    /// reports one, besides those on the front, those that a decision was due at, those that keep
    /// something, and the last of each trial.
    func held(of trials: [(trial: Trial, first: Int)]) -> [(trial: Trial, places: [Int])] {
        guard stride > 1 else {
            return trials.map { ($0.trial, Array($0.trial.reports.indices[$0.first...])) }
        }
        let points = Dictionary(grouping: front + trialFront, by: \.trial)
        let keys = Dictionary(grouping: kept, by: \.trial)
        return trials.map { trial, first in
            var wanted = trial.decisions.map(\.resource)
            wanted += (points[trial.id] ?? []).map(\.resource)
            wanted += (keys[trial.id] ?? []).map(\.resource)
            let places = trial.reports.indices[first...].filter { place in
                place % stride == 0 || place == trial.reports.count - 1
                    || wanted.contains(trial.reports[place].resource)
            }
            return (trial, places)
        }
    }
}
