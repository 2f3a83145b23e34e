/// A table for the terminal: columns aligned, numbers to the right and on their points.
///
/// ```
/// trial  epoch  test_score  prediction_time
/// -----  -----  ----------  ---------------
///     3     50      0.9652         0.051142
///     7     12      0.941          0.0206
/// ```
package struct TextTable: Sendable {
    /// The columns' names.
    package let header: [String]
    /// The rows, each as long as the header.
    package let rows: [[Cell]]

    /// A table of these rows.
    ///
    /// - Parameter rows: each as long as `header`.
    package init(header: [String], rows: [[Cell]]) {
        precondition(rows.allSatisfy { $0.count == header.count }, "a row of another length")
        self.header = header
        self.rows = rows
    }

    /// The table's lines, each ended by a line feed.
    ///
    /// - Parameter isStyled: with the header in bold type. For terminals, and only where
    ///   `NO_COLOR` is not set; who asks has looked.
    package func rendered(isStyled: Bool = false) -> String {
        let columns = header.indices.map { column(at: $0) }
        var lines = [header.indices.map { columns[$0].padded(printable(header[$0])) }]
        lines.append(columns.map { String(repeating: "-", count: $0.width) })
        lines += rows.indices.map { row in columns.map { $0.padded($0.texts[row]) } }
        var text = ""
        for (index, line) in lines.enumerated() {
            let joined = withoutTrailingSpaces(line.joined(separator: "  "))
            text += isStyled && index == 0 ? "\u{1b}[1m\(joined)\u{1b}[0m" : joined
            text += "\n"
        }
        return text
    }

    private struct Column {
        let texts: [String]
        let width: Int
        let isNumeric: Bool

        func padded(_ text: String) -> String {
            let space = String(repeating: " ", count: width - displayWidth(text))
            return isNumeric ? space + text : text + space
        }
    }

    private func column(at index: Int) -> Column {
        let cells = rows.map { $0[index] }
        let isNumeric = isNumeric(cells)
        var texts = cells.map(text)
        if isNumeric { texts = onTheirPoints(texts) }
        let width = ([printable(header[index])] + texts).map(displayWidth).max() ?? 0
        return Column(texts: texts, width: width, isNumeric: isNumeric)
    }

    private func text(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): printable(text)
        case .integer(let value): String(value)
        case .number(let value): readable(value)
        case .flag(let value): value ? "true" : "false"
        case .empty: ""
        }
    }

    /// Numbers with spaces behind them, so that their points stand below one another.
    private func onTheirPoints(_ texts: [String]) -> [String] {
        let tails = texts.map { text in
            // Words such as `nan` have no point.
            text.utf8.last.map(isDigit) == true
                ? text.utf8.drop { isDigit($0) || $0 == UInt8(ascii: "-") }.count : nil
        }
        let longest = tails.compactMap { $0 }.max() ?? 0
        guard longest > 0 else { return texts }
        return zip(texts, tails).map { text, tail in
            text + String(repeating: " ", count: longest - (tail ?? longest))
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private func isNumeric(_ cells: [Cell]) -> Bool {
        var numbers = 0
        for cell in cells {
            switch cell {
            case .integer, .number: numbers += 1
            case .text, .flag: return false
            case .empty: break
            }
        }
        return numbers > 0
    }
}

private func withoutTrailingSpaces(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
}
