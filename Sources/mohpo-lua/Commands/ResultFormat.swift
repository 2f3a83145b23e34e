internal import ArgumentParser
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
}
