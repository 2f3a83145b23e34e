internal import ArgumentParser
internal import Rendering
internal import Results

/// How `--format` prints the fronts of the studies that were run.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case csv

    /// Prints each study, its last line ended once, with an empty line between two.
    ///
    /// - Throws: `OutputError`.
    func print(_ studies: some Sequence<StudyView>) throws {
        for (number, study) in studies.enumerated() {
            try Terminal.printResult((number == 0 ? "" : "\n") + text(of: study))
        }
    }

    private func text(of study: StudyView) -> String {
        switch self {
        case .table: "\(study.summary)\n\(study.frontTable(width: Terminal.outputWidth))"
        case .json: study.json() + "\n"
        case .csv: study.frontCSV()
        }
    }

    /// Prints comparisons of settings.
    ///
    /// - Throws: `OutputError`.
    func print(_ comparisons: [Comparison]) throws {
        switch self {
        case .table:
            try Terminal.printResult(comparisons.map { $0.text() }.joined(separator: "\n"))
        case .json:
            let all = JSONValue.array(comparisons.map(\.json))
            try Terminal.printResult(all.serialized(isIndented: true) + "\n")
        case .csv:
            var writer = CSVWriter(header: Comparison.csvHeader)
            for row in comparisons.flatMap(\.csvRows) { writer.append(row) }
            try Terminal.printResult(writer.text)
        }
    }
}
