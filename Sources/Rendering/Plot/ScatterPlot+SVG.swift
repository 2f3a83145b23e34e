extension ScatterPlot {
    /// The plot as one self-contained SVG file, light or dark as the reader prefers.
    ///
    /// - Complexity: O(n log n) for n points; about 12 bytes a point and panel.
    package func svg() -> String { Figure(self).svg() }
}

extension Figure {
    func svg() -> String {
        var svg = SVGWriter()
        svg.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 ")
        svg.pair(width.rounded(.up), height.rounded(.up))
        svg.markup("\" width=\"")
        svg.number(width.rounded(.up))
        svg.markup("\" height=\"")
        svg.number(height.rounded(.up))
        svg.markup("\" role=\"img\" aria-labelledby=\"plot-title plot-summary\">\n")
        svg.markup("<title id=\"plot-title\">\(escaped(plot.title))</title>\n")
        svg.markup("<desc id=\"plot-summary\">\(escaped(summary))</desc>\n")
        svg.markup("<style>\n\(plotStyle)</style>\n")
        svg.markup("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n")
        let room = width - 2 * Self.margin
        svg.text(
            shortened(plot.title, to: room, Self.titleSize), x: Self.margin, y: 34,
            "class=\"title\"")
        drawLegend(&svg)
        for panel in panels { draw(panel, &svg) }
        if let note {
            svg.text(note, x: Self.margin, y: height - 14, "class=\"note\"")
        }
        svg.markup("</svg>\n")
        return svg.text
    }

    /// What the plot says, in a sentence.
    var summary: String {
        let trials = Set(plot.points.map(\.trial)).count
        let reports = counted(plot.points.count, "report")
        let front = plot.points.count(where: \.isOnFront)
        return "\(reports) of \(counted(trials, "trial")), \(front) \(place)"
    }

    private var place: String { plot.objectives.count == 1 ? "best" : "on the Pareto front" }

    /// What the plot does not show, or not in its place.
    var note: String? {
        let reports = counted(plot.points.count, "report")
        let notes = [
            leftOut > 0 ? "\(leftOut) of \(reports) not shown: a value is not finite" : nil,
            beyond > 0 ? "\(beyond) of \(reports) beyond an axis, drawn at its end" : nil,
        ].compactMap { $0 }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    private func drawLegend(_ svg: inout SVGWriter) {
        var x = Self.margin + 4
        let y = 58.0
        func entry(_ text: String, _ svg: inout SVGWriter) {
            svg.text(text, x: x + 12, y: y + 4, "class=\"legend\"")
            x += 12 + textWidth(text, 12) + 28
        }
        svg.markup("<path class=\"dots\" stroke-width=\"7\" stroke-opacity=\"0.7\" d=\"M")
        svg.pair(x, y)
        svg.markup("h.01\"/>\n")
        let others = front.isEmpty ? "report" : "other report"
        entry(counted(shown.count - front.count, others), &svg)
        if front.isEmpty { return }
        svg.markup("<path class=\"front\" d=\"")
        diamond(x: x, y: y, in: &svg)
        svg.markup("\"/>\n")
        entry("\(front.count) \(place)", &svg)
    }
}

/// A number and its noun, which has an `s` where there are several.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// Adds the outline of a front's marker to a path.
func diamond(x: Double, y: Double, in svg: inout SVGWriter) {
    svg.markup("M")
    svg.pair(x, y - 6)
    svg.markup("l6 6-6 6-6-6z")
}
