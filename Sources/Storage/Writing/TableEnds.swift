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
    /// What the study was created with; nil before it was.
    var definition: StudyDefinition?
    /// Whether the study was interrupted and has not been resumed.
    var isInterrupted = false
}
