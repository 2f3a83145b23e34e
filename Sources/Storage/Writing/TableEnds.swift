internal import Engine

/// Where the rows of a study's file end: what a writer has to know to add to them.
struct TableEnds {
    var metrics = DynamicColumns.metrics
    var parameters = DynamicColumns.parameters
    /// The sums over all rows so far.
    var eventSum: UInt32 = 0
    var reportSum: UInt32 = 0
    var events = 0
    var reports = 0
    var checkpoints = 0
    var artifacts = 0
    /// What decides which reports are feasible; nil before the study was created.
    var feasibility: Feasibility?
    /// Whether the study was interrupted and has not been resumed.
    var isInterrupted = false
}

/// Which reports of a study are feasible. An object, since every transaction remembers the ends.
final class Feasibility: Sendable {
    private let definition: StudyDefinition

    init(_ definition: StudyDefinition) { self.definition = definition }

    /// 1 where a report keeps the constraints, else 0; nil where there are none.
    func number(of metrics: Metrics) -> Int? {
        guard !definition.constraints.isEmpty else { return nil }
        return definition.isFeasible(metrics) ? 1 : 0
    }
}
