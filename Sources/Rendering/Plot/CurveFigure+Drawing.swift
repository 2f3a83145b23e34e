extension CurveFigure {
    /// Draws one panel, from the back to the front.
    func draw(_ objective: Int, axes: Axes, in svg: inout SVGWriter) {
        svg.markup("<g>\n")
        axes.draw(&svg)
        drawRungs(axes, &svg)
        for isOnFront in [false, true] {
            for fate in TrialFate.allCases {
                let own = curves.filter { $0.fate == fate && $0.isOnFront == isOnFront }
                drawCurves(own, objective: objective, axes: axes, in: &svg)
            }
        }
        svg.markup("</g>\n")
    }

    private func drawRungs(_ axes: Axes, _ svg: inout SVGWriter) {
        guard !plot.rungs.isEmpty else { return }
        svg.markup("<path class=\"rung\" d=\"")
        for rung in plot.rungs {
            svg.markup("M")
            svg.pair(crisp(axes.pixelX(rung)), axes.frame.top)
            svg.markup("v")
            svg.number(axes.frame.height)
        }
        svg.markup("\"/>\n")
    }

    /// Draws curves of one fate, all on the front or none.
    private func drawCurves(
        _ own: [CurvePlot.Curve], objective: Int, axes: Axes, in svg: inout SVGWriter
    ) {
        guard let first = own.first else { return }
        let opacity = first.isOnFront ? 1 : max(0.12, min(0.55, 40 / Double(curves.count)))
        let style = "line \(first.fate.rawValue)\(first.isOnFront ? " bold" : "")"
        svg.markup("<g class=\"\(style)\" stroke-opacity=\"\(fixed(opacity, decimals: 2))\">\n")
        for curve in own {
            svg.markup("<path d=\"")
            drawLine(curve, objective: objective, axes: axes, in: &svg)
            let name = "\"><title>trial \(curve.trial)</title></path>\n"
            svg.markup(first.isOnFront ? name : "\"/>\n")
        }
        svg.markup("</g>\n<path class=\"\(style)\" stroke-opacity=\"")
        svg.markup("\(fixed(min(1, opacity * 1.7), decimals: 2))\" d=\"")
        for curve in own {
            guard let end = curve.points.last, end.values[objective].isFinite else { continue }
            curve.fate.addMark(
                x: axes.pixelX(end.resource), y: axes.pixelY(end.values[objective]), to: &svg)
        }
        svg.markup("\"/>\n")
    }

    /// Adds a curve to a path. It is broken where a value is not finite; a report that stands alone is a
    /// dot.
    private func drawLine(
        _ curve: CurvePlot.Curve, objective: Int, axes: Axes, in svg: inout SVGWriter
    ) {
        var isDown = false
        for point in curve.points {
            guard point.values[objective].isFinite, point.resource.isFinite else {
                isDown = false
                continue
            }
            svg.markup(isDown ? "L" : "M")
            svg.pair(axes.pixelX(point.resource), axes.pixelY(point.values[objective]))
            if !isDown { svg.markup("h.01") }
            isDown = true
        }
    }
}
