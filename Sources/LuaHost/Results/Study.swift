internal import Engine
internal import LuaBridge
internal import Platform
internal import Rendering
internal import Results
internal import Running

/// What `experiment:run` gives back: the study's outcome, for the script and for the command line.
///
/// The tables of points and trials are made when they are first asked for.
package final class Study {
    let state: StudyState
    /// The arguments each trial got; nil where no script has run.
    private let arguments: TrialArguments?
    /// When each trial's reports came.
    let reportTimes: ReportTimes
    /// How long it took, in seconds; simulated ones where the run was a simulation.
    let seconds: Double
    /// Declared and validated, but not run: it writes no files.
    let isUnrun: Bool
    /// Its program ended before it did.
    private let isLeft: Bool
    /// Nothing of it is lost.
    private let isWhole: Bool
    private let charge: MemoryCharge?
    var pointMetatable: LuaTable?
    var history: LuaTable?
    var trials: LuaTable?

    init(_ run: LuaTrialExecutor) {
        state = run.loop.state
        arguments = run.arguments
        reportTimes = run.loop.reportTimes
        seconds = run.loop.seconds
        charge = run.loop.charge
        (isUnrun, isLeft, isWhole) = (false, false, true)
    }

    /// The empty study of an experiment that was only checked.
    init(unrun definition: StudyDefinition) {
        state = StudyState(definition)
        arguments = nil
        reportTimes = ReportTimes()
        seconds = 0
        (isUnrun, isLeft, isWhole) = (true, false, true)
        charge = nil
    }

    /// A study that no script has run here: nobody asks for its arguments.
    ///
    /// - Parameters:
    ///   - isHeld: whether somebody runs it.
    ///   - isWhole: whether nothing of it is lost; else it may have ended.
    init(_ state: StudyState, isHeld: Bool, isWhole: Bool) {
        self.state = state
        arguments = nil
        reportTimes = ReportTimes()
        seconds = 0
        (isUnrun, isLeft) = (false, !isHeld && state.endReason == nil)
        self.isWhole = isWhole
        charge = nil
    }

    package var name: String { state.definition.name }

    /// There were trials, and none of them came to anything: a mistake in `train`, most likely.
    package var hasOnlyFailedTrials: Bool {
        !state.trials.isEmpty && state.trials.allSatisfy { $0.state == .failed }
    }

    /// The table `args` of a trial, as its `train` got it; nil where there is none.
    func arguments(of trial: Int) -> LuaTree {
        state.trial(trial).flatMap { arguments?.table(of: $0)?.luaTree } ?? .nil
    }

    var objectives: [Objective] { state.definition.objectives }

    /// What `print` shows: the summary, the best of each objective and the knee.
    package var description: String {
        let width = objectives.map(\.name.count).max() ?? 0
        let best = objectives.enumerated().compactMap { index, objective -> String? in
            state.best(in: objective.name).map { point in
                let name = objective.name.padding(to: width)
                return "  best \(name)  \(readable(point.values[index]))  (\(place(of: point)))"
            }
        }
        let knee =
            objectives.count < 2
            ? nil
            : state.knee().map { point in
                let values = zip(objectives, point.values).map { "\($0.name) \(readable($1))" }
                return "  knee  \(values.joined(separator: ", "))  (\(place(of: point)))"
            }
        return ([summary] + best + [knee].compactMap { $0 }).joined(separator: "\n")
    }

    /// `trial 3, epoch 9`
    private func place(of point: Point) -> String {
        "trial \(point.trial), \(state.definition.hyperband.timeAttribute) \(point.resource)"
    }

    /// One line, for the log: how it ended and what came of it.
    package var summary: String {
        let trials = state.trials
        var numbers: [TrialState: Int] = [:]
        for trial in trials { numbers[trial.state, default: 0] += 1 }
        let counts = TrialState.allCases.compactMap { kind in
            numbers[kind].map { "\($0) \(word(for: kind))" }
        }
        let counted = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
        return
            "\(name): \(trials.count) trial\(trials.count == 1 ? "" : "s")\(counted), "
            + "\(state.reportCount) report\(state.reportCount == 1 ? "" : "s"), "
            + "\(state.frontCount) on the front"
            + ((state.endReason?.sentence ?? leftSentence).map { "; \($0)" } ?? "")
    }

    private var leftSentence: String? {
        isLeft && isWhole ? "it was left before its end" : nil
    }

    /// A trial's state for people: `left` where it ran when the study was left.
    func word(for state: TrialState) -> String {
        isLeft && state == .running ? "left" : state.rawValue
    }

    /// What became of a trial, and why; nil when there is no such trial.
    func explanation(of trial: Int) -> String? {
        state.explain(trial, wasLeft: isLeft) { $0.shown }?.description
    }
}

extension String {
    /// The string with spaces behind it, to `width` characters.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
