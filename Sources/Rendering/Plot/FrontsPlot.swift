/// The fronts of several studies over one another, a panel for each pair of objectives.
package struct FrontsPlot: Sendable {
    /// One front.
    package struct Front: Sendable {
        /// What it is called in the legend.
        package let name: String
        /// Its points: one value for each objective.
        package let points: [[Double]]

        /// A front of these points.
        package init(name: String, points: [[Double]]) { (self.name, self.points) = (name, points) }
    }

    /// What stands above the plot.
    package let title: String
    /// At least two.
    package let objectives: [ScatterPlot.Axis]
    /// Five at most.
    package let fronts: [Front]

    /// A plot of these fronts.
    package init(title: String, objectives: [ScatterPlot.Axis], fronts: [Front]) {
        precondition(objectives.count > 1, "fronts of fewer than two objectives")
        (self.title, self.objectives, self.fronts) = (title, objectives, fronts)
    }

    /// The plot as one self-contained SVG file.
    package func svg() -> String {
        let legend = fronts.enumerated().map { index, front in
            LegendEntry(.series(index), "\(front.name) (\(front.points.count))")
        }
        let scales = objectives.indices.map { index in
            Scale(
                fitting: fronts.flatMap { $0.points.map { $0[index] } }.filter(\.isFinite),
                objectives[index].scale, goal: nil)
        }
        let grid = PairGrid(
            x: Array(scales.dropFirst()), y: Array(scales.dropLast()),
            top: Sheet.top(legend, width: 732))
        let summary = fronts.map { "\($0.name): \(counted($0.points.count, "point"))" }
        return Sheet(
            title: title, summary: summary.joined(separator: "; "), width: grid.width,
            height: grid.bottom + 54, legend: legend
        ).svg { svg in
            for cell in grid.cells { draw(cell, &svg) }
        }
    }

    private func draw(_ cell: PairGrid.Cell, _ svg: inout SVGWriter) {
        cell.axes.draw(&svg)
        if cell.isLabelled {
            cell.axes.label(
                x: objectives[cell.column + 1], y: objectives[cell.row], in: &svg)
        }
        for (index, front) in fronts.enumerated() {
            let points = front.points.filter { $0.allSatisfy(\.isFinite) }
            if objectives.count == 2 {
                drawStairs(through: points, series: index, axes: cell.axes, in: &svg)
            }
            svg.markup("<path class=\"point series-\(index)\" d=\"")
            for point in points {
                // The first are larger, so that they are seen where others have the same point.
                LegendEntry.Mark.addPoint(
                    index, size: 0.9 + 0.22 * Double(fronts.count - 1 - index),
                    x: cell.axes.pixelX(point[cell.column + 1]),
                    y: cell.axes.pixelY(point[cell.row]), to: &svg)
            }
            svg.markup("\"><title>\(escaped(front.name))</title></path>\n")
        }
    }

    private func drawStairs(
        through points: [[Double]], series index: Int, axes: Axes, in svg: inout SVGWriter
    ) {
        guard let xGoal = objectives[1].goal, let yGoal = objectives[0].goal, !points.isEmpty
        else { return }
        let stairs = Staircase(
            through: points.map { (x: axes.x.position($0[1]), y: axes.y.position($0[0])) },
            xGoal: xGoal, yGoal: yGoal)
        svg.markup("<path class=\"line series-\(index)\" d=\"")
        for (step, corner) in stairs.line.enumerated() {
            svg.markup(step == 0 ? "M" : "L")
            svg.pair(
                axes.frame.left + corner.x * axes.frame.width,
                axes.frame.bottom - corner.y * axes.frame.height)
        }
        svg.markup("\"/>\n")
    }
}
