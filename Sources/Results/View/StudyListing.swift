internal import Rendering

/// Studies in a table for the terminal, one row each.
package struct StudyListing: Sendable {
    /// A study of the list.
    package struct Row: Sendable {
        let name: String
        let location: String
        let created: String
        let status: StudyView.Status
        let trials: Int
        let reports: Int

        /// - Parameters:
        ///   - location: where the study is stored.
        ///   - created: as ISO 8601 writes it.
        ///   - trials: how many have started.
        ///   - reports: how many were received.
        package init(
            name: String, location: String, created: String, status: StudyView.Status, trials: Int,
            reports: Int
        ) {
            (self.name, self.location, self.created) = (name, location, created)
            (self.status, self.trials, self.reports) = (status, trials, reports)
        }
    }

    private let rows: [Row]

    /// - Parameter rows: in the order in which to show them.
    package init(_ rows: [Row]) { self.rows = rows }

    /// The table; nil when there is no study.
    package var table: String? {
        guard !rows.isEmpty else { return nil }
        let cells = rows.map { row -> [Cell] in
            [
                .text(row.name), .text(row.location), .text(row.created),
                .text(row.status.rawValue), .integer(Int64(row.trials)),
                .integer(Int64(row.reports)),
            ]
        }
        let header = ["name", "file", "created", "state", "trials", "reports"]
        return TextTable(header: header, rows: cells).rendered()
    }
}
