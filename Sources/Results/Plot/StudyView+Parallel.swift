internal import Engine
internal import Rendering

/// The study's parameters in pictures.
extension StudyView {
    /// So many parameters have an axis at most.
    private static var parameterLimit: Int { 12 }

    /// A line a trial across the parameters that vary and the objectives of its last report.
    var parallelPlot: ParallelPlot {
        let columns = varyingColumns
        let (good, words) = goodTrials
        let axes =
            columns.shown.map(parallelAxis) + objectiveAxes.map { ParallelPlot.Axis($0) }
        let hidden = columns.count - columns.shown.count
        return ParallelPlot(
            title: "\(name): parallel coordinates", axes: axes,
            lines: state.trials.map { trial in
                let reached = trial.reports.last.map(state.values) ?? []
                let values =
                    columns.shown.map { value(of: trial, $0) }
                    + objectives.indices.map { index -> ParallelPlot.Value in
                        index < reached.count && reached[index].isFinite
                            ? .number(reached[index]) : .none
                    }
                return .init(trial: trial.id, isMarked: good.contains(trial.id), values: values)
            }, marked: words,
            notes: hidden > 0
                ? ["the \(columns.shown.count) of \(columns.count) parameters that matter most"]
                : [])
    }

    private func parallelAxis(_ column: ParameterColumn) -> ParallelPlot.Axis {
        let scale: ScatterPlot.ScaleKind = column.isLogarithmic ? .logarithmic : .linear
        guard !column.isNumber else { return .init(.init(column.label, scale: scale)) }
        let seen = state.trials.compactMap { $0.configuration[column.path]?.shown }
        let words = column.choices?.map(\.shown) ?? Set(seen).sorted()
        return .init(.init(column.label), words: words)
    }

    private func value(of trial: Trial, _ column: ParameterColumn) -> ParallelPlot.Value {
        guard let value = trial.configuration[column.path] else { return .none }
        guard column.isNumber else { return .word(value.shown) }
        return value.number.map { .number($0.double) } ?? .none
    }

    /// The columns of parameters that differ between trials, those that matter most of too many, and how
    /// many there are.
    private var varyingColumns: (shown: [ParameterColumn], count: Int) {
        let varying = parameterColumns.filter { column in
            let first = state.trials.first?.configuration[column.path]
            return state.trials.contains { $0.configuration[column.path] != first }
        }
        guard varying.count > Self.parameterLimit else { return (varying, varying.count) }
        let paths = Set(varying.map(\.path))
        let best = Set(
            importance().map(\.parameter).filter(paths.contains).prefix(Self.parameterLimit))
        return (varying.filter { best.contains($0.path) }, varying.count)
    }

    /// The trials to mark, and what they are: those on the front; of one objective, the best tenth.
    private var goodTrials: (Set<Int>, String) {
        guard objectives.count == 1 else { return (frontTrials, "on the front") }
        let points = state.lastPoints
        let best = points.sorted {
            objectives[0].cost($0.values[0]) < objectives[0].cost($1.values[0])
        }
        return (Set(best.prefix((points.count + 9) / 10).map(\.trial)), "in the best tenth")
    }

    /// How much each parameter matters.
    var importancePlot: SharePlot {
        let labels = Dictionary(
            parameterColumns.map { ($0.path, $0.label) }
        ) { first, _ in first }
        let entries = importance()
        let byObjective = objectives.indices.map { index in
            SharePlot.Column(
                name: objectives[index].name, shares: entries.map { $0.objectives[index] },
                isFirst: objectives.count == 1)
        }
        let front = SharePlot.Column(
            name: "the front", shares: entries.map(\.front), isFirst: true)
        let columns = objectives.count == 1 ? byObjective : [front] + byObjective
        let isKnown = columns.contains { $0.shares.contains { $0 > 0 } }
        return SharePlot(
            title: "\(name): importance of parameters",
            rows: entries.map { labels[$0.parameter] ?? $0.parameter },
            columns: columns,
            notes: [
                isKnown
                    ? "each parameter's share in whether a trial is among the best tenth (PED-ANOVA)"
                    : "there are too few reports to tell"
            ])
    }
}
