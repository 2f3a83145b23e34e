/// Each objective over the resource, a line a trial, with the rungs and how each trial ended.
package struct CurvePlot: Sendable {
    /// What one trial reported.
    package struct Curve: Sendable {
        /// The trial's number.
        package let trial: Int
        /// What became of it.
        package let fate: TrialFate
        /// Whether a report of it is on the front.
        package let isOnFront: Bool
        /// Its reports in order: the resource, and one value for each objective.
        package let points: [(resource: Double, values: [Double])]

        /// The curve of a trial.
        package init(
            trial: Int, fate: TrialFate, isOnFront: Bool,
            points: [(resource: Double, values: [Double])]
        ) {
            (self.trial, self.fate, self.isOnFront, self.points) = (trial, fate, isOnFront, points)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// A panel each.
    package let objectives: [ScatterPlot.Axis]
    /// The name of what trials spend.
    package let resource: String
    /// Where trials are compared, in ascending order.
    package let rungs: [Double]
    /// The most that a trial may spend.
    package let maxResource: Double
    /// In the order of the trials.
    package let curves: [Curve]

    /// A plot of these curves; every point has one value for each objective.
    package init(
        title: String, objectives: [ScatterPlot.Axis], resource: String, rungs: [Double],
        maxResource: Double, curves: [Curve]
    ) {
        (self.title, self.objectives, self.resource) = (title, objectives, resource)
        (self.rungs, self.maxResource, self.curves) = (rungs, maxResource, curves)
    }

    /// The plot as one self-contained SVG file. Beyond 800 trials, or 60,000 values, an even sample of
    /// the trials is drawn besides those on the front, and a note says so.
    ///
    /// - Complexity: O(reports · objectives).
    package func svg() -> String { CurveFigure(self).svg() }
}

extension CurvePlot {
    private static var curveLimit: Int { 800 }
    private static var valueLimit: Int { 60_000 }
    private static var frontLimit: Int { 500 }

    /// The curves that are drawn, those on the front last.
    var drawn: [Curve] {
        let all = curves.filter { !$0.points.isEmpty }
        let values = all.reduce(0) { $0 + $1.points.count } * max(1, objectives.count)
        let share = min(1, Double(Self.valueLimit) / Double(max(1, values)))
        let limit = max(50, min(Self.curveLimit, Int(Double(all.count) * share)))
        return thinned(all.filter { !$0.isOnFront }, to: limit).map(\.thinned)
            + thinned(all.filter(\.isOnFront), to: Self.frontLimit).map(\.thinned)
    }
}

extension CurvePlot.Curve {
    fileprivate var thinned: CurvePlot.Curve {
        guard points.count > 1_000, let last = points.last else { return self }
        return CurvePlot.Curve(
            trial: trial, fate: fate, isOnFront: isOnFront,
            points: Rendering.thinned(points, to: 999) + [last])
    }
}
