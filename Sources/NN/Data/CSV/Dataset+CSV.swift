internal import Platform

extension Dataset {
    /// A data set from a file of separated values whose first line names the columns.
    ///
    /// Every column but the label's is a feature and holds numbers, or is text for which `oneHot` or
    /// `like` says so. Labels are integers if all of them are, else numbers if all of them are, else
    /// text; where some are numbers, one that is missing (`NA`, `nan`, `?` and the like) is refused.
    /// The file may be gzipped.
    ///
    /// Text that is not UTF-8 is read as ISO 8859-1.
    ///
    /// - Parameters:
    ///   - label: the column to learn.
    ///   - regression: whether that column holds numbers to predict instead of classes.
    ///   - oneHot: the columns of text.
    ///   - like: a data set from another such file, whose features this one gets, in their order: a
    ///     test set is read like its training set. `oneHot` then has no meaning.
    ///   - separator: what stands between two cells.
    ///   - header: whether the first line names the columns; nil for yes, unless `names` are given.
    ///   - names: what the columns are called. Without any they are called by their numbers.
    ///   - warn: is told what may be wrong with the file.
    /// - Throws: ``DatasetError`` that names the file, the line and the column: missing and
    ///   unsuitable cells are refused, as are lines with too few or too many.
    public convenience init(
        csv path: String, label: ColumnReference, regression: Bool = false,
        oneHot: OneHotColumns = .none, like: Dataset? = nil,
        separator: Unicode.Scalar = ",", header: Bool? = nil, names: [String]? = nil,
        warn: (String) -> Void = { _ in }
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
            CSVParser(bytes, separator: UInt8(ascii: separator)), path: path, label: label,
            header: header ?? (names == nil), names: names)
        let charge = MemoryCharge()
        try lines.readHeader(charge)
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
        let targets: Targets =
            try regression
            ? .values(table.values, outputs: 1) : Targets(labels: table.classLabels())
        var labels: [ClassLabel] = []
        if case .classes(_, let classes) = targets { labels = classes }
        if let warning = lines.headerWarning(labels: labels, columns: columns) { warn(warning) }
        try self.init(
            name: path, features: storage, targets: targets,
            layout: FeatureLayout(columns: columns))
    }
}
