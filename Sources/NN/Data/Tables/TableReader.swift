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
    private(set) var columns: [ck_csv_column]
    /// By column, nil for those that are no features.
    let features: [Place?]
    /// The line of the row that is read.
    private(set) var line = 0
    /// Whether the row that is read is left out.
    var isDropped = false
    var rows: TableRows
    /// By row the numbers to predict, empty for classes.
    var values: AlignedBuffer<Float>
    var labels: LabelColumn

    /// - Parameters:
    ///   - columns: those that become features, in their order, with their places in the file.
    ///   - mostRows: how many rows there are at most.
    ///   - charge: pays for what is made of labels in the end.
    /// - Throws: ``OutOfMemory``.
    init(
        _ header: TableHeader, columns chosen: [(place: Int, column: TableColumn)],
        _ reading: TableReading, mostRows: Int, charge: MemoryCharge
    ) throws {
        let path = header.path
        var columns = [ck_csv_column](repeating: .skipped, count: header.names.count)
        var features = [Place?](repeating: nil, count: header.names.count)
        var width = 0
        for (place, column) in chosen {
            let categories = try column.categories.map {
                try CategoryCells(
                    $0, from: width, purpose: "the values of \(column.name) of \(path)")
            }
            features[place] = Place(
                feature: width, substitute: column.substitute, categories: categories)
            let blank = column.substitute ?? (reading.missing == .mean ? .nan : .infinity)
            columns[place] =
                categories.map { .texts(CK_CSV_FEATURE, $0.texts) }
                ?? .number(in: width, blank: blank)
            width += column.width
        }
        let isRegression = reading.regression
        try charge.add(4 * mostRows, purpose: "the labels of \(path)")
        let labels = try LabelColumn(
            rows: isRegression ? 0 : mostRows + 1, path: path, numbers: reading.numbers)
        columns[header.labelColumn] = isRegression ? .value : .texts(CK_CSV_LABEL, labels.texts)
        columns.countAlike()
        let values = try AlignedBuffer<Float>(
            count: isRegression ? mostRows + 1 : 0, purpose: "the labels of \(path)")
        let rows = try TableRows(width: width, capacity: mostRows, purpose: "the rows of \(path)")
        (self.features, self.columns) = (features, columns)
        (self.header, self.reading) = (header, reading)
        self.labels = labels
        self.values = values
        self.rows = rows
    }
}

extension TableReader: CSVRowReader {
    var target: ck_csv_target {
        let isRegression = reading.regression
        return ck_csv_target(
            row: rows.row, width: rows.width,
            value: isRegression ? values.pointer + rows.count : nil,
            code: isRegression ? nil : labels.codes + rows.count,
            room: rows.capacity - 1 - rows.count, is_dropped: isDropped ? 1 : 0)
    }

    mutating func beginRow(line: Int) { (self.line, isDropped) = (line, false) }

    mutating func keepRows(_ count: Int) { rows.keepRows(count) }

    mutating func endRow() throws {
        guard !isDropped else { return rows.dropRow() }
        try rows.keepRow()
        if reading.regression {
            try values.grow(to: rows.capacity, purpose: "the labels of \(header.path)")
        } else {
            try labels.makeRoom(for: rows.capacity)
        }
    }

    mutating func read(_ cell: UnsafeBufferPointer<UInt8>, column: Int) throws {
        if column == header.labelColumn { return try readLabel(cell) }
        guard let place = features[column] else { return }
        if let categories = place.categories {
            guard let feature = try feature(cell, column, of: categories) else { return }
            rows.row[feature] = 1
        } else {
            rows.row[place.feature] = try number(cell, column) ?? 0
        }
    }
}
