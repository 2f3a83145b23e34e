/// A rectangle in pixels; y grows downwards.
struct Frame: Equatable {
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }
}

/// A pair of axes: where it stands, its scales and its marks.
struct Axes {
    let frame: Frame
    let x: Scale
    let y: Scale
    let xTicks: [Tick]
    let yTicks: [Tick]

    func pixelX(_ value: Double) -> Double { frame.left + x.position(value) * frame.width }
    func pixelY(_ value: Double) -> Double { frame.bottom - y.position(value) * frame.height }

    /// How wide the labels of the ticks beside the axes are.
    var widestTick: Double { Self.widest(yTicks) }

    static func widest(_ ticks: [Tick]) -> Double {
        ticks.map { textWidth($0.label, PlotSize.tick) }.max() ?? 0
    }

    /// Draws the grid and the two lines.
    func draw(_ svg: inout SVGWriter) {
        svg.markup("<path class=\"grid\" d=\"")
        for tick in xTicks {
            svg.markup("M")
            svg.pair(crisp(pixelX(tick.value)), frame.top)
            svg.markup("v")
            svg.number(frame.height)
        }
        for tick in yTicks {
            svg.markup("M")
            svg.pair(frame.left, crisp(pixelY(tick.value)))
            svg.markup("h")
            svg.number(frame.width)
        }
        svg.markup("\"/>\n<path class=\"frame\" d=\"M")
        svg.pair(crisp(frame.left), frame.top)
        svg.markup("V")
        svg.number(crisp(frame.bottom))
        svg.markup("H")
        svg.number(frame.right)
        svg.markup("\"/>\n")
    }

    /// Writes the ticks and the names of both axes; nil for a direction that has none.
    func label(x xAxis: ScatterPlot.Axis?, y yAxis: ScatterPlot.Axis?, in svg: inout SVGWriter) {
        if let xAxis { labelX(xAxis, &svg) }
        if let yAxis { labelY(yAxis, &svg) }
    }

    private func labelX(_ axis: ScatterPlot.Axis, _ svg: inout SVGWriter) {
        for tick in xTicks {
            svg.text(
                tick.label, x: pixelX(tick.value), y: frame.bottom + 17,
                "class=\"tick\" text-anchor=\"middle\"")
        }
        svg.text(
            axis.title(room: frame.width), x: frame.left + frame.width / 2, y: frame.bottom + 40,
            "class=\"label\" text-anchor=\"middle\"")
    }

    private func labelY(_ axis: ScatterPlot.Axis, _ svg: inout SVGWriter) {
        for tick in yTicks {
            svg.text(
                tick.label, x: frame.left - 7, y: pixelY(tick.value) + 4,
                "class=\"tick\" text-anchor=\"end\"")
        }
        svg.markup("<g transform=\"translate(")
        svg.pair(frame.left - 10 - widestTick - 12, frame.top + frame.height / 2)
        svg.markup(") rotate(-90)\">")
        svg.text(
            axis.title(room: frame.height), x: 0, y: 0, "class=\"label\" text-anchor=\"middle\"")
        svg.markup("</g>\n")
    }
}

extension ScatterPlot.Axis {
    /// The name of the axis and which end is better, as far as there is room.
    func title(room: Double, size: Double = PlotSize.label) -> String {
        guard let goal else { return shortened(label, to: room, size) }
        let long = "\(label) (\(goal == .higher ? "higher" : "lower") is better)"
        return textWidth(long, size) <= room ? long : shortTitle(room: room, size: size)
    }

    /// The name with an arrow to the better end.
    func shortTitle(room: Double, size: Double = PlotSize.label) -> String {
        let arrow = goal.map { $0 == .higher ? " ↑" : " ↓" } ?? ""
        return shortened(label, to: arrow.isEmpty ? room : room - 2 * size, size) + arrow
    }
}

/// In the middle of a pixel, where a thin line is sharp.
func crisp(_ position: Double) -> Double { position.rounded(.down) + 0.5 }
