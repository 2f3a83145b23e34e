internal import CKernels
internal import Platform

/// How the cells of a table are read.
struct TableReading {
    /// Whether the label's column holds numbers to predict instead of classes.
    var regression = false
    /// What is made of cells without a value where a column has no substitute.
    var missing = MissingValues.refused
    var encoding = TextEncoding.utf8
    var numbers = NumberFormat.plain
    /// Whether numbers may be written another way than they were read.
    var suggestsFormats = false
    /// Whether a text among numbers may be meant to be one hot.
    var suggestsOneHot = false
}

/// Reads the rows of a table as features and labels.
struct TableReader: ~Copyable {
    /// What is done with the cells of a column that becomes features.
    struct Place {
        /// Its first feature.
        let feature: Int
        /// What stands in place of a number that is missing.
        let substitute: Float?
        /// The values of a column of text; nil for numbers.
        let categories: CategoryCells?
    }

    let header: TableHeader
    let reading: TableReading
    private(set) var places: [Int32]
    private(set) var blanks: [Float]
    /// By column, nil for those that are no features.
    let features: [Place?]
    /// The line of the row that is read.
    private(set) var line = 0
    /// Whether the row that is read is left out.
    var isDropped = false
    /// Where its numbers go.
    private(set) var row: UnsafeMutablePointer<Float>
    var rows: TableRows
    /// The numbers to predict, empty for classes.
    var values: [Float] = []
    var labels: LabelColumn

    /// - Parameters:
    ///   - columns: those that become features, in their order, with their places in the file.
    ///   - mostRows: how many rows there are at most.
    ///   - charge: pays for all but the rows' features.
    /// - Throws: ``OutOfMemory``.
    init(
        _ header: TableHeader, columns: [(place: Int, column: TableColumn)],
        _ reading: TableReading, mostRows: Int, charge: MemoryCharge
    ) throws {
        (self.header, self.reading) = (header, reading)
        let path = header.path
        places = [Int32](repeating: CK_CSV_SKIP, count: header.names.count)
        blanks = [Float](repeating: .infinity, count: header.names.count)
        var features = [Place?](repeating: nil, count: header.names.count)
        var width = 0
        for (place, column) in columns {
            features[place] = Place(
                feature: width, substitute: column.substitute,
                categories: column.categories.map {
                    CategoryCells($0, charge, purpose: "the values of \(column.name) of \(path)")
                })
            places[place] = column.categories == nil ? Int32(width) : CK_CSV_ASK
            blanks[place] =
                column.substitute ?? (reading.missing == .mean ? .nan : .infinity)
            width += column.width
        }
        self.features = features
        places[header.labelColumn] = CK_CSV_ASK
        labels = LabelColumn(charge, path: path, numbers: reading.numbers)
        try charge.add(8 * mostRows, purpose: "the labels of \(path)")
        rows = try TableRows(width: width, capacity: mostRows, purpose: "the rows of \(path)")
        row = rows.row
    }
}

extension TableReader: CSVRowReader {
    mutating func beginRow(line: Int) { (self.line, isDropped) = (line, false) }

    mutating func endRow() throws {
        guard !isDropped else {
            rows.dropRow()
            if reading.regression { values.removeLast() } else { labels.removeLast() }
            return
        }
        try rows.keepRow()
        row = rows.row
    }

    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws {
        if column == header.labelColumn { return try readLabel(cell) }
        guard let place = features[column] else { return }
        if let categories = place.categories {
            guard let category = try category(cell, column, of: categories) else { return }
            row[place.feature + category] = 1
        } else {
            row[place.feature] = try number(cell, column) ?? 0
        }
    }
}
