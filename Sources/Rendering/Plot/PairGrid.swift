/// A panel for each pair of scales: those of one row share what is upwards, those of one column what is
/// to the right. One scale alone stands against another quantity.
struct PairGrid {
    /// A pair and its axes.
    struct Cell {
        let row: Int
        let column: Int
        let axes: Axes

        /// Labels stand at the panels of the diagonal only; the others share their axes.
        var isLabelled: Bool { row == column }
    }

    let cells: [Cell]
    let width: Double
    /// Where the lowest panel ends.
    let bottom: Double

    /// - Parameters:
    ///   - x: the scales of the columns; the panels stand on and above the diagonal.
    ///   - y: the scales of the rows, as many.
    init(x: [Scale], y: [Scale], top: Double) {
        let side = x.count
        let size = side == 1 ? (width: 620.0, height: 380.0) : Self.panelSize(side)
        // Rows further apart than columns, because labels of ticks meet between them.
        let gap = (x: 18.0, y: 30.0)
        let limit = (x: max(4, Int(size.width / 75)), y: max(4, Int(size.height / 45)))
        let yTicks = y.map { $0.ticks(atMost: limit.y) }
        let left =
            PlotSize.margin + PlotSize.label + 22 + (yTicks.map(Axes.widest).max() ?? 0)
        let pairs: [(row: Int, column: Int)] = (0..<side).flatMap { row in
            (row..<side).map { (row, $0) }
        }
        cells = pairs.map { row, column in
            let frame = Frame(
                left: left + Double(column) * (size.width + gap.x),
                top: top + Double(row) * (size.height + gap.y), width: size.width,
                height: size.height)
            return Cell(
                row: row, column: column,
                axes: Axes(
                    frame: frame, x: x[column], y: y[row],
                    xTicks: x[column].ticks(atMost: limit.x), yTicks: yTicks[row]))
        }
        width = left + Double(side) * (size.width + gap.x) - gap.x + PlotSize.margin + 8
        bottom = top + Double(side) * (size.height + gap.y) - gap.y
    }

    /// Wide enough for ticks, and narrow enough for the whole to fit a page.
    private static func panelSize(_ side: Int) -> (width: Double, height: Double) {
        let width = max(170, min(320, 900 / Double(side)))
        return (width, width * 0.75)
    }
}
