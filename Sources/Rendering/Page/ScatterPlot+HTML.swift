import Mustache

extension ScatterPlot {
    /// The plot as one self-contained page, light or dark as the reader prefers, that needs no
    /// network and works from a file: the report under the pointer is shown with its configuration,
    /// and the front also stands in a table, for keyboards and screen readers.
    ///
    /// All reports have a table too, up to 1,000 of them.
    ///
    /// - Complexity: O(n log n) for n points.
    package func html() -> String {
        let figure = Figure(self)
        let tables = PageTables(self)
        let hasAll = points.count <= PageTables.limit
        return Self.page.render(
            [
                "title": escaped(title),
                "style": pageStyle,
                "svg": figure.svg(),
                "summary": escaped(figure.summary),
                "tables": [
                    tables.table(
                        objectives.count == 1 ? "The best" : "The Pareto front",
                        front, isOpen: true),
                    hasAll ? tables.table("All reports", points, isOpen: false) : nil,
                ].compactMap { $0 },
                "notes": hasAll
                    ? [] : ["With more than \(PageTables.limit) reports there is no table of all."],
                "data": PageData.json(figure).serialized(isSafeInHTML: true),
                "script": pageScript,
            ] as [String: Any])
    }

    /// The front, best first in the first objective.
    private var front: [Point] {
        let sign: Double = objectives[0].goal == .lower ? 1 : -1
        return points.filter(\.isOnFront)
            .sorted { sign * $0.objectives[0] < sign * $1.objectives[0] }
    }

    private static let page = {
        do {
            return try MustacheTemplate(string: pageTemplate)
        } catch {
            preconditionFailure("the page's template is broken: \(error)")
        }
    }()
}

/// A table of the page, as the template wants it: its texts escaped.
struct PageTable {
    struct Cell {
        let text: String
        /// Stands in a column of words, which begin at the left.
        let isText: Bool
    }

    let caption: String
    let open: Bool
    let header: [Cell]
    let rows: [[Cell]]

    /// - Parameter rows: each as long as `header`; a column is one of words where a value is no number.
    init(caption: String, open: Bool, header: [String], rows: [[String]]) {
        let areTexts = header.indices.map { column in
            rows.contains { !$0[column].isEmpty && Double($0[column]) == nil }
        }
        func cells(_ texts: [String]) -> [Cell] {
            zip(texts, areTexts).map { Cell(text: escaped($0), isText: $1) }
        }
        self.caption = escaped(caption)
        self.open = open
        self.header = cells(header)
        self.rows = rows.map(cells)
    }
}

/// Makes tables of points, all with the same columns.
struct PageTables {
    static let limit = 1_000

    private let plot: ScatterPlot
    private let details: [Int: [ScatterPlot.Detail]]

    init(_ plot: ScatterPlot) {
        self.plot = plot
        details = Dictionary(plot.trials.map { ($0.id, $0.details) }) { first, _ in first }
    }

    func table(_ caption: String, _ points: [ScatterPlot.Point], isOpen: Bool) -> PageTable {
        let points = points.prefix(Self.limit)
        let metrics = names(in: points.map(\.details))
        let parameters = names(
            in: points.map { details[$0.trial] ?? [] }, first: plot.parameters)
        let values = ["trial", plot.resource.label] + plot.objectives.map(\.label)
        return PageTable(
            caption: caption, open: isOpen, header: values + metrics + parameters,
            rows: points.map { point in
                ["\(point.trial)", readable(point.resource)]
                    + point.objectives.map(readable)
                    + cells(point.details, metrics)
                    + cells(details[point.trial] ?? [], parameters)
            })
    }

    /// All names: those of `first`, then the others in the order in which they appear.
    private func names(in details: [[ScatterPlot.Detail]], first: [String] = []) -> [String] {
        var seen: Set<[UInt8]> = []
        return (first + details.joined().map(\.name)).filter {
            seen.insert(Array($0.utf8)).inserted
        }
    }

    /// The values of `names`, empty where there is none: a conditional parameter has none.
    private func cells(_ details: [ScatterPlot.Detail], _ names: [String]) -> [String] {
        let values = Dictionary(details.map { (Array($0.name.utf8), $0.value) }) { first, _ in first
        }
        return names.map { values[Array($0.utf8)] ?? "" }
    }
}
