/// What the page's script knows of a plot, in columns: names once, configurations once a trial.
struct PageData {
    /// By the bytes of the name: two that look alike are two.
    private var names: [[UInt8]: Int] = [:]
    private var orderedNames: [JSONValue] = []

    /// The plot's values and where its panels stand.
    static func json(_ figure: Figure) -> JSONValue {
        var data = PageData()
        let plot = figure.plot
        let trials = plot.trials.map { trial in
            JSONValue.Member("\(trial.id)", data.flattened(trial.details))
        }
        let details = plot.points.map { data.flattened($0.details) }
        return .object([
            .init("resource", .string(plot.resource.label)),
            .init("objectives", .array(plot.objectives.map { .string($0.label) })),
            .init("names", .array(data.orderedNames)),
            .init("trials", .object(trials)),
            .init("points", points(figure, details)),
            .init("panels", .array(figure.panels.map(panel))),
        ])
    }

    private static func points(_ figure: Figure, _ details: [JSONValue]) -> JSONValue {
        let points = figure.plot.points
        return .object([
            .init("trial", .array(points.map { .integer(Int64($0.trial)) })),
            .init("resource", .array(points.map { short($0.resource) })),
            .init(
                "objectives",
                .array(
                    figure.plot.objectives.indices.map { index in
                        .array(points.map { short($0.objectives[index]) })
                    })),
            .init("details", details.contains { $0 != .integer(0) } ? .array(details) : .array([])),
            .init("shown", .array(figure.shown.map { .integer(Int64($0)) })),
            .init("front", .array(figure.front.map { .integer(Int64($0)) })),
        ])
    }

    /// Whole numbers without a point.
    private static func short(_ value: Double) -> JSONValue {
        Int64(exactly: value).map { .integer($0) } ?? .number(value)
    }

    private static func panel(_ panel: Panel) -> JSONValue {
        .object([
            .init("x", variable(panel.x)), .init("y", variable(panel.y)),
            .init("xScale", scale(panel.xScale)), .init("yScale", scale(panel.yScale)),
            .init("left", .number(panel.frame.left)), .init("top", .number(panel.frame.top)),
            .init("width", .number(panel.frame.width)),
            .init("height", .number(panel.frame.height)),
        ])
    }

    private static func variable(_ variable: Variable) -> JSONValue {
        switch variable {
        case .resource: .integer(-1)
        case .objective(let index): .integer(Int64(index))
        }
    }

    private static func scale(_ scale: Scale) -> JSONValue {
        .array([.flag(scale.isLogarithmic), .number(scale.lower), .number(scale.upper)])
    }

    /// Details as [index of name, value, index of name, value …]; 0 for none.
    private mutating func flattened(_ details: [ScatterPlot.Detail]) -> JSONValue {
        if details.isEmpty { return .integer(0) }
        return .array(details.flatMap { [.integer(Int64(index(of: $0.name))), .string($0.value)] })
    }

    private mutating func index(of name: String) -> Int {
        let key = Array(name.utf8)
        if let index = names[key] { return index }
        names[key] = orderedNames.count
        orderedNames.append(.string(name))
        return orderedNames.count - 1
    }
}
