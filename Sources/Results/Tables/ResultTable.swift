internal import Rendering

/// Rows under a header, for a terminal or a spreadsheet.
struct ResultTable {
    let header: [String]
    /// Each as long as the header.
    let rows: [[Cell]]
    /// How many columns from the left are shown even where they do not fit.
    let fixedColumns: Int

    /// The table as comma-separated values, numbers exact.
    var csv: String {
        var writer = CSVWriter(header: header)
        for row in rows { writer.append(row) }
        return writer.text
    }

    /// The table for a terminal, numbers as people read them.
    ///
    /// - Parameter width: the columns of the terminal. Table columns that do not fit are left out and
    ///   named below; nil for all.
    func text(width: Int?) -> String {
        for count in (fixedColumns...header.count).reversed() {
            let table = TextTable(
                header: Array(header.prefix(count)), rows: rows.map { Array($0.prefix(count)) })
            let text = table.rendered()
            let widest = text.split(separator: "\n").map(\.count).max() ?? 0
            guard let width, widest > width, count > fixedColumns else {
                let hidden = header.dropFirst(count).joined(separator: ", ")
                return hidden.isEmpty ? text : "\(text)(not shown: \(hidden))\n"
            }
        }
        return ""
    }
}
