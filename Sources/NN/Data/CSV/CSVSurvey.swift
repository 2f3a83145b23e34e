internal import CKernels
internal import Platform

/// Reads all rows for which columns are text, and which values these have.
struct CSVSurvey: CSVRowReader {
    private(set) var places: [Int32]
    let blanks: [Float]
    let row: UnsafeMutablePointer<Float>
    private let header: TableHeader
    private let numbers: NumberFormat
    /// Whether a column that has a number is none of text.
    private let staysText: Bool
    /// By column, nil for those that are none of text.
    private var columns: [SurveyedColumn?]
    private var line = 0

    /// - Parameters:
    ///   - chosen: the columns that may be text.
    ///   - row: memory that nothing is written to.
    init(
        _ chosen: [Int], of header: TableHeader, numbers: NumberFormat, staysText: Bool,
        charge: MemoryCharge, row: UnsafeMutablePointer<Float>
    ) {
        (self.header, self.numbers) = (header, numbers)
        (self.staysText, self.row) = (staysText, row)
        places = [Int32](repeating: CK_CSV_SKIP, count: header.names.count)
        blanks = [Float](repeating: .infinity, count: header.names.count)
        columns = [SurveyedColumn?](repeating: nil, count: header.names.count)
        for column in chosen {
            places[column] = CK_CSV_ASK
            columns[column] = SurveyedColumn(
                TextCodes(
                    charge,
                    purpose: "the values of column \(header.shown(column)) of \(header.path)"))
        }
    }

    mutating func beginRow(line: Int) { self.line = line }

    mutating func endRow() {}

    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws {
        guard let surveyed = columns[column], !cell.isBlank else { return }
        guard try surveyed.texts.code(of: cell).isNew else { return }
        let isNumber = numbers.number(cell) != nil
        surveyed.missing.add(cell, isNumber: isNumber, line: line)
        guard isNumber, !staysText else { return }
        columns[column] = nil
        places[column] = CK_CSV_SKIP
    }

    /// The values of each column of text, in ascending order.
    ///
    /// A column without any value is none of text unless it has to be: the reader names its first line.
    ///
    /// - Throws: ``DatasetError`` if one has both numbers and missing ones.
    func categories(_ encoding: TextEncoding) throws -> [Int: [String]] {
        var categories: [Int: [String]] = [:]
        for case (let column, let surveyed?) in zip(columns.indices, columns) {
            try surveyed.missing.check(path: header.path, name: header.shown(column))
            let codes = surveyed.texts
            guard codes.count > 0 || staysText else { continue }
            categories[column] = (0..<codes.count).map { encoding.text(codes[$0]) }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return categories
    }
}

/// What is known of a column that may be text. A class, so that a cell copies nothing.
private final class SurveyedColumn {
    var texts: TextCodes
    var missing = MissingNumbers()

    init(_ texts: TextCodes) { self.texts = texts }
}

extension CSVLines {
    /// How the columns that become features do, in their order.
    func columns(
        _ options: CSVOptions, _ charge: MemoryCharge
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
        let categories = chosen.isEmpty ? [:] : try survey(chosen, options, charge: charge)
        return features.map { column in
            (column, TableColumn(name: header.names[column], categories: categories[column]))
        }
    }

    private func survey(
        _ columns: [Int], _ options: CSVOptions, charge: MemoryCharge
    ) throws -> [Int: [String]] {
        try withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { unused in
            var lines = self
            var survey = CSVSurvey(
                columns, of: header, numbers: parser.numbers, staysText: options.oneHot != .text,
                charge: charge, row: unused.baseAddress!)
            try lines.readRows(&survey)
            return try survey.categories(parser.encoding)
        }
    }
}
