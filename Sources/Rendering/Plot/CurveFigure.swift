/// A plot of curves with everything measured and placed.
struct CurveFigure {
    let plot: CurvePlot
    let curves: [CurvePlot.Curve]
    let panels: [Axes]
    private let columns: Int
    private let width: Double
    private let height: Double
    private let notes: [String]
    private let legend: [LegendEntry]

    init(_ plot: CurvePlot) {
        self.plot = plot
        curves = plot.drawn
        columns = plot.objectives.count < 2 ? 1 : plot.objectives.count < 5 ? 2 : 3
        let size = [1: (620.0, 380.0), 2: (400, 260), 3: (290, 200)][columns] ?? (620, 380)
        let x = Self.resourceScale(plot, curves)
        let xTicks = Self.resourceTicks(plot, x, width: size.0)
        let curves = curves
        let scales = plot.objectives.indices.map { index in
            Scale(
                fitting: curves.flatMap { $0.points.map { $0.values[index] } }
                    .filter(\.isFinite),
                needed: curves.filter(\.isOnFront)
                    .compactMap { $0.points.last?.values[index] }.filter(\.isFinite),
                axis: plot.objectives[index])
        }
        let yTicks = scales.map { $0.ticks(atMost: max(4, Int(size.1 / 45))) }
        let beside = 24 + PlotSize.label + (yTicks.map(Axes.widest).max() ?? 0)
        let rows = (scales.count + columns - 1) / columns
        width = max(
            480, PlotSize.margin + Double(columns) * (beside + size.0 + 20) + PlotSize.margin - 20)
        legend = Self.legend(plot, curves)
        let top = Sheet.top(legend, width: width)
        let columns = columns
        panels = scales.indices.map { index in
            Axes(
                frame: Frame(
                    left: PlotSize.margin + Double(index % columns) * (beside + size.0 + 20)
                        + beside,
                    top: top + Double(index / columns) * (size.1 + 62), width: size.0,
                    height: size.1),
                x: x, y: scales[index], xTicks: xTicks, yTicks: yTicks[index])
        }
        notes = Self.notes(of: plot, curves, scales)
        height = top + Double(rows) * (size.1 + 62) + Sheet.noteHeight(notes.count)
    }

    func svg() -> String {
        Sheet(
            title: plot.title, summary: summary, width: width, height: height, legend: legend,
            notes: notes
        ).svg { svg in
            for (index, axes) in panels.enumerated() {
                draw(index, axes: axes, in: &svg)
                axes.label(
                    x: .init(plot.resource), y: plot.objectives[index], in: &svg)
            }
        }
    }

    private var summary: String {
        let reports = plot.curves.reduce(0) { $0 + $1.points.count }
        let front = plot.curves.count(where: \.isOnFront)
        return "\(counted(reports, "report")) of \(counted(plot.curves.count, "trial")) over "
            + "\(plot.resource), \(counted(front, "trial")) on the front"
    }

    // MARK: The resource

    private static func resourceScale(_ plot: CurvePlot, _ curves: [CurvePlot.Curve]) -> Scale {
        let resources = curves.flatMap { $0.points.map(\.resource) }.filter(\.isFinite)
        let last = max(plot.maxResource, resources.max() ?? 1)
        let first = min(plot.rungs.first ?? last, resources.min() ?? 1)
        // Rungs stand at powers of the reduction factor, which a logarithm sets at even distances.
        let isLogarithmic = last >= 20 && first > 0
        return Scale(
            fitting: [isLogarithmic ? first : min(first, 0), last],
            isLogarithmic ? .logarithmic : .linear, goal: nil)
    }

    /// At the rungs and at the end, where there is room.
    private static func resourceTicks(_ plot: CurvePlot, _ x: Scale, width: Double) -> [Tick] {
        guard !plot.rungs.isEmpty else { return x.ticks(atMost: max(4, Int(width / 75))) }
        var ticks: [Tick] = []
        var left = Double.infinity
        for value in Set(plot.rungs + [plot.maxResource]).sorted(by: >) {
            let tick = Tick(value: value, label: readable(value))
            let (place, half) = (
                x.position(value) * width, textWidth(tick.label, PlotSize.tick) / 2
            )
            guard place + half + 6 < left else { continue }
            ticks.append(tick)
            left = place - half
        }
        return ticks.reversed()
    }

    // MARK: Words

    private static func legend(_ plot: CurvePlot, _ curves: [CurvePlot.Curve]) -> [LegendEntry] {
        let fates = TrialFate.allCases.compactMap { fate in
            let count = plot.curves.count { $0.fate == fate && !$0.points.isEmpty }
            return count == 0 ? nil : LegendEntry(.curve(fate), "\(count) \(fate.rawValue)")
        }
        let front = plot.curves.count(where: \.isOnFront)
        let bold =
            front == 0
            ? [] : [LegendEntry(.line("line bold ink"), "bold: \(front) on the front")]
        return fates + bold
            + (plot.rungs.isEmpty ? [] : [LegendEntry(.line("rung"), "rung")])
    }

    private static func notes(
        of plot: CurvePlot, _ curves: [CurvePlot.Curve], _ scales: [Scale]
    ) -> [String] {
        let all = plot.curves.count { !$0.points.isEmpty }
        let beyond = curves.reduce(0) { sum, curve in
            sum
                + curve.points.count { point in
                    zip(scales, point.values).contains { $1.isFinite && !$0.contains($1) }
                }
        }
        let silent = plot.curves.count - all
        return [
            curves.count < all
                ? "\(curves.count) of \(counted(all, "trial")) drawn, evenly chosen, with those on "
                    + "the front" : nil,
            beyond > 0 ? "\(counted(beyond, "report")) beyond an axis, drawn at its end" : nil,
            silent > 0 ? "\(counted(silent, "trial")) without a report" : nil,
        ].compactMap(\.self)
    }
}
