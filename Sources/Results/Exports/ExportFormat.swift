internal import Rendering

/// What a study can be written as for other programs, besides its events.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// All there is to show, as one object.
    case json
    /// All reports.
    case csv
    /// The journal of Optuna's `JournalStorage`.
    case optuna
}

extension StudyView {
    /// The study for other programs; every line is ended.
    package func exported(as format: ExportFormat) -> String {
        switch format {
        case .json: document.serialized() + "\n"
        case .csv: csv()
        case .optuna: OptunaJournal(self).text
        }
    }
}
