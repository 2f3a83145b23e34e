internal import Engine
internal import Platform
internal import Rendering
internal import Storage

/// The studies of a folder, for the terminal.
package struct StudyList {
    /// One row for every study, the newest first; nil when there is none.
    package let table: String?
    /// What looks like a study and cannot be read, a line each.
    package let failures: [String]

    /// Looks into a folder.
    ///
    /// - Throws: `StudyFailure` when it is none.
    package init(_ folder: String) throws {
        guard let directory = opendir(folder) else {
            let reason = String(cString: strerror(errno)).lowercased()
            throw StudyFailure("\(folder): expected a folder of studies: \(reason)")
        }
        closedir(directory)
        var failures: [String] = []
        let entries = StudyFolder.list(folder) { error in
            switch error {
            // Other databases may lie there, and a file may go while one looks.
            case StorageError.notAStudy, StorageError.missing: break
            default: failures.append("\(error)")
            }
        }
        self.failures = failures
        let rows = entries.map { entry -> [Cell] in
            [
                .text(entry.metadata.name), .text(entry.address), .text(entry.metadata.created),
                .text(entry.state.text), .integer(Int64(entry.trials)),
                .integer(Int64(entry.reports)),
            ]
        }
        let header = ["name", "file", "created", "state", "trials", "reports"]
        table = rows.isEmpty ? nil : TextTable(header: header, rows: rows).rendered()
    }
}

extension StudyEntry.State {
    fileprivate var text: String {
        switch self {
        case .running: "running"
        case .abandoned: "left"
        case .interrupted: "interrupted"
        case .finished: "finished"
        }
    }
}
