internal import Engine

/// The names of a table's columns, all different.
///
/// A name that another column has already gets its kind in front: of a metric and a parameter `x`,
/// the parameter's column is `args.x`. Fixed names come first, then the resource, the metrics and the
/// parameters, so that metrics keep their names.
struct ColumnNames {
    let resource: String
    let metrics: [String]
    let parameters: [String]
    /// Of the column with the messages that trials failed with: `error`, or else `trial.error`.
    let error: String

    /// - Parameters:
    ///   - fixed: the names that the table has in every study.
    ///   - metrics: without the resource.
    init(fixed: [String], resource: String, metrics: [String], parameters: [String]) {
        var used = Set(fixed.map { Name($0) })
        func unused(_ name: String, _ kind: String) -> String {
            var candidate = name
            while !used.insert(Name(candidate)).inserted { candidate = "\(kind).\(candidate)" }
            return candidate
        }
        self.resource = unused(resource, "resource")
        self.metrics = metrics.map { unused($0, "metric") }
        self.parameters = parameters.map { unused($0, "args") }
        error = unused("error", "trial")
    }
}
