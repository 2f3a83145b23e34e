internal import Engine
package import Rendering

/// A study as a picture.
extension StudyView {
    /// The plot as an SVG.
    package var svg: String { plot.svg() }

    /// The scatter plot of all reports with the front marked.
    package var plot: ScatterPlot {
        let names = ColumnNames(
            fixed: ["trial"], resource: resourceName, metrics: metrics, parameters: parameters)
        let parameterNames = Dictionary(
            zip(parameters.map { Name($0) }, names.parameters)
        ) { first, _ in first }
        let front = frontReferences
        return ScatterPlot(
            title: name,
            objectives: objectiveAxes,
            resource: .init(resourceName, goal: nil),
            parameters: names.parameters,
            trials: state.trials.map { trial in
                let details = zip(trial.configuration.paths, trial.configuration.values).map {
                    ScatterPlot.Detail(parameterNames[$0] ?? $0.text, $1.shown)
                }
                return .init(id: trial.id, details: details)
            },
            points: state.trials.flatMap { trial in
                trial.reports.enumerated().map { index, report in
                    let isOnFront = front.contains(.init(trial: trial.id, index: index))
                    return point(of: report, trial: trial.id, isOnFront: isOnFront)
                }
            })
    }

    private func point(of report: Report, trial: Int, isOnFront: Bool) -> ScatterPlot.Point {
        let others = report.metrics.entries.filter { entry in
            !objectives.contains { Name($0.name) == entry.name }
        }
        return .init(
            trial: trial, resource: report.resource.double,
            objectives: state.values(of: report),
            details: others.map { .init($0.name.text, $0.value.shown) },
            isOnFront: isOnFront)
    }
}
