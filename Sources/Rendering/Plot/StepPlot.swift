/// Quantities that change in steps, such as hypervolumes over the reports.
package struct StepPlot: Sendable {
    /// One quantity.
    package struct Series: Sendable {
        /// What it is called in the legend.
        package let name: String
        /// Where it changes, in order, and what it is from there on.
        package let steps: [(x: Double, y: Double)]
        /// Where it ends.
        package let end: Double

        /// A quantity that holds its last value until `end`.
        package init(name: String, steps: [(x: Double, y: Double)], end: Double) {
            (self.name, self.steps, self.end) = (name, steps, end)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// What the steps are over.
    package let x: ScatterPlot.Axis
    /// What they are of.
    package let y: ScatterPlot.Axis
    /// Five at most.
    package let series: [Series]
    /// Whether each begins with 0 at 0.
    package let startsAtZero: Bool
    /// What else is to be said, a line each.
    package let notes: [String]

    /// A plot of these quantities.
    package init(
        title: String, x: ScatterPlot.Axis, y: ScatterPlot.Axis, series: [Series],
        startsAtZero: Bool, notes: [String] = []
    ) {
        (self.title, self.x, self.y, self.series) = (title, x, y, series)
        (self.startsAtZero, self.notes) = (startsAtZero, notes)
    }

    /// The plot as one self-contained SVG file. Steps that no eye tells apart are drawn as one.
    ///
    /// - Complexity: O(steps).
    package func svg() -> String {
        let width = 732.0
        let legend = series.count < 2 ? [] : legend
        let top = Sheet.top(legend, width: width)
        let axes = axes(top: top, width: width)
        return Sheet(
            title: title, summary: summary, width: width,
            height: top + axes.frame.height + 54 + Sheet.noteHeight(notes.count), legend: legend,
            notes: notes
        ).svg { svg in
            axes.draw(&svg)
            for (index, series) in series.enumerated() {
                draw(series, number: index, axes: axes, in: &svg)
            }
            axes.label(x: x, y: y, in: &svg)
        }
    }

    private var summary: String {
        series.map { series in
            let last = series.steps.last.map { "\(readable($0.y)) after \(readable(series.end))" }
            return "\(series.name): \(last ?? "nothing")"
        }.joined(separator: "; ")
    }

    private var legend: [LegendEntry] {
        series.enumerated().map { LegendEntry(.line("line bold series-\($0)"), $1.name) }
    }

    private func axes(top: Double, width: Double) -> Axes {
        let xs = series.flatMap { $0.steps.map(\.x) + [$0.end] }.filter(\.isFinite)
        let ys = series.flatMap { $0.steps.map(\.y) }.filter(\.isFinite)
        let xScale = Scale(from: 0, to: max(xs.max() ?? 1, 1e-9), isWhole: xs.allSatisfy(\.isWhole))
        let yScale =
            startsAtZero
            ? Scale(from: 0, to: max((ys.max() ?? 1) * 1.04, 1e-300), isWhole: false)
            : Scale(fitting: ys, y.scale, goal: y.goal)
        let yTicks = yScale.ticks(atMost: 8)
        let left = PlotSize.margin + PlotSize.label + 22 + Axes.widest(yTicks)
        return Axes(
            frame: Frame(
                left: left, top: top, width: width - left - PlotSize.margin - 8, height: 380),
            x: xScale, y: yScale, xTicks: xScale.ticks(atMost: 8), yTicks: yTicks)
    }

    private func draw(
        _ series: Series, number index: Int, axes: Axes, in svg: inout SVGWriter
    ) {
        let corners = corners(of: series, axes)
        guard let first = corners.first, let last = corners.last else { return }
        if self.series.count == 1, startsAtZero {
            svg.markup("<path class=\"shade\" d=\"M")
            svg.pair(first.x, axes.frame.bottom)
            for corner in corners { line(to: corner, &svg) }
            svg.markup("L")
            svg.pair(last.x, axes.frame.bottom)
            svg.markup("Z\"/>\n")
        }
        svg.markup("<path class=\"line bold series-\(index)\" d=\"M")
        svg.pair(first.x, first.y)
        for corner in corners.dropFirst() { line(to: corner, &svg) }
        svg.markup("\"><title>\(escaped(series.name))</title></path>\n")
    }

    private func line(to corner: (x: Double, y: Double), _ svg: inout SVGWriter) {
        svg.markup("L")
        svg.pair(corner.x, corner.y)
    }

    /// The corners of the line in pixels.
    private func corners(of series: Series, _ axes: Axes) -> [(x: Double, y: Double)] {
        var corners: [(x: Double, y: Double)] = []
        var height = startsAtZero ? axes.pixelY(0) : nil
        if let height { corners.append((axes.pixelX(0), height)) }
        for step in series.steps where step.x.isFinite && step.y.isFinite {
            let (x, y) = (axes.pixelX(step.x), axes.pixelY(step.y))
            // A step that no eye tells from the one before moves that one.
            if let last = corners.last, corners.count > 2, x - last.x < 0.2 {
                corners[corners.count - 1].y = y
            } else {
                if let height { corners.append((x, height)) }
                corners.append((x, y))
            }
            height = y
        }
        if let height, !series.steps.isEmpty { corners.append((axes.pixelX(series.end), height)) }
        return series.steps.isEmpty ? [] : corners
    }
}

extension Double {
    fileprivate var isWhole: Bool { self == rounded() && magnitude < 1e9 }
}
