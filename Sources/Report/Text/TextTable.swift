/// A table for the terminal: columns aligned, numbers to the right and on their points.
///
/// ```
/// trial  epoch  test_score  prediction_time
/// -----  -----  ----------  ---------------
///     3     50      0.9652          0.05114
///     7     12      0.9410          0.02060
/// ```
package struct TextTable: Sendable {
    package let header: [String]
    package let rows: [[Cell]]

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
        let format = NumberFormat(for: cells)
        let texts = cells.map { cell in
            switch cell {
            case .text(let text): printable(text)
            case .integer(let value): String(value)
            case .number(let value): format.text(value)
            case .flag(let value): value ? "true" : "false"
            case .empty: ""
            }
        }
        let width = ([printable(header[index])] + texts).map(displayWidth).max() ?? 0
        return Column(texts: texts, width: width, isNumeric: isNumeric(cells))
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

/// How the numbers of one column are written: all with as many decimals, so that their points
/// stand below one another, or each on its own where they differ too much in size for that.
private struct NumberFormat {
    private let decimals: Int?

    /// As many decimals as give the largest number 4 significant digits and the smallest 3, but
    /// none where all are whole.
    init(for cells: [Cell]) {
        var sizes: [Double] = []
        var allWhole = true
        for case .number(let value) in cells where value.isFinite && value != 0 {
            sizes.append(abs(value))
            allWhole = allWhole && value == value.rounded()
        }
        guard let smallest = sizes.min(), let largest = sizes.max() else {
            decimals = 0
            return
        }
        if allWhole {
            decimals = largest < 1e15 ? 0 : nil
        } else {
            let wanted = max(
                3 - decimalExponent(largest), 2 - decimalExponent(smallest), 0)
            decimals = wanted <= 6 && largest < 1e9 ? wanted : nil
        }
    }

    func text(_ value: Double) -> String {
        guard let decimals, value.isFinite else { return significant(value, digits: 4) }
        return fixed(value, decimals: decimals)
    }
}

private func withoutTrailingSpaces(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
}
