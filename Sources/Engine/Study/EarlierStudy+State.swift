extension EarlierStudy {
    /// What a study has found so far.
    ///
    /// Of more than 64 trials with a valid report at a level, those on the front are kept, up to 32,
    /// and others from all of the study, evenly spread: a model learns from bad ones, too.
    ///
    /// - Parameters:
    ///   - objectives: of the new study; the earlier one has them in any order.
    ///   - levels: of the new study, increasing.
    /// - Complexity: O(reports).
    package init(_ state: StudyState, objectives: [Objective], levels: [Resource]) {
        let reports = state.trials.map { Self.reports(of: $0, objectives, at: levels) }
        let recorded = state.trials.indices.filter { !reports[$0].isEmpty }
        var chosen = Set(recorded)
        if recorded.count > Self.mostTrials {
            let front = Set(state.front().map { $0.trial - 1 }).intersection(chosen).sorted()
            let best = Self.spread(front, over: min(front.count, Self.mostTrials / 2))
            let others = recorded.filter { !best.contains($0) }
            chosen = Set(best + Self.spread(others, over: Self.mostTrials - best.count))
        }
        trials = chosen.sorted().map {
            Trial(configuration: state.trials[$0].configuration, reports: reports[$0])
        }
    }

    /// So many of the elements, at even distances.
    private static func spread(_ elements: [Int], over count: Int) -> [Int] {
        (0..<count).map { elements[$0 * elements.count / count] }
    }

    /// The first report at or past each level that has one; one that passes several counts once.
    private static func reports(
        of trial: Engine.Trial, _ objectives: [Objective], at levels: [Resource]
    ) -> [Report] {
        var found: [Report] = []
        var next = levels[...]
        for report in trial.reports where next.first.map({ report.resource >= $0 }) ?? false {
            next = next.drop { $0 <= report.resource }
            let costs = objectives.map { objective in
                objective.cost(report.metrics[Name(objective.name)]?.double ?? .nan)
            }
            guard costs.allSatisfy(\.isFinite) else { continue }
            found.append(Report(resource: report.resource, costs: costs))
        }
        return found
    }
}
