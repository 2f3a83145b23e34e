internal import Engine
package import Rendering

/// A study as a picture.
extension StudyView {
    /// The plot as an SVG.
    package var svg: String { plot.svg() }

    /// The scatter plot of all reports with the front marked.
    package var plot: ScatterPlot {
        let front = Dictionary(grouping: front(), by: \.trial).mapValues { Set($0.map(\.index)) }
        var points: [ScatterPlot.Point] = []
        points.reserveCapacity(state.reportCount)
        for trial in state.trials {
            let own = front[trial.id]
            for (index, report) in trial.reports.enumerated() {
                points.append(
                    .init(
                        trial: trial.id, resource: report.resource.double,
                        objectives: state.values(of: report),
                        isOnFront: own?.contains(index) ?? false))
            }
        }
        return ScatterPlot(
            title: name, objectives: objectiveAxes, resource: .init(resourceName, goal: nil),
            points: points)
    }
}
