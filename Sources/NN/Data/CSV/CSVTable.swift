internal import Platform

/// Reads the rows of a table as features and labels.
struct CSVTable {
    /// Where a column's features go and how.
    private struct Place {
        let first: Int
        /// The feature of each value, counted from the first; nil for numbers.
        let values: [String: Int]?
    }

    private var lines: CSVLines
    /// By the file's columns; nil for the label's.
    private let places: [Place?]
    /// The features of a row.
    let width: Int
    private(set) var rows = 0
    /// Shape [rows, width].
    private(set) var features: [Float] = []
    /// The numbers to predict, empty for classes.
    private(set) var values: [Float] = []
    private var labels = LabelColumn()

    /// - Parameter columns: those to read, in the order of the features; the file has these, in
    ///   any order, and no others but the label's.
    init(_ columns: [TableColumn], of lines: CSVLines) throws {
        var places = [Place?](repeating: nil, count: lines.names.count)
        var width = 0
        // Without two of one name each column stands in its own place, whatever it is called.
        let inOrder = lines.names.indices.filter { $0 != lines.labelColumn }
        let isSameOrder = inOrder.map { lines.names[$0] } == columns.map(\.name)
        for (index, column) in columns.enumerated() {
            let place = isSameOrder ? inOrder[index] : try lines.place(of: .name(column.name))
            places[place] = Place(
                first: width,
                values: column.categories.map {
                    Dictionary(uniqueKeysWithValues: zip($0, 0...))
                })
            width += column.width
        }
        if let other = inOrder.first(where: { places[$0] == nil }) {
            throw lines.malformed(
                1, "columns \(columns.map(\.name).joined(separator: ", ")) besides \(lines.label)",
                "also \(lines.names[other])")
        }
        self.lines = lines
        self.places = places
        self.width = width
    }

    mutating func readRows(regression: Bool) throws {
        var (features, values, labels) = ([Float](), [Float](), LabelColumn())
        var count = 0
        let (checks, places, width) = (lines, places, width)
        features.append(contentsOf: repeatElement(0, count: width))
        // A short text becomes a wide row where its columns are one hot.
        let charge = MemoryCharge()
        // The label's text, its number, and the label.
        let rowBytes = 2 * width * MemoryLayout<Float>.stride + 96
        try lines.readRows { parser, line, column in
            guard let place = places[column] else {
                if regression {
                    values.append(try checks.number(parser, line, column))
                } else {
                    try labels.add(parser, checks, line: line, column: column)
                }
                return
            }
            let first = count * width + place.first
            if let categories = place.values {
                features[first + (try checks.category(parser, line, column, categories))] = 1
            } else {
                features[first] = try checks.number(parser, line, column)
            }
        } endOfRow: {
            count += 1
            try charge.add(rowBytes, purpose: "the rows of \(checks.path)")
            features.append(contentsOf: repeatElement(0, count: width))
        }
        features.removeLast(width)
        (self.features, self.values, self.labels, rows) = (features, values, labels, count)
    }

    /// - Throws: ``DatasetError`` for a missing number among others.
    func classLabels() throws -> [ClassLabel] { try labels.labels(lines) }
}

extension CSVLines {
    fileprivate func number(_ parser: CSVParser, _ line: Int, _ column: Int) throws -> Float {
        let value = parseNumber(parser.cell).map { Float($0) }
        guard let value, value.isFinite else {
            throw malformed(
                line, "a finite number in column \(shown(column))",
                parser.cell.isBlank ? "an empty cell" : parser.text,
                hint: oneHotHint(parser.cell, column))
        }
        return value
    }

    /// How a column of texts would be read, where the cell is one.
    private func oneHotHint(_ cell: ArraySlice<UInt8>, _ column: Int) -> String? {
        guard suggestsOneHot, column != labelColumn, !cell.isBlank, !cell.isMissingNumber,
            parseNumber(cell) == nil
        else { return nil }
        let name = names[column].isEmpty ? "\(column + 1)" : "\"\(names[column])\""
        return "one_hot = { \(name) } makes numbers of texts"
    }

    /// The cell as text.
    ///
    /// - Throws: ``DatasetError`` for a blank one.
    func text(
        _ parser: CSVParser, _ line: Int, _ column: Int, _ what: String
    ) throws -> String {
        guard !parser.cell.isBlank else {
            throw malformed(line, "\(what) in column \(shown(column))", "an empty cell")
        }
        return parser.text
    }

    fileprivate func category(
        _ parser: CSVParser, _ line: Int, _ column: Int, _ categories: [String: Int]
    ) throws -> Int {
        let text = try text(parser, line, column, "a value")
        guard let category = categories[text] else {
            let known = categories.keys.sorted().prefix(10).joined(separator: ", ")
            throw malformed(
                line,
                "one of \(known)\(categories.count > 10 ? ", …" : "") in column \(shown(column))",
                text)
        }
        return category
    }
}
