package import Engine
internal import Rendering

/// Studies in a table for the terminal, one row each.
package struct StudyListing: Sendable {
    private let entries: [StudyEntry]

    /// - Parameter entries: in the order in which to show them.
    package init(_ entries: [StudyEntry]) { self.entries = entries }

    /// The table; nil when there is no study.
    package var table: String? {
        guard !entries.isEmpty else { return nil }
        let rows = entries.map { entry -> [Cell] in
            [
                .text(entry.metadata.name), .text(entry.address), .text(entry.metadata.created),
                .text(entry.state.rawValue), .integer(Int64(entry.trials)),
                .integer(Int64(entry.reports)),
            ]
        }
        let header = ["name", "file", "created", "state", "trials", "reports"]
        return TextTable(header: header, rows: rows).rendered()
    }
}
