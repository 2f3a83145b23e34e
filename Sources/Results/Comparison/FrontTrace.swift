package import Engine

/// How a study's front grew with the resource that was spent.
package struct FrontTrace: Sendable {
    /// The study's name.
    package let study: String
    /// What the values mean.
    package let objectives: [Objective]
    /// The most resource that a trial may use.
    package let maxResource: Resource
    /// The resource of all reports together.
    package let spent: Resource
    /// The reports that joined the front, in the order of commits: their values, one for each
    /// objective, and the resource that had been spent by then.
    package let steps: [(spent: Resource, values: [Double])]

    /// The trace of a study.
    ///
    /// - Complexity: O(reports · log reports).
    package init(_ view: StudyView) {
        let state = view.state
        study = view.name
        objectives = state.definition.objectives
        maxResource = state.definition.hyperband.maxResource
        let joined = Set(state.joinedFront)
        var spent: Resource = 0
        var steps: [(spent: Resource, values: [Double])] = []
        for (reference, used) in Self.commits(of: state) {
            spent += used
            guard joined.contains(reference), let report = state[reference] else { continue }
            steps.append((spent, state.values(of: report)))
        }
        (self.spent, self.steps) = (spent, steps)
    }

    /// The resource that had been spent after each report, in the order of commits.
    static func spending(of state: StudyState) -> [Resource] {
        var spent: Resource = 0
        return commits(of: state).map { _, used in
            spent += used
            return spent
        }
    }

    /// All reports in the order of commits, each with the resource since the trial's last.
    private static func commits(of state: StudyState) -> [(ReportReference, used: Resource)] {
        var commits: [(time: Int, reference: ReportReference, used: Resource)] = []
        for trial in state.trials {
            var last: Resource = 0
            for (index, report) in trial.reports.enumerated() {
                let reference = ReportReference(trial: trial.id, index: index)
                commits.append((report.time, reference, report.resource - last))
                last = report.resource
            }
        }
        commits.sort {
            ($0.time, $0.reference.trial, $0.reference.index)
                < ($1.time, $1.reference.trial, $1.reference.index)
        }
        return commits.map { ($0.reference, $0.used) }
    }

    /// What had joined the front when `budget` was spent.
    func values(within budget: Resource) -> [[Double]] {
        steps.prefix { $0.spent <= budget }.map(\.values)
    }

    /// Whether both are of the same objectives, in one order.
    package func hasObjectives(of other: FrontTrace) -> Bool {
        objectives.map(\.name) == other.objectives.map(\.name)
            && objectives.map(\.direction) == other.objectives.map(\.direction)
    }
}
