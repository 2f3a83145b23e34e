internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Running

/// What `experiment:run` gives back: a study to look at, with what only the script's side knows.
///
/// The tables of points and trials are made when they are first asked for.
final class StudyObject: StudyHolder {
    /// Finds what a report keeps; nil where that is nothing.
    typealias FindArtifact = (Artifact.Key) throws -> Artifact?

    /// The study as it ended, or where it was interrupted.
    let view: StudyView
    /// The arguments each trial got; nil where no script has run.
    private let arguments: TrialArguments?
    /// When each trial's reports came.
    let reportTimes: ReportTimes
    /// How long it took, in seconds; simulated ones where the run was a simulation.
    let seconds: Double
    /// Declared and validated, but not run: it writes no files.
    let isUnrun: Bool
    /// Where it is kept; nil for one in memory.
    let place: String?
    /// Whether it writes files: a process that has joined a study leaves them to the one that opened it.
    let writesFiles: Bool
    /// The script has looked at it.
    var isRead = false
    private let charge: MemoryCharge?
    /// Finds what a report keeps.
    let artifact: FindArtifact
    var pointMetatable: LuaTable?
    var history: LuaTable?
    var trials: LuaTable?

    /// The study of a loop as it stands.
    init(
        _ loop: StudyLoop, arguments: TrialArguments?,
        artifact: @escaping FindArtifact = { _ in nil }
    ) {
        self.artifact = artifact
        view = StudyView(loop.state)
        self.arguments = arguments
        reportTimes = loop.reportTimes
        seconds = loop.seconds
        charge = loop.charge
        place = loop.place
        isUnrun = false
        writesFiles = true
    }

    /// A stored study.
    ///
    /// - Parameters:
    ///   - arguments: what makes its trials' tables.
    ///   - charge: pays for it.
    ///   - place: where it is kept, of one that this process has run.
    ///   - writesFiles: false in a process that has joined it.
    ///   - artifact: finds what its reports keep.
    init(
        _ view: StudyView, arguments: TrialArguments, charge: MemoryCharge?,
        place: String? = nil, writesFiles: Bool = true, artifact: @escaping FindArtifact
    ) {
        self.artifact = artifact
        (self.view, self.arguments, self.charge) = (view, arguments, charge)
        reportTimes = ReportTimes(view.receivedReports)
        seconds = reportTimes.left
        isUnrun = false
        (self.place, self.writesFiles) = (place, writesFiles)
    }

    /// The empty study of an experiment that was only checked.
    init(unrun definition: StudyDefinition) {
        view = StudyView(StudyState(definition))
        arguments = nil
        reportTimes = ReportTimes()
        seconds = 0
        isUnrun = true
        writesFiles = false
        artifact = { _ in nil }
        place = nil
        charge = nil
    }

    /// The study for the script to look at.
    var read: StudyView {
        isRead = true
        return view
    }

    var state: StudyState { view.state }

    var objectives: [Objective] { state.definition.objectives }

    /// The table `args` of a trial, as its `train` got it; nil where there is none.
    func arguments(of trial: Int) -> LuaTree {
        state.trial(trial).flatMap { arguments?.table(of: $0)?.luaTree } ?? .nil
    }
}
