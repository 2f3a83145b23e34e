/// A plot of rungs with everything measured and placed.
struct RungFigure {
    private enum Line {
        case name(String)
        case rung(RungPlot.Rung)
        case end(level: String, spent: String)
    }

    private let plot: RungPlot
    private let lines: [Line]
    private let left: Double
    private let most: Int
    private let legend: [LegendEntry]

    private static let width = 732.0
    private static let lineHeight = 28.0
    /// Where the bars end, and where the resource that was spent ends.
    private static let (barsRight, spentRight) = (560.0, width - PlotSize.margin)

    init(_ plot: RungPlot) {
        self.plot = plot
        lines = plot.brackets.flatMap { bracket -> [Line] in
            (bracket.name.isEmpty ? [] : [.name(bracket.name)]) + bracket.rungs.map(Line.rung)
                + [.end(level: bracket.end.level, spent: bracket.end.spent)]
        }
        let levels = plot.brackets.flatMap { $0.rungs.map(\.level) + [$0.end.level] }
        let widest = levels.map { textWidth($0, PlotSize.label) }.max() ?? 0
        left = PlotSize.margin + max(widest, min(120, textWidth(plot.resource, 12))) + 12
        let parts = [
            ("continued", "completed", \RungPlot.Rung.continued), ("paused", "paused", \.paused),
            ("stopped", "stopped", \.stopped),
        ]
        legend = parts.compactMap { word, style, count in
            plot.brackets.contains { $0.rungs.contains { $0[keyPath: count] > 0 } }
                ? LegendEntry(.square("area \(style)"), word) : nil
        }
        most = max(1, plot.brackets.flatMap { $0.rungs.map(\.trials) }.max() ?? 1)
    }

    func svg() -> String {
        let top = Sheet.top(legend, width: Self.width) + 26
        let notes = plot.brackets.allSatisfy { $0.rungs.isEmpty } ? ["There is no rung."] : []
        return Sheet(
            title: plot.title, summary: summary, width: Self.width,
            height: top + Double(lines.count) * Self.lineHeight + 20
                + Sheet.noteHeight(notes.count),
            legend: legend, notes: notes
        ).svg { svg in
            drawHead(y: top - 10, &svg)
            for (index, line) in lines.enumerated() {
                draw(line, top: top + Double(index) * Self.lineHeight, &svg)
            }
        }
    }

    private var summary: String {
        plot.brackets.flatMap { bracket in
            bracket.rungs.map { rung in
                "\(plot.resource) \(rung.level): \(counted(rung.trials, "trial")), "
                    + "\(rung.continued) continued, \(rung.paused) paused, \(rung.stopped) stopped"
            }
        }.joined(separator: "; ")
    }

    private func drawHead(y: Double, _ svg: inout SVGWriter) {
        svg.text(
            shortened(plot.resource, to: left - PlotSize.margin - 10, 12), x: left - 10, y: y,
            "class=\"tick\" text-anchor=\"end\"")
        svg.text("trials", x: left, y: y, "class=\"tick\"")
        svg.text(
            shortened("\(plot.resource)s spent", to: 110, 12), x: Self.spentRight, y: y,
            "class=\"tick\" text-anchor=\"end\"")
    }

    private func draw(_ line: Line, top: Double, _ svg: inout SVGWriter) {
        let y = top + Self.lineHeight / 2 + 4.5
        switch line {
        case .name(let name):
            svg.text(name, x: PlotSize.margin, y: y, "class=\"head\"")
        case .rung(let rung):
            label(rung.level, spent: rung.spent, y: y, in: &svg)
            drawBar(rung, top: top + 3, &svg)
        case .end(let level, let spent):
            label(level, spent: spent, y: y, in: &svg)
            svg.text("the end", x: left, y: y, "class=\"tick\"")
        }
    }

    private func label(_ level: String, spent: String, y: Double, in svg: inout SVGWriter) {
        svg.text(level, x: left - 10, y: y, "class=\"label\" text-anchor=\"end\"")
        svg.text(spent, x: Self.spentRight, y: y, "class=\"label\" text-anchor=\"end\"")
    }

    private func drawBar(_ rung: RungPlot.Rung, top: Double, _ svg: inout SVGWriter) {
        let unit = (Self.barsRight - left) / Double(most)
        var x = left
        for (style, count) in rung.parts where count > 0 {
            let wide = Double(count) * unit
            svg.markup("<path class=\"area \(style)\" d=\"M")
            svg.pair(x, top)
            svg.markup("h")
            svg.number(max(1, wide - 1))
            svg.markup("v22h")
            svg.number(-max(1, wide - 1))
            svg.markup("z\"/>\n")
            if textWidth("\(count)", 12) + 6 <= wide {
                svg.text(
                    "\(count)", x: x + wide / 2, y: top + 15.5,
                    "class=\"inside\" text-anchor=\"middle\"")
            }
            x += wide
        }
        svg.text("\(rung.trials)", x: x + 8, y: top + 15.5, "class=\"tick\"")
    }
}
