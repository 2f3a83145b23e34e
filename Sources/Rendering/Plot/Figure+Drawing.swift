extension Figure {
    /// Draws one panel, from the back to the front.
    func draw(_ panel: Panel, _ svg: inout SVGWriter) {
        svg.markup("<g>\n")
        let stairs = staircase(panel)
        if let stairs { drawAttained(stairs, in: panel, to: &svg) }
        panel.axes.draw(&svg)
        if panel.isLabelled {
            panel.axes.label(x: axis(panel.x), y: axis(panel.y), in: &svg)
        }
        if panel.x == .resource { drawTrials(panel, &svg) }
        drawDots(panel, &svg)
        if let stairs { drawLine(stairs, in: panel, to: &svg) }
        drawFront(panel, &svg)
        drawMarks(panel, &svg)
        svg.markup("</g>\n")
    }

    // MARK: Points

    private func position(_ index: Int, _ panel: Panel) -> (x: Double, y: Double) {
        let point = plot.points[index]
        return (panel.pixelX(value(panel.x, of: point)), panel.pixelY(value(panel.y, of: point)))
    }

    /// Draws the points that are not on the front, each as a line without length and with round
    /// ends, which is the shortest a dot can be written.
    ///
    /// Dots of one path do not add up where they overlap, so that density would not show; so
    /// neighbours in time go to different ones of at most 400 paths.
    private func drawDots(_ panel: Panel, _ svg: inout SVGWriter) {
        let (size, opacity) =
            switch dots.count {
            case ...500: (6.0, 0.5)
            case ...5_000: (4.5, 0.4)
            case ...50_000: (3.0, 0.3)
            default: (2.0, 0.25)
            }
        svg.markup("<g class=\"dots\" stroke-width=\"\(size)\" stroke-opacity=\"\(opacity)\">\n")
        let pathCount = min(dots.count, 400)
        for path in 0..<pathCount {
            svg.markup("<path d=\"")
            for index in stride(from: path, to: dots.count, by: pathCount) {
                let (x, y) = position(dots[index], panel)
                svg.markup("M")
                svg.pair(x, y)
                svg.markup("h.01")
            }
            svg.markup("\"/>\n")
        }
        svg.markup("</g>\n")
    }

    private func drawTrials(_ panel: Panel, _ svg: inout SVGWriter) {
        let lines = Dictionary(grouping: shown) { plot.points[$0].trial }
        for (_, indices) in lines.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
            svg.markup("<path class=\"trial\" d=\"")
            for (step, index) in indices.enumerated() {
                svg.markup(step == 0 ? "M" : "L")
                let (x, y) = position(index, panel)
                svg.pair(x, y)
            }
            svg.markup("\"/>\n")
        }
    }

    /// Draws the front's points, each with what it is, for the reader who points at it; without
    /// that where they are so many that the file would become large.
    private func drawFront(_ panel: Panel, _ svg: inout SVGWriter) {
        let isNamed = front.count <= 1_000
        svg.markup("<g class=\"front\">\n")
        if !isNamed { svg.markup("<path d=\"") }
        for index in front {
            let (x, y) = position(index, panel)
            if isNamed { svg.markup("<path d=\"") }
            addDiamond(x: x, y: y, to: &svg)
            if isNamed {
                svg.markup("\"><title>\(escaped(describe(plot.points[index])))</title></path>\n")
            }
        }
        if !isNamed { svg.markup("\"/>\n") }
        svg.markup("</g>\n")
    }

    private func describe(_ point: ScatterPlot.Point) -> String {
        let values = zip(plot.objectives, point.objectives).map { axis, value in
            "\(axis.label) \(readable(value))"
        }
        let resource = "\(plot.resource.label) \(readable(point.resource))"
        return "trial \(point.trial), \(resource): " + values.joined(separator: ", ")
    }

    /// Writes the words beside the points that have one, on the side where there is room.
    private func drawMarks(_ panel: Panel, _ svg: inout SVGWriter) {
        for index in shown {
            guard let mark = plot.points[index].label else { continue }
            let (x, y) = position(index, panel)
            let isLeft = x + 12 + textWidth(mark, 12) < panel.frame.right
            svg.text(
                mark, x: isLeft ? x + 10 : x - 10, y: y - 8,
                "class=\"mark\" text-anchor=\"\(isLeft ? "start" : "end")\"")
        }
    }

    // MARK: The border of the front

    /// The front's border, where the panel shows all objectives and so the whole truth.
    private func staircase(_ panel: Panel) -> Staircase? {
        guard plot.objectives.count == 2, !front.isEmpty, let xGoal = axis(panel.x).goal,
            let yGoal = axis(panel.y).goal
        else { return nil }
        let points = front.map { index in
            let point = plot.points[index]
            return (
                x: panel.axes.x.position(value(panel.x, of: point)),
                y: panel.axes.y.position(value(panel.y, of: point))
            )
        }
        return Staircase(through: points, xGoal: xGoal, yGoal: yGoal)
    }

    private func drawAttained(_ stairs: Staircase, in panel: Panel, to svg: inout SVGWriter) {
        svg.markup("<path class=\"attained\" d=\"")
        outline(stairs.line + [stairs.worst], in: panel, to: &svg)
        svg.markup("Z\"/>\n")
    }

    private func drawLine(_ stairs: Staircase, in panel: Panel, to svg: inout SVGWriter) {
        svg.markup("<path class=\"stairs\" d=\"")
        outline(stairs.line, in: panel, to: &svg)
        svg.markup("\"/>\n")
    }

    private func outline(
        _ corners: [(x: Double, y: Double)], in panel: Panel, to svg: inout SVGWriter
    ) {
        let frame = panel.frame
        for (step, corner) in corners.enumerated() {
            svg.markup(step == 0 ? "M" : "L")
            svg.pair(frame.left + corner.x * frame.width, frame.bottom - corner.y * frame.height)
        }
    }
}
