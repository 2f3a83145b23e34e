/// Who had a slot when; slots that stand empty are seen.
package struct TimelinePlot: Sendable {
    /// A trial in a slot.
    package struct Span: Sendable {
        /// The trial's number.
        package let trial: Int
        /// What became of the trial then.
        package let fate: TrialFate
        /// The slot, from 0.
        package let slot: Int
        /// When it got the slot, and when it gave it back.
        package let time: ClosedRange<Int>

        /// A trial in a slot.
        package init(trial: Int, fate: TrialFate, slot: Int, time: ClosedRange<Int>) {
            (self.trial, self.fate, self.slot, self.time) = (trial, fate, slot, time)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// How many slots there are.
    package let slots: Int
    /// In the order of their beginnings.
    package let spans: [Span]
    /// When the last of them ends.
    package let end: Int
    /// What else is to be said, a line each.
    package let notes: [String]

    /// A plot of these spans.
    package init(title: String, slots: Int, spans: [Span], end: Int, notes: [String] = []) {
        (self.title, self.slots, self.spans) = (title, slots, spans)
        (self.end, self.notes) = (end, notes)
    }

    private static let spanLimit = 20_000
    private static let slotLimit = 256
    private static let width = 900.0

    /// The plot as one self-contained SVG file. Beyond 20,000 spans an even sample is drawn, beyond 256
    /// slots the first of them; a note says so.
    ///
    /// - Complexity: O(spans).
    package func svg() -> String {
        let lanes = max(1, min(slots, Self.slotLimit))
        let inside = spans.filter { $0.slot < lanes }
        let drawn = thinned(inside, to: Self.spanLimit)
        let legend = TrialFate.allCases.compactMap { fate in
            spans.contains { $0.fate == fate }
                ? LegendEntry(.square("area \(fate.rawValue)"), fate.rawValue) : nil
        }
        let notes = notes(drawn: drawn.count, of: inside.count, lanes: lanes)
        let axes = axes(lanes: lanes, top: Sheet.top(legend, width: Self.width))
        return Sheet(
            title: title,
            summary: "\(spans.count) stretches of trials in \(counted(slots, "slot"))",
            width: Self.width, height: axes.frame.bottom + 54 + Sheet.noteHeight(notes.count),
            legend: legend, notes: notes
        ).svg { svg in
            drawSlots(lanes, axes: axes, in: &svg)
            for fate in TrialFate.allCases {
                draw(drawn.filter { $0.fate == fate }, fate: fate, axes: axes, in: &svg)
            }
            axes.label(x: .init("virtual time"), y: nil, in: &svg)
            labelSlots(lanes, axes: axes, in: &svg)
        }
    }

    private func notes(drawn: Int, of count: Int, lanes: Int) -> [String] {
        (drawn < count ? ["\(drawn) of \(count) stretches drawn, evenly chosen"] : [])
            + (lanes < slots ? ["the first \(lanes) of \(slots) slots"] : []) + notes
    }

    private func axes(lanes: Int, top: Double) -> Axes {
        let x = Scale(from: 0, to: Double(max(1, end)), isWhole: true)
        let left = PlotSize.margin + 44
        return Axes(
            frame: Frame(
                left: left, top: top, width: Self.width - left - PlotSize.margin - 8,
                height: Double(lanes) * max(2.5, min(24, 440 / Double(lanes)))),
            x: x, y: Scale(from: 0, to: Double(lanes), isWhole: true),
            xTicks: x.ticks(atMost: 10), yTicks: [])
    }

    private func top(of slot: Int, _ axes: Axes) -> (top: Double, height: Double) {
        let tall = axes.frame.height / (axes.y.upper)
        return (axes.frame.top + Double(slot) * tall + tall * 0.08, tall * 0.84)
    }

    private func drawSlots(_ lanes: Int, axes: Axes, in svg: inout SVGWriter) {
        svg.markup("<path class=\"empty\" d=\"")
        for slot in 0..<lanes {
            let place = top(of: slot, axes)
            rectangle(
                Frame(
                    left: axes.frame.left, top: place.top, width: axes.frame.width,
                    height: place.height), &svg)
        }
        svg.markup("\"/>\n<path class=\"grid\" d=\"")
        for tick in axes.xTicks {
            svg.markup("M")
            svg.pair(crisp(axes.pixelX(tick.value)), axes.frame.top)
            svg.markup("v")
            svg.number(axes.frame.height + 4)
        }
        svg.markup("\"/>\n")
    }

    private func draw(
        _ own: [Span], fate: TrialFate, axes: Axes, in svg: inout SVGWriter
    ) {
        guard !own.isEmpty else { return }
        let frames = own.map { span in
            let place = top(of: span.slot, axes)
            let left = axes.pixelX(Double(span.time.lowerBound))
            let right = axes.pixelX(Double(span.time.upperBound))
            return Frame(
                left: left, top: place.top, width: max(0.8, right - left - 0.6),
                height: place.height)
        }
        svg.markup("<path class=\"area \(fate.rawValue)\" d=\"")
        for frame in frames { rectangle(frame, &svg) }
        svg.markup("\"/>\n")
        for (span, frame) in zip(own, frames)
        where frame.height >= 11 && frame.width >= textWidth("\(span.trial)", 11) + 4 {
            svg.text(
                "\(span.trial)", x: frame.left + frame.width / 2,
                y: frame.top + frame.height / 2 + 4, "class=\"inside\" text-anchor=\"middle\"")
        }
    }

    private func rectangle(_ frame: Frame, _ svg: inout SVGWriter) {
        svg.markup("M")
        svg.pair(frame.left, frame.top)
        svg.markup("h")
        svg.number(frame.width)
        svg.markup("v")
        svg.number(frame.height)
        svg.markup("h")
        svg.number(-frame.width)
        svg.markup("z")
    }

    private func labelSlots(_ lanes: Int, axes: Axes, in svg: inout SVGWriter) {
        let step = (lanes + 11) / 12
        for slot in stride(from: 0, to: lanes, by: max(1, step)) {
            let place = top(of: slot, axes)
            svg.text(
                "\(slot + 1)", x: axes.frame.left - 7, y: place.top + place.height / 2 + 4,
                "class=\"tick\" text-anchor=\"end\"")
        }
        svg.markup("<g transform=\"translate(")
        svg.pair(PlotSize.margin + 10, axes.frame.top + axes.frame.height / 2)
        svg.markup(") rotate(-90)\">")
        svg.text("slot", x: 0, y: 0, "class=\"label\" text-anchor=\"middle\"")
        svg.markup("</g>\n")
    }
}
