/// Shares of a whole as bars: a row for each name, a column for each whole.
package struct SharePlot: Sendable {
    /// One whole.
    package struct Column: Sendable {
        /// What stands above it.
        package let name: String
        /// A share for each row, 0 … 1.
        package let shares: [Double]
        /// Whether it is drawn as what matters most.
        package let isFirst: Bool

        /// A column; `shares` has one for each row.
        package init(name: String, shares: [Double], isFirst: Bool = false) {
            (self.name, self.shares, self.isFirst) = (name, shares, isFirst)
        }
    }

    /// What stands above the plot.
    package let title: String
    /// The names of the rows, from the top.
    package let rows: [String]
    /// From the left.
    package let columns: [Column]
    /// What else is to be said, a line each.
    package let notes: [String]

    /// A plot of these shares.
    package init(title: String, rows: [String], columns: [Column], notes: [String] = []) {
        (self.title, self.rows, self.columns, self.notes) = (title, rows, columns, notes)
    }

    /// So many rows are drawn at most.
    private static let rowLimit = 24
    private static let rowHeight = 24.0

    /// The plot as one self-contained SVG file. Beyond 24 rows the first are drawn, and a note says so.
    package func svg() -> String {
        let names = rows.prefix(Self.rowLimit).map {
            shortened($0, to: 220, PlotSize.label)
        }
        let left =
            PlotSize.margin + 12 + max(60, names.map { textWidth($0, PlotSize.label) }.max() ?? 0)
        let each = max(96, min(300, 620 / Double(max(1, columns.count))))
        let gap = 26.0
        let width = max(420, left + Double(columns.count) * (each + gap) - gap + PlotSize.margin)
        let height = Double(max(1, names.count)) * Self.rowHeight
        let hidden =
            rows.count > names.count ? ["the first \(names.count) of \(rows.count) are drawn"] : []
        let all = hidden + notes
        return Sheet(
            title: title, summary: summary, width: width,
            height: 92 + height + 46 + Sheet.noteHeight(all.count), notes: all
        ).svg { svg in
            for (row, name) in names.enumerated() {
                svg.text(
                    name, x: left - 10, y: 92 + (Double(row) + 0.5) * Self.rowHeight + 4.5,
                    "class=\"label\" text-anchor=\"end\"")
            }
            for (index, column) in columns.enumerated() {
                let frame = Frame(
                    left: left + Double(index) * (each + gap), top: 92, width: each,
                    height: height)
                draw(column, rows: names.count, in: frame, to: &svg)
            }
        }
    }

    private var summary: String {
        columns.map { column in
            let best = column.shares.indices.max { column.shares[$0] < column.shares[$1] }
            return best.map { "\(column.name): \(rows[$0]) \(Self.percent(column.shares[$0]))" }
                ?? "\(column.name): nothing"
        }.joined(separator: "; ")
    }

    private func draw(
        _ column: Column, rows: Int, in frame: Frame, to svg: inout SVGWriter
    ) {
        svg.text(
            shortened(column.name, to: frame.width + 16, PlotSize.label), x: frame.left,
            y: frame.top - 12, "class=\"head\"")
        let scale = scale
        // The number of the longest bar stands behind it.
        let room = frame.width - 34
        svg.markup("<path class=\"grid\" d=\"")
        let ticks = scale.ticks(atMost: max(2, Int(room / 46)))
        for tick in ticks {
            svg.markup("M")
            svg.pair(crisp(frame.left + scale.position(tick.value) * room), frame.top)
            svg.markup("v")
            svg.number(frame.height)
        }
        svg.markup("\"/>\n<path class=\"area \(column.isFirst ? "first" : "rest")\" d=\"")
        for (row, share) in column.shares.prefix(rows).enumerated() where share > 0 {
            svg.markup("M")
            svg.pair(frame.left, frame.top + Double(row) * Self.rowHeight + 4)
            let wide = max(1, scale.position(share) * room)
            svg.markup("h")
            svg.number(wide)
            svg.markup("v16h")
            svg.number(-wide)
            svg.markup("z")
        }
        svg.markup("\"/>\n<path class=\"frame\" d=\"M")
        svg.pair(crisp(frame.left), frame.top)
        svg.markup("v")
        svg.number(frame.height)
        svg.markup("\"/>\n")
        for (row, share) in column.shares.prefix(rows).enumerated() {
            svg.text(
                Self.percent(share), x: frame.left + scale.position(share) * room + 5,
                y: frame.top + (Double(row) + 0.5) * Self.rowHeight + 4, "class=\"tick\"")
        }
        // Narrow columns have no room for them, and the numbers of the bars say as much.
        for tick in ticks where frame.width >= 150 {
            svg.text(
                fixed(100 * tick.value, decimals: 0) + " %",
                x: frame.left + scale.position(tick.value) * room, y: frame.bottom + 17,
                "class=\"tick\" text-anchor=\"middle\"")
        }
    }

    /// One scale for all columns, so that they can be compared.
    private var scale: Scale {
        let most = columns.flatMap { $0.shares.prefix(Self.rowLimit) }.max() ?? 0
        return Scale(from: 0, to: most > 0 ? min(1, most) : 1, isWhole: false)
    }

    private static func percent(_ share: Double) -> String {
        share > 0 && share < 0.005 ? "< 1 %" : fixed(100 * share, decimals: 0) + " %"
    }
}
