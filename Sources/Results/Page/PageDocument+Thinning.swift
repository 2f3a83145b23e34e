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
    static func noted(of view: StudyView, kept: [Artifact.Key]) -> Set<Int> {
        let points = view.state.front() + view.state.front(per: .trial)
        return Set(points.map(\.trial)).union(kept.map(\.trial))
    }

    /// Whether a trial is held: all are, or of every `trialStride` one, besides those that run, are on a
    /// front or keep something.
    func holds(_ trial: Trial) -> Bool {
        trialStride == 1 || trial.id % trialStride == 0 || trial.state == .running
            || notedTrials.contains(trial.id)
    }

    /// The reports that are held of trials from a place on: all, or of every `stride` reports one,
    /// besides those on the front, those that a decision was due at, those that keep something, and the
    /// last of each trial.
    func held(of trials: [(trial: Trial, first: Int)]) -> [(trial: Trial, reports: [Report])] {
        guard stride > 1 else {
            return trials.map { ($0.trial, Array($0.trial.reports[$0.first...])) }
        }
        let points = view.state.front() + view.state.front(per: .trial)
        let wanted = Set(points.map { Artifact.Key(trial: $0.trial, resource: $0.resource) })
            .union(kept)
        return trials.map { trial, first in
            let decided = Set(trial.decisions.map(\.resource))
            let places = trial.reports.indices[first...].filter { place in
                let resource = trial.reports[place].resource
                return place % stride == 0 || place == trial.reports.count - 1
                    || decided.contains(resource)
                    || wanted.contains(.init(trial: trial.id, resource: resource))
            }
            return (trial, places.map { trial.reports[$0] })
        }
    }
}
