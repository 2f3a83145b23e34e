/// Where the objectives stand among the metrics of a report: worked out once for all reports that
/// have the same names, as nearly all of a study have.
struct ObjectiveColumns: Sendable {
    private let objectives: [Objective]
    private let names: [String]
    /// One for each objective; nil where it lacks.
    private let places: [Int?]

    /// The places in reports like this one; in those without metrics when there is none.
    init(_ objectives: [Objective], in report: Report? = nil) {
        self.objectives = objectives
        let names = report?.metrics.names ?? []
        self.names = names
        places = objectives.map { objective in names.firstIndex(of: objective.name) }
    }

    /// Whether a report has these names; it then takes over their storage.
    func fit(_ report: inout Report) -> Bool {
        guard report.metrics.names == names else { return false }
        report.shareNames(names)
        return true
    }

    /// The objectives' values of a report that fits, turned so that less is better; NaN where one
    /// lacks.
    func costs(of report: Report) -> [Double] {
        objectives.indices.map { index in
            let value = places[index].map { report.metrics.values[$0].double } ?? .nan
            return objectives[index].cost(value)
        }
    }
}
