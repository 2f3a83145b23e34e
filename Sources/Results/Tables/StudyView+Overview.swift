internal import Engine
internal import Rendering

/// A study on one screen of a terminal, for `mohpo-lua top`.
extension StudyView {
    /// Where the study stands, the trials that run, the rungs and the front.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; nil for lines of any length.
    ///   - height: the rows of the terminal. Rows of running trials and of the front that do not fit
    ///     are counted; nil for all.
    /// - Returns: the lines, none wider than `width`, at most `height` of them.
    package func overview(width: Int? = nil, height: Int? = nil) -> [String] {
        var parts = [overviewHead, section("rungs", rungTable.text(width: width))]
        let rest = height.map { max(0, $0 - parts.joined().count) }
        let front = front()
        let running = state.trials.filter { $0.state == .running }
        // Of two sections a blank line, a title, two lines of a header, and two that say what is
        // left out.
        let all = running.count + front.count
        let room = rest.map { all <= $0 - 10 ? all : max(2, $0 - 12) }
        let runningRoom = room.map { max(1, max($0 / 2, $0 - front.count)) }
        let shownRunning = Array(running.prefix(runningRoom ?? running.count))
        let frontRoom = room.map { max(1, $0 - shownRunning.count) }
        let shownFront = Array(front.prefix(frontRoom ?? front.count))
        parts.insert(
            section(
                isAbandoned ? "abandoned" : "running", of: running.count,
                table(of: shownRunning).text(width: width), shown: shownRunning.count), at: 1)
        parts.append(
            section(
                "front", of: front.count, table(ofFront: shownFront).text(width: width),
                shown: shownFront.count))
        return parts.joined().prefix(height ?? .max).map { cutLine($0, to: width) }
    }

    private var overviewHead: [String] {
        let limit = state.definition.trialLimit.map { " of \($0) trials" } ?? ""
        var numbers: [TrialState: Int] = [:]
        for trial in state.trials { numbers[trial.state, default: 0] += 1 }
        let counts = TrialState.allCases.compactMap { kind in
            numbers[kind].map { "\($0) \(word(for: kind))" }
        }
        let trials =
            limit.isEmpty ? "\(state.trials.count) trials" : "\(state.trials.count)\(limit)"
        let best = objectives.enumerated().compactMap { index, objective in
            self.best(in: objective.name).map { point in
                "\(objective.name) \(readable(point.values[index])) (trial \(point.trial))"
            }
        }
        return [
            "\(name): \(status.rawValue), \(trials)"
                + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"),
            "\(state.reportCount) reports, \(state.usedResource) \(resourceName)s"
                + (receivedReports.last.map { ", \(clockTime($0.seconds))" } ?? ""),
        ] + (best.isEmpty ? [] : ["best \(best.joined(separator: ", "))"])
    }

    private var rungTable: ResultTable {
        let several = state.definition.hyperband.brackets > 1
        let rows = RungSummary.all(of: state).filter { $0.trials > 0 }.map { rung -> [Cell] in
            let counts = [rung.trials, rung.stopped, rung.paused, rung.continued]
            return (several ? [.integer(Int64(rung.bracket))] : []) + [Cell(rung.level)]
                + counts.map { .integer(Int64($0)) }
        }
        let header =
            (several ? ["bracket"] : []) + ["rung", "trials", "stopped", "paused", "continued"]
        return ResultTable(
            header: header, rows: rows,
            fixedColumns: header.count)
    }

    private func section(_ title: String, of count: Int, _ table: String, shown: Int) -> [String] {
        let more = count > shown ? ["… and \(count - shown) more"] : []
        return section("\(title) (\(count))", count == 0 ? "" : table) + more
    }

    /// A blank line, the title, and a table's lines; the title alone where there is no row.
    private func section(_ title: String, _ table: String) -> [String] {
        let lines = table.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let rows = lines.last == "" ? Array(lines.dropLast()) : lines
        return ["", title] + (rows.count > 2 ? rows : [])
    }
}
