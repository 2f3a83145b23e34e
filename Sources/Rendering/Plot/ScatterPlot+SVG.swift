extension ScatterPlot {
    /// The plot as one self-contained SVG file, light or dark as the reader prefers.
    ///
    /// - Complexity: O(n log n) for n points; about 12 bytes a point and panel.
    package func svg() -> String { Figure(self).svg() }
}

extension Figure {
    func svg() -> String {
        Sheet(
            title: plot.title, summary: summary, width: width, height: height, legend: legend,
            notes: [note].compactMap(\.self)
        ).svg { svg in
            for panel in panels { draw(panel, &svg) }
        }
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
            dots.count + front.count < shown.count
                ? "\(dots.count) of \(counted(shown.count - front.count, "other report")) drawn, "
                    + "evenly chosen" : nil,
        ].compactMap { $0 }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    private var legend: [LegendEntry] {
        let others = front.isEmpty ? "report" : "other report"
        let dots = LegendEntry(.dot("dots"), counted(shown.count - front.count, others))
        return front.isEmpty ? [dots] : [dots, LegendEntry(.diamond, "\(front.count) \(place)")]
    }
}
