internal import Engine
internal import LuaBridge
internal import Platform
internal import Results
internal import Running

/// What `experiment:run` gives back: a study to look at, with what only the script's side knows.
///
/// The tables of points and trials are made when they are first asked for.
final class StudyObject: StudyHolder {
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
    /// The script has looked at it.
    var isRead = false
    private let charge: MemoryCharge?
    var pointMetatable: LuaTable?
    var history: LuaTable?
    var trials: LuaTable?

    init(_ run: LuaTrialExecutor) {
        view = StudyView(run.loop.state)
        arguments = run.arguments
        reportTimes = run.loop.reportTimes
        seconds = run.loop.seconds
        charge = run.loop.charge
        place = run.loop.place
        isUnrun = false
    }

    /// The empty study of an experiment that was only checked.
    init(unrun definition: StudyDefinition) {
        view = StudyView(StudyState(definition))
        arguments = nil
        reportTimes = ReportTimes()
        seconds = 0
        isUnrun = true
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
