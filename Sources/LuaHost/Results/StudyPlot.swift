internal import Engine
internal import Rendering
internal import Results

/// A study as a picture.
extension Study {
    /// The plot as an SVG.
    package var svg: String { plot.svg() }

    /// The plot as a page that shows the configuration under the pointer.
    package var page: String { plot.html() }

    /// The scatter plot of all reports with the front marked.
    var plot: ScatterPlot {
        let front = frontReferences
        return ScatterPlot(
            title: name,
            objectives: objectives.map {
                .init($0.name, goal: $0.direction == .maximize ? .higher : .lower)
            },
            resource: .init(state.definition.hyperband.timeAttribute, goal: nil),
            parameters: parameters,
            trials: state.trials.map { trial in
                .init(
                    id: trial.id,
                    details: trial.configuration.entries.map { .init($0.path, $0.value.shown) })
            },
            points: state.trials.flatMap { trial in
                trial.reports.enumerated().map { index, report in
                    plotPoint(
                        report, of: trial,
                        isOnFront: front.contains(.init(trial: trial.id, index: index)))
                }
            })
    }

    private func plotPoint(
        _ report: Report, of trial: Trial, isOnFront: Bool
    ) -> ScatterPlot.Point {
        let others = report.metrics.names.filter { name in
            !objectives.contains { $0.name == name }
        }
        return .init(
            trial: trial.id, resource: Double(report.resource),
            objectives: state.values(of: report),
            details: others.map { name in
                .init(name, report.metrics[name]?.shown ?? "")
            },
            isOnFront: isOnFront)
    }
}
