package import Engine

/// A study to look at: everything that tables, exports, plots and pages show is made from it.
///
/// It is a value, so whoever shows it sees one moment of the study, whatever the run does meanwhile.
/// The state has the effective history alone, so what a resumption superseded is in no view.
package struct StudyView: Sendable {
    /// The study.
    package let state: StudyState
    /// Whether a process runs the study.
    package let hasWriter: Bool
    /// Whether nothing of the study is lost. Where something is, its end may be.
    package let isIntact: Bool
    /// When the study was created, in UTC as ISO 8601 writes it; nil where that is not known.
    package let created: String?
    /// The reports in the order they came; empty where that is not known.
    package let receivedReports: [ReceivedReport]

    /// A study at this moment.
    package init(
        _ state: StudyState, hasWriter: Bool = true, isIntact: Bool = true, created: String? = nil,
        receivedReports: [ReceivedReport] = []
    ) {
        (self.state, self.hasWriter, self.isIntact) = (state, hasWriter, isIntact)
        (self.created, self.receivedReports) = (created, receivedReports)
    }

    /// The study that a journal holds.
    ///
    /// - Throws: what the journal throws; `EventError` when its events tell no study.
    /// - Complexity: O(events).
    package init(_ journal: some Journal, hasWriter: Bool = true) throws {
        self.init(
            try StudyState(events: try journal.events(from: 0)), hasWriter: hasWriter,
            receivedReports: try journal.arrivals())
    }

    /// The study's name.
    package var name: String { state.definition.name }

    /// Where the study stands.
    package var status: StudyEntry.State {
        if state.isInterrupted { return .interrupted }
        return state.endReason != nil ? .finished : hasWriter ? .running : .abandoned
    }

    /// Whether its program ended before it did: trials that run do so no more.
    var isAbandoned: Bool { !hasWriter && state.endReason == nil }

    /// Whether trials were started and every one of them failed: a mistake in `train`, most likely.
    package var hasOnlyFailedTrials: Bool {
        !state.trials.isEmpty && state.trials.allSatisfy { $0.state == .failed }
    }

    var objectives: [Objective] { state.definition.objectives }

    /// Whether reports may be infeasible.
    var hasConstraints: Bool { !state.definition.constraints.isEmpty }

    /// The name of the resource in a report.
    var resourceName: String { state.definition.hyperband.timeAttribute }

    /// The parameters' paths, in the order of the space: the same in every study of it.
    var parameters: [String] { state.definition.space.parameterPaths }
}

// What the engine works out of a study is passed through, so that callers need the view alone.
extension StudyView {
    /// The Pareto front, best in the first objective first; empty when nothing valid was reported.
    package func front(per scope: FrontScope = .report) -> [Point] { state.front(per: scope) }

    /// The front without points that are hardly better than another.
    ///
    /// - Throws: `SettingError` under the name `epsilon`.
    package func front(
        per scope: FrontScope = .report, epsilon: Pareto.Epsilon
    ) throws -> [Point] {
        try state.front(per: scope, epsilon: epsilon)
    }

    /// The best valid report in the objective of that name; nil when there is none or no such
    /// objective.
    package func best(in objective: String) -> Point? { state.best(in: objective) }

    /// The best valid value of each objective; nil where there is none.
    var bestValues: [Double?] {
        objectives.enumerated().map { index, objective in
            best(in: objective.name)?.values[index]
        }
    }

    /// The knee of the front; nil when the front is empty.
    package func knee() -> Point? { state.knee() }

    /// The hypervolume of the front.
    ///
    /// - Parameter reference: one value for each objective; nil for the study's own.
    /// - Throws: `SettingError` under the name `reference`.
    package func hypervolume(reference: [Double]? = nil) throws -> Double {
        try state.hypervolume(reference: reference)
    }

    /// How the hypervolume grew: every report that joined the front, in the order of commits.
    ///
    /// - Parameter reference: as for `hypervolume`.
    /// - Throws: `SettingError` under the name `reference`.
    package func hypervolumeHistory(reference: [Double]? = nil) throws -> [HypervolumeStep] {
        try state.hypervolumeHistory(reference: reference)
    }
}

extension StudyView {
    /// The metrics' names: the objectives in their order, then the others by name.
    ///
    /// - Complexity: O(reports).
    var metrics: [String] {
        let objectives = objectives.map { Name($0.name) }
        var all: Set<Name> = []
        var last: [Name] = []
        for trial in state.trials {
            for report in trial.reports {
                for note in report.metrics.notes { all.insert(note.name) }
                guard report.metrics.names != last else { continue }
                last = report.metrics.names
                all.formUnion(last)
            }
        }
        return (objectives + all.subtracting(objectives).sorted()).map(\.text)
    }

    /// Which reports are on the front.
    var frontReferences: Set<ReportReference> {
        Set(front().map { ReportReference(trial: $0.trial, index: $0.index) })
    }
}
