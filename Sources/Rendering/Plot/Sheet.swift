/// A line of a picture's legend: a mark and what it means.
struct LegendEntry {
    /// What stands before the text, drawn in the style of a class.
    enum Mark {
        case dot(String)
        case diamond
        case line(String)
        case square(String)
        case sign(String)
        case curve(TrialFate)
        /// The mark of one of several series, by its number.
        case series(Int)
    }

    let mark: Mark
    let text: String

    init(_ mark: Mark, _ text: String) { (self.mark, self.text) = (mark, text) }

    /// How much room the mark takes.
    var lead: Double {
        switch mark {
        case .dot, .diamond, .square, .sign: 12
        case .line, .curve, .series: 20
        }
    }

    /// How much room the entry takes, with what separates it from the next.
    var width: Double { lead + textWidth(text, PlotSize.tick) + 24 }
}

/// The paper of a picture: its title, its legend, what it does not show, and whatever is drawn between.
struct Sheet {
    let title: String
    /// What the picture says, for those who do not see it.
    let summary: String
    let width: Double
    let height: Double
    var legend: [LegendEntry] = []
    /// One a line, below the picture.
    var notes: [String] = []

    private static let legendTop = 58.0
    private static let legendLine = 20.0

    /// Where a picture begins below its legend.
    static func top(_ legend: [LegendEntry], width: Double) -> Double {
        let lines = Double(rows(of: legend, width: width).count)
        return 62 + (lines > 0 ? 20 + legendLine * (lines - 1) : 0)
    }

    /// How much room so many notes take.
    static func noteHeight(_ count: Int) -> Double {
        count == 0 ? 0 : 22 + 16 * Double(count - 1)
    }

    /// The whole as one self-contained SVG file, light or dark as the reader prefers.
    func svg(_ draw: (inout SVGWriter) -> Void) -> String {
        var svg = SVGWriter()
        svg.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" viewBox=\"0 0 ")
        svg.pair(width.rounded(.up), height.rounded(.up))
        svg.markup("\" width=\"")
        svg.number(width.rounded(.up))
        svg.markup("\" height=\"")
        svg.number(height.rounded(.up))
        svg.markup("\" role=\"img\" aria-labelledby=\"plot-title plot-summary\">\n")
        svg.markup("<title id=\"plot-title\">\(escaped(title))</title>\n")
        svg.markup("<desc id=\"plot-summary\">\(escaped(summary))</desc>\n")
        svg.markup("<style>\n\(plotStyle)</style>\n")
        svg.markup("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n")
        svg.text(
            shortened(title, to: width - 2 * PlotSize.margin, PlotSize.title), x: PlotSize.margin,
            y: 34, "class=\"title\"")
        drawLegend(&svg)
        draw(&svg)
        for (line, note) in notes.enumerated() {
            svg.text(
                note, x: PlotSize.margin, y: height - 14 - 16 * Double(notes.count - 1 - line),
                "class=\"note\"")
        }
        svg.markup("</svg>\n")
        return svg.text
    }

    private static func rows(of legend: [LegendEntry], width: Double) -> [[LegendEntry]] {
        var rows: [[LegendEntry]] = []
        var used = 0.0
        for entry in legend {
            if rows.isEmpty || used + entry.width - 24 > width - 2 * PlotSize.margin {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(entry)
            used += entry.width
        }
        return rows
    }

    private func drawLegend(_ svg: inout SVGWriter) {
        for (line, entries) in Self.rows(of: legend, width: width).enumerated() {
            var x = PlotSize.margin + 4
            let y = Self.legendTop + Self.legendLine * Double(line)
            for entry in entries {
                entry.mark.draw(x: x, y: y, in: &svg)
                svg.text(entry.text, x: x + entry.lead, y: y + 4, "class=\"legend\"")
                x += entry.width
            }
        }
    }
}

extension LegendEntry.Mark {
    fileprivate func draw(x: Double, y: Double, in svg: inout SVGWriter) {
        switch self {
        case .dot(let style):
            svg.markup("<path class=\"\(style)\" stroke-width=\"7\" stroke-opacity=\"0.7\" d=\"M")
            svg.pair(x, y)
            svg.markup("h.01\"/>\n")
        case .diamond:
            svg.markup("<path class=\"front\" d=\"")
            addDiamond(x: x, y: y, to: &svg)
            svg.markup("\"/>\n")
        case .line(let style):
            svg.markup("<path class=\"\(style)\" d=\"M")
            svg.pair(x - 3, y)
            svg.markup("h16\"/>\n")
        case .square(let style):
            svg.markup("<path class=\"\(style)\" d=\"M")
            svg.pair(x - 5, y - 5)
            svg.markup("h10v10h-10z\"/>\n")
        case .curve(let fate):
            svg.markup("<path class=\"line \(fate.rawValue)\" d=\"M")
            svg.pair(x - 4, y)
            svg.markup("h14")
            fate.addMark(x: x + 10, y: y, to: &svg)
            svg.markup("\"/>\n")
        case .series(let index):
            svg.markup("<path class=\"line series-\(index)\" d=\"M")
            svg.pair(x - 4, y)
            svg.markup("h18\"/>\n<path class=\"point series-\(index)\" d=\"")
            Self.addPoint(index, x: x + 5, y: y, to: &svg)
            svg.markup("\"/>\n")
        case .sign(let sign):
            svg.text(sign, x: x + 1, y: y + 4, "class=\"legend\" text-anchor=\"middle\"")
        }
    }
}

extension LegendEntry.Mark {
    /// Adds a point of a series to a path: each series has a shape of its own.
    ///
    /// - Parameter size: 1 for a mark of about 8 pixels.
    static func addPoint(
        _ series: Int, size: Double = 1, x: Double, y: Double, to svg: inout SVGWriter
    ) {
        guard series % 5 > 0 else {
            svg.markup("M")
            svg.pair(x - 4 * size, y)
            for side in [8.0, -8] {
                svg.markup("a")
                svg.pair(4 * size, 4 * size)
                svg.markup(" 0 1 0 ")
                svg.pair(side * size, 0)
            }
            return
        }
        let shapes: [[(x: Double, y: Double)]] = [
            [(0, -5), (5, 0), (0, 5), (-5, 0)],
            [(-3.6, -3.6), (3.6, -3.6), (3.6, 3.6), (-3.6, 3.6)],
            [(0, -4.8), (4.8, 3.6), (-4.8, 3.6)], [(0, 4.8), (4.8, -3.6), (-4.8, -3.6)],
        ]
        for (step, corner) in shapes[series % 5 - 1].enumerated() {
            svg.markup(step == 0 ? "M" : "L")
            svg.pair(x + corner.x * size, y + corner.y * size)
        }
        svg.markup("z")
    }
}

/// Adds the outline of a front's marker to a path.
func addDiamond(x: Double, y: Double, to svg: inout SVGWriter) {
    svg.markup("M")
    svg.pair(x, y - 6)
    svg.markup("l6 6-6 6-6-6z")
}
