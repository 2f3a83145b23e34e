internal import Engine
internal import LuaBridge
internal import Results
internal import Running

/// The tables a script sees a study by.
extension StudyObject {
    /// A report as a table: trial, resource, time attribute, metrics, arguments.
    func table(of report: Report, trial: Int, _ prelude: Prelude) -> LuaTree {
        let metrics = report.metrics.entries.map { ($0.name.text, $0.value.luaTree) }
        let attribute = state.definition.hyperband.timeAttribute
        let feasible: [(String, LuaTree)] =
            !state.definition.constraints.isEmpty && report.metrics.value(of: "feasible") == nil
            ? [("feasible", .boolean(state.isFeasible(report)))] : []
        let fields: [(String, LuaTree)] =
            [
                ("trial", .integer(trial)), ("resource", report.resource.luaTree),
                (attribute, report.resource.luaTree),
                ("args", arguments(of: trial)),
            ] + metrics + feasible
        return .record(fields, metatable: pointMetatable(prelude))
    }

    private func pointMetatable(_ prelude: Prelude) -> LuaTable? {
        if pointMetatable == nil {
            pointMetatable = prelude.point(
                timeAttribute: state.definition.hyperband.timeAttribute,
                kept: KeptReader.function(artifact))
        }
        return pointMetatable
    }

    func table(of point: Point, _ prelude: Prelude) -> LuaTree {
        let report = state[ReportReference(trial: point.trial, index: point.index)]
        return report.map { table(of: $0, trial: point.trial, prelude) } ?? .nil
    }

    func table(of points: [Point], _ prelude: Prelude) -> LuaTree {
        .array(points.map { table(of: $0, prelude) }, metatable: prelude.list)
    }

    /// How much each parameter matters, the one that matters most for the front first.
    var importanceTable: LuaTree {
        .array(
            read.importance().map { entry in
                let objectives = zip(objectives, entry.objectives).map {
                    ($0.name, LuaTree.number($1))
                }
                return .record([
                    ("parameter", .text(entry.parameter)), ("front", .number(entry.front)),
                    ("objectives", .record(objectives)),
                ])
            })
    }

    /// The hypervolume's history: after how many reports, whose, and when.
    ///
    /// Reports are taken in virtual order, so a report's time is the latest of those up to it.
    func table(of steps: [HypervolumeStep]) -> LuaTree {
        var time = 0.0
        let times = reportTimes.byTrial
        return .array(
            steps.map { step in
                time = max(time, times[step.report.trial]?[step.report.index] ?? 0)
                return .record([
                    ("reports", .integer(step.reports)), ("trial", .integer(step.report.trial)),
                    ("resource", (state[step.report]?.resource ?? 0).luaTree),
                    ("virtual_time", .integer(step.time)), ("time", .number(time)),
                    ("hypervolume", .number(step.hypervolume)),
                ])
            })
    }

    /// `study.history`: by trial, the array of its reports.
    func historyTable(_ lua: LuaState, _ prelude: Prelude) throws -> LuaTable {
        isRead = true
        if let history { return history }
        let table = try lua.table(
            .array(
                state.trials.map { trial in
                    .array(
                        trial.reports.map { self.table(of: $0, trial: trial.id, prelude) },
                        metatable: prelude.list)
                }))
        history = table
        return table
    }

    /// `study.trials`: id, args, state, reports, bracket, error.
    func trialsTable(_ lua: LuaState, _ prelude: Prelude) throws -> LuaTable {
        isRead = true
        if let trials { return trials }
        let history = try historyTable(lua, prelude)
        let table = try lua.table(
            .array(
                state.trials.map { trial in
                    .record([
                        ("id", .integer(trial.id)),
                        ("args", arguments(of: trial.id)),
                        ("state", .text(trial.state.rawValue)),
                        ("bracket", .integer(trial.bracket)),
                        ("reports", try history.rawGet(trial.id).luaTree),
                        ("error", trial.error.luaTree),
                    ])
                }))
        trials = table
        return table
    }
}
