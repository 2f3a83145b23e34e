internal import Engine
internal import Rendering

/// A study as rows, for tables and spreadsheets.
extension StudyView {
    /// All reports as CSV: one row each, in the order of trials and resource.
    package func csv() -> String { reportTable.csv }

    /// The front as CSV, best in the first objective first.
    package func frontCSV() -> String { frontTable.csv }

    /// The front as a table for the terminal, best in the first objective first.
    ///
    /// - Parameter width: the columns of the terminal. Parameters that do not fit are left out and
    ///   named below; nil for all.
    package func frontTable(width: Int? = nil) -> String { frontTable.text(width: width) }

    /// All trials with their last reports as a table for the terminal.
    ///
    /// - Parameter width: as for `frontTable`.
    package func trialTable(width: Int? = nil) -> String { trialTable.text(width: width) }

    private var reportTable: ResultTable {
        let metrics = self.metrics
        let feasible = hasConstraints ? ["feasible"] : []
        let names = ColumnNames(
            fixed: ["trial", "on_front", "state"] + feasible, resource: resourceName,
            metrics: metrics,
            parameters: parameters)
        let front = frontReferences
        let rows = state.trials.flatMap { trial -> [[Cell]] in
            let configuration = cells(of: trial.configuration)
            return trial.reports.enumerated().map { index, report -> [Cell] in
                let isOnFront = front.contains(.init(trial: trial.id, index: index))
                var row: [Cell] = [.integer(Int64(trial.id)), Cell(report.resource)]
                row += metrics.map { Cell(report.metrics.value(of: Name($0))) }
                if hasConstraints { row.append(.flag(state.isFeasible(report))) }
                row += [.flag(isOnFront), .text(word(for: trial.state))]
                return row + configuration
            }
        }
        let header =
            ["trial", names.resource] + names.metrics + feasible + ["on_front", "state"]
        return ResultTable(
            header: header + names.parameters, rows: rows, fixedColumns: header.count)
    }

    private var frontTable: ResultTable { table(ofFront: front()) }

    /// A row for each of some points of the front.
    func table(ofFront points: [Point]) -> ResultTable {
        let names = ColumnNames(
            fixed: ["trial"], resource: resourceName, metrics: objectives.map(\.name),
            parameters: parameters)
        let rows = points.map { point -> [Cell] in
            let report = state[ReportReference(trial: point.trial, index: point.index)]
            let head: [Cell] = [.integer(Int64(point.trial)), Cell(point.resource)]
            return head + values(of: report)
                + cells(of: state.trials[point.trial - 1].configuration)
        }
        let header = ["trial", names.resource] + names.metrics
        return ResultTable(
            header: header + names.parameters, rows: rows, fixedColumns: header.count)
    }

    private var trialTable: ResultTable { table(of: state.trials) }

    /// A row for each of some trials, with its last report.
    func table(of trials: [Trial]) -> ResultTable {
        let names = ColumnNames(
            fixed: ["trial", "state", "reports"], resource: resourceName,
            metrics: objectives.map(\.name), parameters: parameters)
        let haveErrors = trials.contains { $0.error != nil }
        let rows = trials.map { trial -> [Cell] in
            let head: [Cell] = [
                .integer(Int64(trial.id)), .text(word(for: trial.state)),
                Cell(trial.resource), .integer(Int64(trial.reports.count)),
            ]
            let error: [Cell] = haveErrors ? [trial.error.map { .text($0) } ?? .empty] : []
            return head + values(of: trial.reports.last) + cells(of: trial.configuration) + error
        }
        let header = ["trial", "state", names.resource, "reports"] + names.metrics
        return ResultTable(
            header: header + names.parameters + (haveErrors ? [names.error] : []), rows: rows,
            fixedColumns: header.count)
    }

    /// The objectives as they were reported, empty where one was not.
    private func values(of report: Report?) -> [Cell] {
        objectives.map { Cell(report?.metrics[Name($0.name)]?.value) }
    }

    /// A cell for each parameter, empty where the configuration has none of that path.
    private func cells(of configuration: Configuration) -> [Cell] {
        parameters.map { Cell(configuration[$0]) }
    }
}

extension Cell {
    /// An integer where the resource is whole.
    init(_ resource: Resource) {
        self = resource.isWhole ? .integer(Int64(resource.whole)) : .number(resource.double)
    }

    fileprivate init(_ value: Value?) { self = value.map { Cell($0) } ?? .empty }

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
