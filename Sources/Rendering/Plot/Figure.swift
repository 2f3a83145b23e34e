/// What is drawn along one direction of a panel.
enum Variable: Equatable {
    case resource
    case objective(Int)
}

/// A rectangle in pixels; y grows downwards.
struct Frame: Equatable {
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }
}

/// One pair of axes and where it stands.
struct Panel {
    let x: Variable
    let y: Variable
    let xScale: Scale
    let yScale: Scale
    let xTicks: [Tick]
    let yTicks: [Tick]
    let frame: Frame
    /// Labels stand at the panels of the diagonal only; the others of a row and of a column share
    /// their axes.
    let isLabelled: Bool

    func pixelX(_ value: Double) -> Double { frame.left + xScale.position(value) * frame.width }
    func pixelY(_ value: Double) -> Double { frame.bottom - yScale.position(value) * frame.height }
}

/// A plot with everything measured and placed, ready to be drawn.
struct Figure {
    let plot: ScatterPlot
    /// Indices of the points that are drawn, those on the front last.
    let shown: [Int]
    let front: [Int]
    let panels: [Panel]
    /// How many points lie beyond the end of an axis, and are drawn at it.
    let beyond: Int
    let width: Double
    let height: Double

    static let tickSize = 12.0
    static let labelSize = 13.0
    static let titleSize = 17.0
    static let margin = 24.0
    private static let top = 82.0
    private static let bottom = 54.0
    private static let noteHeight = 22.0

    init(_ plot: ScatterPlot) {
        self.plot = plot
        let isDrawable = { (point: ScatterPlot.Point) in
            point.objectives.allSatisfy(\.isFinite)
                && (plot.objectives.count > 1 || point.resource.isFinite)
        }
        shown = plot.points.indices.filter { isDrawable(plot.points[$0]) }
        front = shown.filter { plot.points[$0].isOnFront }

        let scales = Scales(plot, shown)
        let side = max(1, plot.objectives.count - 1)
        let size = side == 1 ? (width: 620.0, height: 380.0) : Self.panelSize(side)
        // Rows further apart than columns, because labels of ticks meet between them.
        let gap = (x: 18.0, y: 30.0)
        let pairs: [(row: Int, column: Int)] = (0..<side).flatMap { row in
            (row..<side).map { (row, $0) }
        }
        let tickLimit = (x: max(4, Int(size.width / 75)), y: max(4, Int(size.height / 45)))
        let yTicks = (0..<side).map { scales.y($0).ticks(atMost: tickLimit.y) }
        let widest = yTicks.joined().map { textWidth($0.label, Self.tickSize) }.max() ?? 0
        let left = Self.margin + Self.labelSize + 12 + widest + 10
        panels = pairs.map { row, column in
            let x = scales.x(column)
            return Panel(
                x: plot.objectives.count == 1 ? .resource : .objective(column + 1),
                y: .objective(row), xScale: x, yScale: scales.y(row),
                xTicks: x.ticks(atMost: tickLimit.x), yTicks: yTicks[row],
                frame: Frame(
                    left: left + Double(column) * (size.width + gap.x),
                    top: Self.top + Double(row) * (size.height + gap.y),
                    width: size.width, height: size.height),
                isLabelled: row == column)
        }
        width = left + Double(side) * (size.width + gap.x) - gap.x + Self.margin + 8
        let panelsHeight = Double(side) * (size.height + gap.y) - gap.y
        beyond = shown.count { scales.isBeyond(plot.points[$0]) }
        let isComplete = shown.count == plot.points.count && beyond == 0
        height = Self.top + panelsHeight + Self.bottom + (isComplete ? 0 : Self.noteHeight)
    }

    /// Wide enough for ticks, and narrow enough for the whole to fit a page.
    private static func panelSize(_ side: Int) -> (width: Double, height: Double) {
        let width = max(170, min(320, 900 / Double(side)))
        return (width, width * 0.75)
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

    func x(_ column: Int) -> Scale { resource ?? objectives[column + 1] }
    func y(_ row: Int) -> Scale { objectives[row] }

    /// Whether a point lies beyond the end of an axis.
    func isBeyond(_ point: ScatterPlot.Point) -> Bool {
        !zip(objectives, point.objectives).allSatisfy { $0.contains($1) }
    }
}

/// About how wide a text is, in pixels, in whatever sans-serif type the reader has.
func textWidth(_ text: String, _ size: Double) -> Double {
    Double(displayWidth(text)) * size * 0.56
}

/// The beginning of a text that fits, with an ellipsis where something is cut off.
func shortened(_ text: String, to width: Double, _ size: Double) -> String {
    guard textWidth(text, size) > width else { return text }
    var text = text
    while !text.isEmpty, textWidth(text, size) > width - size { text.removeLast() }
    return text + "…"
}
