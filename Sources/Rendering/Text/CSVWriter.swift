/// Writes tables as comma-separated values, for spreadsheets and data frames.
///
/// Lines end in CR LF; a field is quoted only where it has to be. Numbers are written with all
/// the digits that they need to read back the same, `nan`, `inf` and `-inf` as these words.
///
/// Source: RFC 4180.
package struct CSVWriter: Sendable {
    private let columnCount: Int
    /// The lines so far.
    package private(set) var text = ""

    /// A table of these columns and no lines yet.
    package init(header: [String]) {
        columnCount = header.count
        append(header.map(Cell.text))
    }

    /// Adds a line.
    ///
    /// - Parameter row: as long as the header.
    package mutating func append(_ row: [Cell]) {
        precondition(row.count == columnCount, "a row of another length")
        for (index, cell) in row.enumerated() {
            if index > 0 { text += "," }
            text += Self.field(cell)
        }
        // Without the quotes a lone empty field would be an empty line, which readers skip.
        if row.count == 1, Self.field(row[0]).isEmpty { text += "\"\"" }
        text += "\r\n"
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): quotedIfNeeded(text)
        case .integer(let value): String(value)
        case .number(let value): value.description
        case .flag(let value): value ? "true" : "false"
        case .empty: ""
        }
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13]
        guard text.utf8.contains(where: special.contains) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
