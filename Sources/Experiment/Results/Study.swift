internal import Engine
internal import LuaBridge

/// What `experiment:run` gives back: the study's outcome, for the script and for the command line.
///
/// The tables of points and trials are made when they are first asked for.
package final class Study {
    let state: StudyState
    /// The arguments each trial got.
    let arguments: [Int: LuaTable]
    /// Declared and validated, but not run: it writes no files.
    let isUnrun: Bool
    var pointMetatable: LuaTable?
    var history: LuaTable?
    var trials: LuaTable?

    init(_ run: ExperimentRun) {
        state = run.state
        arguments = run.arguments
        isUnrun = false
    }

    /// The empty study of an experiment that was only checked.
    init(unrun definition: StudyDefinition) {
        state = StudyState(definition)
        arguments = [:]
        isUnrun = true
    }

    package var name: String { state.definition.name }

    var objectives: [Objective] { state.definition.objectives }

    /// One line, for `print` and the log: how it ended and what came of it.
    package var summary: String {
        let trials = state.trials
        let counts = TrialState.allCases.compactMap { kind -> String? in
            let count = trials.count { $0.state == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        let counted = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
        return "\(name): \(trials.count) trials\(counted), \(state.reportCount) reports, "
            + "\(state.frontCount) on the front"
            + (state.endReason.map { "; \($0.sentence)" } ?? "")
    }
}
