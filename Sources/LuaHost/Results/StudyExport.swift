internal import Engine
internal import Rendering

/// A study as rows, for tables and spreadsheets.
extension Study {
    private typealias Rows = (header: [String], rows: [[Cell]])

    /// All reports as CSV: one row each, in the order of trials and resource.
    func csv() -> String { Self.csv(reportRows) }

    /// The front as CSV, best in the first objective first.
    package func frontCSV() -> String { Self.csv(frontRows) }

    /// The front as a table for the terminal, best in the first objective first.
    ///
    /// - Parameter width: the columns of the terminal. Parameters that do not fit are left out and
    ///   named below; nil for all.
    package func frontTable(width: Int? = nil) -> String {
        Self.table(frontRows, fixed: 2 + objectives.count, width: width)
    }

    /// All trials with their last reports as a table for the terminal.
    ///
    /// - Parameter width: as for `frontTable`.
    package func trialTable(width: Int? = nil) -> String {
        Self.table(trialRows, fixed: 4 + objectives.count, width: width)
    }

    /// - Parameter fixed: how many columns are shown also where they do not fit.
    private static func table(_ rows: Rows, fixed: Int, width: Int?) -> String {
        let (header, rows) = rows
        for count in (fixed...header.count).reversed() {
            let table = TextTable(
                header: Array(header.prefix(count)), rows: rows.map { Array($0.prefix(count)) })
            let text = table.rendered()
            let widest = text.split(separator: "\n").map(\.count).max() ?? 0
            guard let width, widest > width, count > fixed else {
                let hidden = header.dropFirst(count).joined(separator: ", ")
                return hidden.isEmpty ? text : "\(text)(not shown: \(hidden))\n"
            }
        }
        return ""
    }

    private static func csv(_ rows: Rows) -> String {
        var writer = CSVWriter(header: rows.header)
        for row in rows.rows { writer.append(row) }
        return writer.text
    }

    private var reportRows: Rows {
        let (parameters, metrics) = (parameters, metrics)
        let front = frontReferences
        let attribute = state.definition.hyperband.timeAttribute
        let header = ["trial", attribute] + metrics + ["on_front", "state"] + parameters
        let rows = state.trials.flatMap { trial -> [[Cell]] in
            let configuration = Self.cells(trial.configuration, parameters)
            return trial.reports.enumerated().map { index, report -> [Cell] in
                let isOnFront = front.contains(.init(trial: trial.id, index: index))
                var row: [Cell] = [.integer(Int64(trial.id)), .integer(Int64(report.resource))]
                row += metrics.map { Self.cell(report.metrics[$0]) }
                row += [.flag(isOnFront), .text(trial.state.rawValue)]
                return row + configuration
            }
        }
        return (header, rows)
    }

    private var frontRows: Rows {
        let parameters = parameters
        let attribute = state.definition.hyperband.timeAttribute
        let rows = state.front().map { point -> [Cell] in
            let configuration = state.trials[point.trial - 1].configuration
            let head: [Cell] = [.integer(Int64(point.trial)), .integer(Int64(point.resource))]
            let report = state[ReportReference(trial: point.trial, index: point.index)]
            return head + values(of: report) + Self.cells(configuration, parameters)
        }
        return (["trial", attribute] + objectives.map(\.name) + parameters, rows)
    }

    private var trialRows: Rows {
        let parameters = parameters
        let attribute = state.definition.hyperband.timeAttribute
        let haveErrors = state.trials.contains { $0.error != nil }
        let rows = state.trials.map { trial -> [Cell] in
            let head: [Cell] = [
                .integer(Int64(trial.id)), .text(word(for: trial.state)),
                .integer(Int64(trial.resource)), .integer(Int64(trial.reports.count)),
            ]
            let error: [Cell] = haveErrors ? [trial.error.map { .text($0) } ?? .empty] : []
            return head + values(of: trial.reports.last)
                + Self.cells(trial.configuration, parameters) + error
        }
        let header = ["trial", "state", attribute, "reports"] + objectives.map(\.name)
        return (header + parameters + (haveErrors ? ["error"] : []), rows)
    }

    /// The objectives as they were reported, empty where one was not.
    private func values(of report: Report?) -> [Cell] {
        objectives.map { Self.cell(report?.metrics[$0.name]) }
    }

    private static func cell(_ number: Number?) -> Cell { number.map { Cell($0.value) } ?? .empty }

    private static func cells(_ configuration: Configuration, _ parameters: [String]) -> [Cell] {
        parameters.map { configuration[$0].map(Cell.init) ?? .empty }
    }

    /// The parameters' paths, in the order of the space: the same in every study of it.
    var parameters: [String] { state.definition.space.parameterPaths }

    /// The metrics' names: the objectives in their order, then the others by name.
    private var metrics: [String] {
        let objectives = objectives.map(\.name)
        var all: Set<String> = []
        var last: [String] = []
        for trial in state.trials {
            for report in trial.reports where report.metrics.names != last {
                last = report.metrics.names
                all.formUnion(last)
            }
        }
        return objectives + all.subtracting(objectives).sorted()
    }

    /// Which reports are on the front.
    var frontReferences: Set<ReportReference> {
        Set(state.front().map { ReportReference(trial: $0.trial, index: $0.index) })
    }
}

extension Cell {
    fileprivate init(_ value: Value) {
        switch value {
        case .boolean(let flag): self = .flag(flag)
        case .integer(let integer): self = .integer(Int64(integer))
        case .real(let number): self = .number(number)
        case .string(let text): self = .text(text)
        default: self = .text(value.description)
        }
    }
}
