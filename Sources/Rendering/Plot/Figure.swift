/// What is drawn along one direction of a panel.
enum Variable: Equatable {
    case resource
    case objective(Int)
}

/// One pair of axes and what it shows.
struct Panel {
    let x: Variable
    let y: Variable
    let axes: Axes
    /// Labels stand at the panels of the diagonal only; the others of a row and of a column share
    /// their axes.
    let isLabelled: Bool

    var frame: Frame { axes.frame }
    func pixelX(_ value: Double) -> Double { axes.pixelX(value) }
    func pixelY(_ value: Double) -> Double { axes.pixelY(value) }
}

/// A plot with everything measured and placed, ready to be drawn.
struct Figure {
    let plot: ScatterPlot
    /// Indices of the points that are drawn, those on the front last.
    let shown: [Int]
    let front: [Int]
    let panels: [Panel]
    /// Indices of the points that are drawn as dots: an even sample where they are too many.
    let dots: [Int]
    /// How many points lie beyond the end of an axis, and are drawn at it.
    let beyond: Int
    let width: Double
    let height: Double

    private static let top = 82.0
    private static let bottom = 54.0
    /// So many dots are drawn at most, in all panels together.
    private static let dotLimit = 100_000

    init(_ plot: ScatterPlot) {
        self.plot = plot
        let isDrawable = { (point: ScatterPlot.Point) in
            point.objectives.allSatisfy(\.isFinite)
                && (plot.objectives.count > 1 || point.resource.isFinite)
        }
        shown = plot.points.indices.filter { isDrawable(plot.points[$0]) }
        front = shown.filter { plot.points[$0].isOnFront }

        let scales = Scales(plot, shown)
        let grid = PairGrid(x: scales.columns, y: scales.rows, top: Self.top)
        panels = grid.cells.map { cell in
            Panel(
                x: plot.objectives.count == 1 ? .resource : .objective(cell.column + 1),
                y: .objective(cell.row), axes: cell.axes, isLabelled: cell.isLabelled)
        }
        width = grid.width
        beyond = shown.count { scales.isBeyond(plot.points[$0]) }
        dots = thinned(
            shown.filter { !plot.points[$0].isOnFront }, to: Self.dotLimit / panels.count)
        let isComplete =
            shown.count == plot.points.count && beyond == 0
            && dots.count + front.count == shown.count
        height = grid.bottom + Self.bottom + Sheet.noteHeight(isComplete ? 0 : 1)
    }

    /// How many points have no place on the axes.
    var leftOut: Int { plot.points.count - shown.count }

    func axis(_ variable: Variable) -> ScatterPlot.Axis {
        switch variable {
        case .resource: plot.resource
        case .objective(let index): plot.objectives[index]
        }
    }

    func value(_ variable: Variable, of point: ScatterPlot.Point) -> Double {
        switch variable {
        case .resource: point.resource
        case .objective(let index): point.objectives[index]
        }
    }
}

/// One scale for each variable, however many panels show it.
private struct Scales {
    private let resource: Scale?
    private let objectives: [Scale]

    init(_ plot: ScatterPlot, _ shown: [Int]) {
        objectives = plot.objectives.indices.map { index in
            Scale(
                fitting: shown.map { plot.points[$0].objectives[index] },
                plot.objectives[index].scale, goal: plot.objectives[index].goal)
        }
        resource =
            plot.objectives.count > 1
            ? nil
            : Scale(
                fitting: shown.map { plot.points[$0].resource }, plot.resource.scale, goal: nil)
    }

    /// One for each column of panels, and one for each row.
    var columns: [Scale] { resource.map { [$0] } ?? Array(objectives.dropFirst()) }
    var rows: [Scale] { Array(objectives.prefix(columns.count)) }

    /// Whether a point lies beyond the end of an axis.
    func isBeyond(_ point: ScatterPlot.Point) -> Bool {
        !zip(objectives, point.objectives).allSatisfy { $0.contains($1) }
    }
}
