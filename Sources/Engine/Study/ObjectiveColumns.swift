/// Where the objectives, and the metrics of constraints, stand among the metrics of a report: worked
/// out once for all reports that have the same names, as nearly all of a study have.
struct ObjectiveColumns: Sendable {
    private let objectives: [Objective]
    private let constraints: [Constraint]
    private let names: [Name]
    /// The same names as the last report had them: where the next shares their storage, comparing
    /// them is O(1).
    private var lastNames: [Name] = []
    /// One for each objective; nil where it lacks.
    private let places: [Int?]
    /// One for each constraint.
    private let constraintPlaces: [Int?]
    /// Whether none lacks.
    private let isComplete: Bool

    /// The places in reports like this one; in those without metrics when there is none.
    init(objectives: [Objective], constraints: [Constraint], in report: Report? = nil) {
        (self.objectives, self.constraints) = (objectives, constraints)
        let names = report?.metrics.names ?? []
        (self.names, lastNames) = (names, names)
        places = objectives.map { names.firstIndex(of: Name($0.name)) }
        constraintPlaces = constraints.map { names.firstIndex(of: Name($0.metric)) }
        isComplete = !places.contains(nil) && !constraintPlaces.contains(nil)
    }

    /// Whether a report has these names; it then takes over their storage.
    mutating func fit(_ report: inout Report) -> Bool {
        if !Self.share(report.metrics.names, lastNames) {
            guard report.metrics.names == lastNames || report.metrics.names == names else {
                return false
            }
            lastNames = report.metrics.names
        }
        report.shareNames(names)
        return true
    }

    /// Whether two arrays have the same storage; then nothing need be counted.
    private static func share(_ names: [Name], _ others: [Name]) -> Bool {
        names.withUnsafeBufferPointer { names in
            others.withUnsafeBufferPointer {
                names.baseAddress == $0.baseAddress && names.count == $0.count
            }
        }
    }

    /// Has metrics take over the storage of the names that nearly all have, so that comparing them
    /// again is O(1).
    ///
    /// - Returns: whether they have those names, and every objective and constraint has its metric there.
    func shareNames(with metrics: inout Metrics) -> Bool {
        guard metrics.names == names else { return false }
        metrics.shareNames(names)
        return isComplete
    }

    /// The objectives' values of a report that fits, turned so that less is better; NaN where one
    /// lacks.
    func costs(of report: Report) -> [Double] {
        objectives.indices.map { index in
            let value = places[index].map { report.metrics.values[$0].double } ?? .nan
            return objectives[index].cost(value)
        }
    }

    /// How far a report that fits violates each constraint; NaN where a metric lacks or is not finite.
    func violations(of report: Report) -> [Double] {
        constraints.indices.map { constraints[$0].violation(of: constrained($0, report)) }
    }

    /// How far a report that fits is beyond each constraint, negative where it keeps it; NaN where a
    /// metric lacks or is not finite.
    func excesses(of report: Report) -> [Double] {
        constraints.indices.map { constraints[$0].excess(of: constrained($0, report)) }
    }

    private func constrained(_ index: Int, _ report: Report) -> Double {
        constraintPlaces[index].map { report.metrics.values[$0].double } ?? .nan
    }
}
