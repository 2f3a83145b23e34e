/// A study as its events tell it.
///
/// `apply` is the only thing that changes a study: running, resuming, replaying and showing one all
/// fold the same events with it. It decides nothing: decisions are events, which the conductor
/// derives from `nextDecision` and asks a `SlotPolicy` for.
///
/// - Complexity: applying a report takes O(log n) for the front with two objectives (O(front) with
///   more) and what the ranking takes at a rung; everything else is O(1).
public struct StudyState: Sendable {
    /// What was asked for.
    public internal(set) var definition: StudyDefinition
    /// What was asked for before the study was extended, the first first.
    public internal(set) var earlierDefinitions: [StudyDefinition] = []
    /// Trial i is at index i − 1.
    public internal(set) var trials: [Trial] = []
    /// The trials that have slots, whose next reports are not here yet.
    public internal(set) var running: Set<Int> = []
    /// Why the study ended; nil as long as it has not.
    public internal(set) var endReason: EndReason?
    /// Whether it was ended from outside, so that it can be resumed.
    public internal(set) var isInterrupted = false
    /// Whether so many trials in a row gained nothing that no more are to be started or promoted.
    /// Once true it stays true, also when a trial still in its slot gains something after all.
    public internal(set) var isStalled = false
    /// The trials that have left their slots since a report last joined the front, but not the
    /// trial of that report. Kept only where `noGainLimit` is given.
    var withoutGain: Set<Int> = []
    /// The trial whose report last joined the front.
    var lastGain: Int?
    /// The trials that were complete under a smaller maximum and have not continued yet, in order.
    var reopened: [Int] = []
    /// The resource that all trials together have used, each at most up to the maximum.
    public internal(set) var usedResource: Resource = 0
    /// How many reports there are, in all trials.
    public internal(set) var reportCount = 0
    /// How many of them lack a finite number for an objective, or for a constraint.
    public internal(set) var invalidReportCount = 0
    /// How many of the others violate a constraint.
    public internal(set) var infeasibleReportCount = 0
    /// Shape [brackets][rungs], each bracket's lowest level first.
    var rungs: [[Rung]]
    /// The configurations of the first trials, of all that `noteConfigurations` was told of.
    private var used: Set<Configuration> = []
    /// How many trials those are.
    private var notedTrials = 0
    var archive: ParetoArchive
    /// The report of every number the archive knows, in the order they joined the front, each with
    /// its number among all reports, from 1.
    var archived: [(report: ReportReference, number: Int)] = []
    /// The best feasible report in each objective; of equals the earliest.
    var best: [ReportReference?]
    /// The range of each objective's costs over all feasible reports.
    var bounds: CostBounds
    /// Where the objectives stand in reports such as the last.
    var objectiveColumns: ObjectiveColumns
    /// What a model sees of the study; nil where the definition asks for none.
    package internal(set) var encoded: EncodedStudy?

    /// A study to which nothing has happened yet.
    public init(_ definition: StudyDefinition) {
        self.definition = definition
        let names = definition.objectives.map(\.name)
        let ranking = definition.makeRungRanking()
        rungs = (0..<definition.hyperband.brackets).map { bracket in
            definition.hyperband.levels(ofBracket: bracket).map {
                Rung(level: $0, ranking: ranking)
            }
        }
        archive = ParetoArchive(tolerances: definition.objectives.map(\.tolerance))
        best = definition.objectives.map { _ in nil }
        bounds = CostBounds(objectives: names.count)
        objectiveColumns = ObjectiveColumns(
            objectives: definition.objectives, constraints: definition.constraints)
        if definition.usesModel {
            encoded = EncodedStudy(
                space: definition.space, hyperband: definition.hyperband, objectives: names.count,
                constraints: definition.constraints.count)
        }
    }

    /// The trial of that number, or nil when there is none.
    public func trial(_ id: Int) -> Trial? {
        // Not by the index, which the least integer has none of.
        id >= 1 && id <= trials.count ? trials[id - 1] : nil
    }

    /// Whether a trial has had this configuration. O(1) besides the trials that started since
    /// `noteConfigurations`.
    public func hasUsed(_ configuration: Configuration) -> Bool {
        used.contains(configuration)
            || trials[notedTrials...].contains { $0.configuration == configuration }
    }

    /// Has `hasUsed` look the configurations so far up at once. Who only looks at a study never asks.
    mutating func noteConfigurations() {
        guard notedTrials < trials.count else { return }
        if trials.count > notedTrials + 1 { used.reserveCapacity(trials.count) }
        for trial in trials[notedTrials...] { used.insert(trial.configuration) }
        notedTrials = trials.count
    }

    /// Whether the trials have used as much resource as they may: no more slots are given away.
    public var isBudgetUsed: Bool { definition.budget.map { usedResource >= $0 } ?? false }

    /// Works out what the study keeps for speed, so that a copy of it need not, and shares it.
    ///
    /// - Complexity: that of what has changed since.
    mutating func settle() {
        noteConfigurations()
        for bracket in rungs.indices {
            for rung in rungs[bracket].indices { rungs[bracket][rung].rankAll() }
        }
    }

    /// The objectives' values in a report, in the order of their declaration; NaN where one lacks.
    public func values(of report: Report) -> [Double] {
        definition.objectives.map { report.metrics[Name($0.name)]?.double ?? .nan }
    }

    /// The same turned so that less is better.
    func costs(of report: Report) -> [Double] {
        definition.objectives.map { $0.cost(report.metrics[Name($0.name)]?.double ?? .nan) }
    }

    /// How far a report violates each constraint; NaN where a metric lacks or is not finite.
    public func violations(of report: Report) -> [Double] {
        definition.constraints.map {
            $0.violation(of: report.metrics[Name($0.metric)]?.double ?? .nan)
        }
    }

    /// The report that a reference means; nil when there is none.
    public subscript(_ reference: ReportReference) -> Report? {
        guard let trial = trial(reference.trial), trial.reports.indices.contains(reference.index)
        else { return nil }
        return trial.reports[reference.index]
    }
}
