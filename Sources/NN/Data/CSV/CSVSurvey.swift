internal import CKernels
internal import Platform

/// Reads all rows for which columns are text, and which values these have.
struct CSVSurvey: CSVRowReader {
    private(set) var columns: [ck_csv_column]
    private let row: UnsafeMutablePointer<Float>
    private let header: TableHeader
    private let numbers: NumberFormat
    /// Whether a column that has a number is none of text.
    private let staysText: Bool
    /// By column, nil for those that are none of text.
    private var surveyed: [SurveyedColumn?]
    /// Whether a column has turned out to be none of text in this row.
    private var isChanged = false
    private var line = 0

    /// - Parameters:
    ///   - chosen: the columns that may be text.
    ///   - row: memory that nothing is written to.
    /// - Throws: ``OutOfMemory``.
    init(
        _ chosen: [Int], of header: TableHeader, numbers: NumberFormat, staysText: Bool,
        row: UnsafeMutablePointer<Float>
    ) throws {
        (self.header, self.numbers) = (header, numbers)
        (self.staysText, self.row) = (staysText, row)
        columns = [ck_csv_column](repeating: .skipped, count: header.names.count)
        surveyed = [SurveyedColumn?](repeating: nil, count: header.names.count)
        for column in chosen {
            let texts = try TextCodes(
                purpose: "the values of column \(header.shown(column)) of \(header.path)")
            columns[column] = .texts(CK_CSV_KNOWN, texts)
            surveyed[column] = SurveyedColumn(texts)
        }
        columns.countAlike()
    }

    /// After a row that changes what is done with columns, they are counted.
    var target: ck_csv_target {
        ck_csv_target(
            row: row, width: 0, value: nil, code: nil, room: isChanged ? 0 : .max, is_dropped: 0)
    }

    mutating func beginRow(line: Int) {
        self.line = line
        guard isChanged else { return }
        columns.countAlike()
        isChanged = false
    }

    mutating func endRow() {}

    mutating func keepRows(_ count: Int) {}

    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws {
        guard let survey = surveyed[column], !cell.isBlank else { return }
        guard try survey.texts.code(of: cell).isNew else { return }
        let isNumber = numbers.number(cell) != nil
        survey.missing.add(cell, isNumber: isNumber, line: line)
        guard isNumber, !staysText else { return }
        columns[column] = .skipped
        surveyed[column] = nil
        isChanged = true
    }

    /// The values of each column of text, in ascending order.
    ///
    /// A column without any value is none of text unless it has to be: the reader names its first line.
    ///
    /// - Throws: ``DatasetError`` if one has both numbers and missing ones.
    func categories(_ encoding: TextEncoding) throws -> [Int: [String]] {
        var categories: [Int: [String]] = [:]
        for case (let column, let survey?) in zip(surveyed.indices, surveyed) {
            try survey.missing.check(path: header.path, name: header.shown(column))
            let codes = survey.texts
            guard codes.count > 0 || staysText else { continue }
            categories[column] = (0..<codes.count).map { encoding.text(codes[$0]) }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return categories
    }
}

/// What is known of a column that may be text. A class, so that a cell copies nothing.
private final class SurveyedColumn {
    let texts: TextCodes
    var missing = MissingNumbers()

    init(_ texts: TextCodes) { self.texts = texts }
}

extension CSVLines {
    /// How the columns that become features do, in their order.
    func columns(
        _ options: CSVOptions
    ) throws -> [(place: Int, column: TableColumn)] {
        let features = try header.features(options.columns)
        let chosen: [Int]
        switch options.oneHot {
        case .none: chosen = []
        case .text: chosen = features
        case .named(let references):
            chosen = try references.map { reference in
                let column = try header.place(of: reference)
                guard column != header.labelColumn else {
                    throw DatasetError.invalid(
                        name: "one_hot", expected: "columns of features",
                        got: "\(reference), the label's")
                }
                guard features.contains(column) else {
                    throw DatasetError.invalid(
                        name: "one_hot", expected: "columns that become features",
                        got: "\(reference)")
                }
                return column
            }
        }
        let categories = chosen.isEmpty ? [:] : try survey(chosen, options)
        return features.map { column in
            (column, TableColumn(name: header.names[column], categories: categories[column]))
        }
    }

    private func survey(
        _ columns: [Int], _ options: CSVOptions
    ) throws -> [Int: [String]] {
        try withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { unused in
            var lines = self
            var survey = try CSVSurvey(
                columns, of: header, numbers: parser.numbers, staysText: options.oneHot != .text,
                row: unused.baseAddress!)
            try lines.readRows(&survey)
            return try survey.categories(parser.encoding)
        }
    }
}
