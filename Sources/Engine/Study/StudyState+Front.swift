/// One report as a point of objective space.
public struct Point: Hashable, Sendable {
    /// The trial's number.
    public let trial: Int
    /// Index of the report in its trial's reports.
    public let index: Int
    /// The resource of the report: the value of `time_attr`.
    public let resource: Resource
    /// The objectives' values in the order of their declaration.
    public let values: [Double]
}

/// Which points a front is taken over.
public enum FrontScope: String, Hashable, Sendable, CaseIterable {
    /// All reports: a trial may stand there several times, at different resources.
    case report
    /// The last valid report of every trial, if it is feasible: what each was worth when it ended.
    case trial
}

extension StudyState {
    /// The Pareto front, best in the first objective first; empty when nothing feasible was reported.
    public func front(per scope: FrontScope = .report) -> [Point] {
        switch scope {
        case .report: return archive.ids.compactMap { point(archived[$0].report) }
        case .trial:
            let last = lastPoints
            return Pareto.front(last.map(\.values), objectives: definition.objectives)
                .map { last[$0] }
        }
    }

    /// The front with no points left that are hardly better than another: see
    /// `Pareto.front(_:objectives:epsilon:)`.
    ///
    /// - Throws: `SettingError` under the name `epsilon`.
    public func front(per scope: FrontScope = .report, epsilon: Pareto.Epsilon) throws -> [Point] {
        let front = front(per: scope)
        return try Pareto.thinned(
            front.map(\.values), objectives: definition.objectives, epsilon: epsilon
        )
        .map { front[$0] }
    }

    /// The configurations of trials on the front, best in the first objective first; where there are
    /// more than `limit`, so many spread evenly over the front.
    ///
    /// - Complexity: O(points on the front · log).
    public func frontConfigurations(limit: Int) -> [Configuration] {
        var seen: Set<Int> = []
        let ids = front().map(\.trial).filter { seen.insert($0).inserted }
        let chosen =
            ids.count <= limit
            ? ids
            : (0..<limit).map { ids[limit == 1 ? 0 : $0 * (ids.count - 1) / (limit - 1)] }
        return chosen.map { trials[$0 - 1].configuration }
    }

    /// How many points the front over all reports has. O(1).
    public var frontCount: Int { archive.count }

    /// The best valid report in the objective of that name, of equals one on the front, and the earliest
    /// where that is; nil when there is none or no such objective. O(points on the front).
    public func best(in objective: String) -> Point? {
        guard
            let index = definition.objectives.firstIndex(where: { Name($0.name) == Name(objective) }
            )
        else {
            return nil
        }
        guard let earliest = best[index].flatMap(point) else { return nil }
        let equals = front().filter { $0.values[index] == earliest.values[index] }
        return equals.contains(earliest) ? earliest : equals.first ?? earliest
    }

    /// The reports that joined the front when they were committed, in that order. Some may have been
    /// removed by later ones.
    public var joinedFront: [ReportReference] { archived.map(\.report) }

    /// The hypervolume of the front.
    ///
    /// - Parameter reference: one value for each objective; nil for `defaultReference`.
    /// - Throws: `SettingError` under the name `reference`.
    public func hypervolume(reference: [Double]? = nil) throws -> Double {
        try Pareto.hypervolume(
            front().map(\.values), objectives: definition.objectives,
            reference: reference ?? defaultReference)
    }

    /// In each objective the worst value of all feasible reports that is no outlier, moved a tenth of the
    /// range away: see `Pareto.defaultReference(_:objectives:)`. It moves as reports come in: give a
    /// reference to compare studies.
    ///
    /// - Complexity: O(reports).
    public var defaultReference: [Double] {
        let reports = trials.lazy.flatMap(\.reports).filter { isFeasible($0) }
        return Pareto.reference(
            ofValid: reports.map { costs(of: $0) }, definition.objectives)
    }

    /// The knee of the front; nil when the front is empty.
    public func knee() -> Point? {
        let front = front()
        return Pareto.knee(front.map(\.values), objectives: definition.objectives)
            .map { front[$0] }
    }

    /// The point of a report; nil when there is no such report.
    public func point(_ reference: ReportReference) -> Point? {
        self[reference].map {
            Point(
                trial: reference.trial, index: reference.index, resource: $0.resource,
                values: values(of: $0))
        }
    }

    /// Whether every objective of a report, and every metric with a constraint, is a finite number;
    /// others are never on the front.
    public func isValid(_ report: Report) -> Bool {
        costs(of: report).allSatisfy(\.isFinite)
            && violations(of: report).allSatisfy(\.isFinite)
    }

    /// Whether a report is valid and keeps every constraint; others are never on the front.
    public func isFeasible(_ report: Report) -> Bool {
        isValid(report) && violations(of: report).allSatisfy { $0 == 0 }
    }

    /// The last valid report of every trial, if it is feasible. O(trials), where few reports are invalid.
    package var lastPoints: [Point] { trials.compactMap { lastValid(of: $0) } }

    /// The last valid report of a trial; nil where that is not feasible.
    private func lastValid(of trial: Trial) -> Point? {
        trial.reports.lastIndex(where: isValid)
            .flatMap { isFeasible(trial.reports[$0]) ? $0 : nil }
            .flatMap { point(.init(trial: trial.id, index: $0)) }
    }
}
