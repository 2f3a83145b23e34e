extension Dataset {
    /// A data set from a file of separated values whose first line names the columns.
    ///
    /// Every column but the label's is a feature and holds numbers, or is text for which `oneHot` or
    /// `like` says so. Labels are integers if all of them are, else numbers if all of them are, else
    /// text; where some are numbers, one that is missing (`NA`, `nan`, `?` and the like) is refused.
    /// The file may be gzipped.
    ///
    /// - Parameters:
    ///   - label: the name of the column to learn.
    ///   - regression: whether that column holds numbers to predict instead of classes.
    ///   - oneHot: the columns of text.
    ///   - like: a data set from another such file, whose features this one gets, in their order: a
    ///     test set is read like its training set. `oneHot` then has no meaning.
    ///   - separator: what stands between two cells.
    /// - Throws: ``DatasetError`` that names the file, the line and the column: missing and
    ///   unsuitable cells are refused, as are lines with too few or too many.
    public convenience init(
        csv path: String, label: String, regression: Bool = false,
        oneHot: OneHotColumns = .none, like: Dataset? = nil,
        separator: Unicode.Scalar = ","
    ) throws {
        guard separator.isASCII, !["\"", "\n", "\r"].contains(separator) else {
            throw DatasetError.invalid(
                name: "separator", expected: "an ASCII character but a quote or an end of line",
                got: "\(separator.escaped(asASCII: true))")
        }
        if let like, like.tableColumns.isEmpty {
            throw DatasetError.invalid(
                name: "like", expected: "a data set from a table with named columns",
                got: like.name)
        }
        let file = try readUnpacked(path)
        let bytes = UnsafeBufferPointer(start: file.pointer, count: file.count)
        var lines = CSVLines(
            CSVParser(bytes, separator: UInt8(ascii: separator)), path: path, label: label)
        try lines.readHeader()
        let columns: [TableColumn]
        if let like {
            columns = like.tableColumns
            lines.suggestsOneHot = false
        } else {
            var survey = lines
            columns = try survey.columns(oneHot)
        }
        var table = try CSVTable(columns, of: lines)
        try table.readRows(regression: regression)
        let storage = try FeatureStorage(rows: table.rows, columns: table.width) { target in
            _ = target.initialize(from: table.features)
        }
        try self.init(
            name: path, features: storage,
            targets: try regression
                ? .values(table.values, outputs: 1) : Targets(labels: table.classLabels()),
            tableColumns: columns)
    }
}
