/// A plot of parallel coordinates with everything measured and placed.
struct ParallelFigure {
    private let plot: ParallelPlot
    private let lines: [ParallelPlot.Line]
    private let scales: [Scale?]
    private let frame: Frame
    private let step: Double
    private let legend: [LegendEntry]
    private let notes: [String]
    private var width: Double { frame.right + 40 + PlotSize.margin }

    private static let lineLimit = 1_500
    private static let markedLimit = 500

    init(_ plot: ParallelPlot) {
        self.plot = plot
        let marked = plot.lines.filter(\.isMarked)
        lines =
            thinned(plot.lines.filter { !$0.isMarked }, to: Self.lineLimit)
            + thinned(marked, to: Self.markedLimit)
        scales = plot.axes.indices.map { index in
            guard plot.axes[index].words.isEmpty else { return nil }
            let numbers = Self.numbers(plot.lines, index)
            guard !numbers.isEmpty else { return nil }
            return Scale(
                fitting: numbers, needed: Self.numbers(marked, index),
                axis: plot.axes[index].axis)
        }
        let gaps = Double(max(1, plot.axes.count - 1))
        step = max(96, min(190, 760 / gaps))
        legend = Self.legend(plot, marked: marked.count)
        let beside = 78.0
        let width = beside + step * gaps + 40 + 2 * PlotSize.margin
        let top = Sheet.top(legend, width: width) + 40
        frame = Frame(
            left: PlotSize.margin + beside, top: top, width: step * gaps, height: 320)
        let sample =
            lines.count < plot.lines.count
            ? ["\(lines.count) of \(counted(plot.lines.count, "trial")) drawn, evenly chosen"] : []
        notes =
            sample + (plot.axes.isEmpty ? ["There is nothing to compare yet."] : []) + plot.notes
    }

    /// Where lines cross an axis of numbers.
    private static func numbers(_ lines: [ParallelPlot.Line], _ index: Int) -> [Double] {
        lines.compactMap { line in
            guard case .number(let number) = line.values[index], number.isFinite else {
                return nil
            }
            return number
        }
    }

    func svg() -> String {
        Sheet(
            title: plot.title, summary: summary, width: width,
            height: frame.bottom + 46 + Sheet.noteHeight(notes.count), legend: legend,
            notes: notes
        ).svg { svg in
            drawLines(isMarked: false, &svg)
            drawLines(isMarked: true, &svg)
            for index in plot.axes.indices { drawAxis(index, &svg) }
        }
    }

    private var summary: String {
        "\(counted(plot.lines.count, "trial")) across "
            + plot.axes.map(\.axis.label).joined(separator: ", ")
    }

    private static func legend(_ plot: ParallelPlot, marked: Int) -> [LegendEntry] {
        let others = plot.lines.count - marked
        let hasNone = plot.lines.contains { line in
            line.values.contains { if case .none = $0 { true } else { false } }
        }
        return [
            others > 0
                ? LegendEntry(
                    .line("line others"), counted(others, marked > 0 ? "other trial" : "trial"))
                : nil,
            marked > 0 ? LegendEntry(.line("line marked"), "\(marked) \(plot.marked)") : nil,
            hasNone ? LegendEntry(.sign("∅"), "has no such value") : nil,
        ].compactMap(\.self)
    }

    // MARK: Places

    private func x(_ index: Int) -> Double { frame.left + Double(index) * step }

    private func y(_ index: Int, _ value: ParallelPlot.Value) -> Double {
        let below = frame.bottom + 18
        switch value {
        case .number(let number):
            guard number.isFinite, let scale = scales[index] else { return below }
            return frame.bottom - scale.position(number) * frame.height
        case .word(let word):
            guard let place = plot.axes[index].words.firstIndex(of: word) else { return below }
            return wordY(index, place)
        case .none: return below
        }
    }

    private func wordY(_ index: Int, _ place: Int) -> Double {
        frame.bottom
            - (Double(place) + 0.5) / Double(plot.axes[index].words.count) * frame.height
    }

    // MARK: Drawing

    private func drawLines(isMarked: Bool, _ svg: inout SVGWriter) {
        let own = lines.filter { $0.isMarked == isMarked }
        guard plot.axes.count > 1, !own.isEmpty else { return }
        let opacity =
            isMarked
            ? max(0.35, min(0.95, 40 / Double(own.count)))
            : max(0.06, min(0.5, 45 / Double(own.count)))
        let style = isMarked ? "line marked" : "line others"
        svg.markup("<g class=\"\(style)\" stroke-opacity=\"\(fixed(opacity, decimals: 2))\">\n")
        for line in own {
            svg.markup("<path d=\"")
            for index in plot.axes.indices {
                svg.markup(index == 0 ? "M" : "L")
                svg.pair(x(index), y(index, line.values[index]))
            }
            svg.markup(isMarked ? "\"><title>trial \(line.trial)</title></path>\n" : "\"/>\n")
        }
        svg.markup("</g>\n")
    }

    private func drawAxis(_ index: Int, _ svg: inout SVGWriter) {
        let axis = plot.axes[index]
        svg.markup("<path class=\"frame\" d=\"M")
        svg.pair(crisp(x(index)), frame.top)
        svg.markup("v")
        svg.number(frame.height)
        svg.markup("\"/>\n")
        for (label, y) in ticks(index) {
            svg.text(
                shortened(label, to: min(step - 14, 74), PlotSize.tick), x: x(index) - 6,
                y: y + 4, "class=\"tick halo\" text-anchor=\"end\"")
        }
        if plot.lines.contains(where: { if case .none = $0.values[index] { true } else { false } })
        {
            svg.text(
                "∅", x: x(index), y: frame.bottom + 36, "class=\"tick\" text-anchor=\"middle\"")
        }
        // Two heights, so that names have the room of two gaps.
        let isLow = index.isMultiple(of: 2)
        svg.text(
            axis.axis.shortTitle(room: 2 * step - 24), x: x(index),
            y: frame.top - (isLow ? 12 : 30), "class=\"label\" text-anchor=\"middle\"")
    }

    private func ticks(_ index: Int) -> [(label: String, y: Double)] {
        if let scale = scales[index] {
            return scale.ticks(atMost: 7).map { tick in
                (tick.label, frame.bottom - scale.position(tick.value) * frame.height)
            }
        }
        let words = plot.axes[index].words
        return thinned(Array(words.indices), to: 16).map { (words[$0], wordY(index, $0)) }
    }
}
