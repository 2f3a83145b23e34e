package import Engine
package import Rendering

/// What the page knows of a study: one JSON document, and what has come since an earlier one.
///
/// Trials and reports are columns. Numbers are exact: an integer beyond 2^53 in a parameter's column
/// is a text of its digits, a metric that is not finite is `null` or the text `inf` or `-inf`.
///
/// | name | holds |
/// |---|---|
/// | `format` | 1 |
/// | `study` | name, state, settings, totals, trials by state; all the texts that depend on where the study is; whether its run takes requests |
/// | `parameters` | `path`, `label`, `kind`, `steps`, `log`, `choices` of each |
/// | `metrics` | names, the objectives first |
/// | `trials` | a column each: `id`, `state`, `bracket`, `origin`, `start`, `error`, `why`, `decisions`, `promotions`, `failures`; `args` has a column for each parameter |
/// | `reports` | a column each: `trial`, `resource`, `time`, `seconds`, `feasible`; `metrics` has a column for each metric |
/// | `front`, `trial_front`, `knee` | reports, as trial and resource |
/// | `rungs` | bracket, level, trials, invalid, stopped, paused, continued of each |
/// | `hypervolume` | columns: reports, time, seconds, and the volume; of one objective the best value |
/// | `importance` | columns: the parameter's place, its share in the front, one for each objective; the greatest first. An increment of a large study has none |
/// | `kept` | the reports that keep something, as trial and resource |
package struct PageDocument: Sendable {
    /// Beyond so many trials the document has explanations of those on the front alone.
    static let explanationLimit = 2_000
    /// About so many reports the document has at most; see `held`.
    package static let reportLimit = 200_000
    /// About so many trials the document has at most; see `holds`.
    package static let trialLimit = 50_000
    /// Beyond so many trials an increment has no importance, which takes too long.
    static let importanceLimit = 500

    let view: StudyView
    let metrics: [String]
    let resume: String?
    let explain: String
    let kept: [Artifact.Key]
    /// The front over all reports, and that over the last of each trial.
    let front: [Point]
    let trialFront: [Point]
    /// When reports came.
    let times: ArrivalTimes
    /// A trial's reports are held one of so many, besides those that matter: 1, 2, 4 and so on, so that
    /// it changes seldom while a study grows.
    let stride: Int
    /// One of so many trials is held, besides those that matter.
    let trialStride: Int
    /// Those of them that are held whatever their number; empty where all are.
    let notedTrials: Set<Int>
    /// Whether the study's run takes requests of pages.
    package var isControlled = false

    /// - Parameters:
    ///   - resume: the command that continues the study; nil where it is not known.
    ///   - explain: the command that explains a trial, without the trial's number.
    ///   - kept: the reports that keep something, such as a network.
    ///   - reportLimit: about so many reports are held at most.
    ///   - trialLimit: about so many trials are held at most.
    /// - Complexity: O(reports).
    package init(
        _ view: StudyView, resume: String? = nil, explain: String? = nil,
        kept: [Artifact.Key] = [], reportLimit: Int = PageDocument.reportLimit,
        trialLimit: Int = PageDocument.trialLimit
    ) {
        self.view = view
        let trialStride = Self.stride(of: view.state.trials.count, limit: trialLimit)
        self.trialStride = trialStride
        stride = Self.stride(of: view.state.reportCount / trialStride, limit: reportLimit)
        (front, trialFront) = (view.state.front(), view.state.front(per: .trial))
        times = ArrivalTimes(view.state, view.receivedReports)
        notedTrials = trialStride > 1 ? Self.noted(front + trialFront, kept: kept) : []
        metrics = view.metrics
        self.resume = resume
        self.kept = kept
        self.explain = explain ?? "mohpo-lua explain \(view.name)"
    }

    /// The complete document.
    ///
    /// - Complexity: O(reports + decisions), and what the hypervolume's history takes.
    package var json: JSONValue {
        let trials = view.state.trials.filter(holds)
        return .object(
            [
                .init("format", JSONValue(1)),
                .init("parameters", .array(parameters)),
                .init("metrics", .array(metrics.map { .string($0) })),
            ] + summary + [
                .init("importance", importance),
                .init("trials", columns(of: trials)),
                .init("reports", columns(of: trials.map { ($0, 0) })),
            ])
    }

    /// What a page that shows `earlier` needs to show this: the trials that changed, the reports that
    /// came, and all that is small; nil where `earlier` is no beginning of this, as after a
    /// resumption, so that the complete document is needed.
    ///
    /// - Complexity: O(trials + what is new), and what the hypervolume's history takes.
    package func increment(after earlier: PageDocument) -> JSONValue? {
        let (old, new) = (earlier.view.state, view.state)
        guard metrics == earlier.metrics, stride == earlier.stride,
            trialStride == earlier.trialStride, new.definition == old.definition,
            new.trials.count >= old.trials.count,
            zip(old.trials, new.trials).allSatisfy({ $1.extends($0) })
        else { return nil }
        let changed = new.trials.filter { trial in
            guard let before = old.trial(trial.id) else { return holds(trial) }
            // One that is held no longer is not left as it was.
            return before.stage != trial.stage && (holds(trial) || earlier.holds(before))
        }
        let reports = changed.map { trial in
            let before = old.trial(trial.id)
            return (trial, before.map { earlier.holds($0) ? $0.reports.count : 0 } ?? 0)
        }
        let isSmall = new.trials.count <= Self.importanceLimit
        return .object(
            summary + (isSmall ? [.init("importance", importance)] : []) + [
                .init("trials", columns(of: changed)), .init("reports", columns(of: reports)),
            ])
    }

    /// Whether anything that the page shows differs from `earlier`, or may.
    package func differs(from earlier: PageDocument) -> Bool {
        let (old, new) = (earlier.view.state, view.state)
        return view.status != earlier.view.status || isControlled != earlier.isControlled
            || new.trials.count != old.trials.count
            || new.reportCount != old.reportCount || new.endReason != old.endReason
            || !zip(old.trials, new.trials).allSatisfy { $0.stage == $1.stage }
    }

    /// All that grows with the front alone.
    private var summary: [JSONValue.Member] {
        let state = view.state
        return [
            .init("study", .object(study)),
            .init("front", .array(front.map(place))),
            .init("trial_front", .array(trialFront.map(place))),
            .init("knee", view.objectives.count < 2 ? .null : view.knee().map(place) ?? .null),
            .init("rungs", .array(RungSummary.all(of: state).map(\.row))),
            .init("hypervolume", hypervolume),
            .init("kept", keptReports),
        ]
    }

    private func place(of point: Point) -> JSONValue {
        .array([JSONValue(point.trial), JSONValue(point.resource)])
    }

    private var hypervolume: JSONValue {
        let progress = (try? view.progress()) ?? []
        let steps = progress.map(\.step)
        return .array([
            .array(steps.map { JSONValue($0.reports) }), .array(steps.map { JSONValue($0.time) }),
            .array(steps.map { seconds(times[trial: $0.report.trial, $0.report.index]) }),
            .array(progress.map { .number($0.value) }),
        ])
    }
}

extension Trial {
    /// What shows that a trial has changed.
    fileprivate struct Stage: Equatable {
        let state: TrialState
        let reports: Int
        let decisions: Int
        let promotions: Int
        let failures: Int
    }

    fileprivate var stage: Stage {
        Stage(
            state: state, reports: reports.count, decisions: decisions.count,
            promotions: promotions.count, failures: failures.count)
    }

    /// Whether `earlier` is this trial at an earlier moment.
    fileprivate func extends(_ earlier: Trial) -> Bool {
        guard reports.count >= earlier.reports.count, startTime == earlier.startTime,
            decisions.count >= earlier.decisions.count
        else { return false }
        guard let last = earlier.reports.indices.last else { return true }
        return reports[last] == earlier.reports[last]
    }
}

extension RungSummary {
    /// The summary as a row of numbers.
    fileprivate var row: JSONValue {
        let counts = [trials, invalid, stopped, paused, continued].map { JSONValue($0) }
        return .array([JSONValue(bracket), JSONValue(level)] + counts)
    }
}
