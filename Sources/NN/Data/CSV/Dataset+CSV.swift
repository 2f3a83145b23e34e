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
    ///   - options: how it is read.
    ///   - warn: is told what may be wrong with the file.
    /// - Throws: ``DatasetError`` that names the file, the line and the column: missing and
    ///   unsuitable cells are refused, as are lines with too few or too many; ``OutOfMemory``.
    public convenience init(
        csv path: String, _ options: CSVOptions, warn: (String) -> Void = { _ in }
    ) throws {
        try options.check()
        let file = try readUnpacked(path)
        let charge = MemoryCharge()
        let bytes = UnsafeBufferPointer(start: file.pointer, count: file.count)
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
            throw DatasetError.malformed(
                path: path, line: nil, expected: "text in UTF-8", got: "UTF-16",
                hint: "iconv -f UTF-16 -t UTF-8 converts it")
        }
        var lines = try CSVLines(bytes, path: path, options, charge: charge)
        defer { withExtendedLifetime(file) {} }
        let places =
            try options.like.map { try lines.header.columns(like: $0, options) }
            ?? lines.columns(options)
        var columns = places.map { $0.column.filling(with: options.missing) }
        var table = try TableReader(
            lines.header, columns: zip(places, columns).map { ($0.place, $1) },
            options.reading(lines.parser), mostRows: lines.mostRows, charge: charge)
        try lines.readRows(&table)
        try table.checkLabels()
        if options.missing == .mean { try table.fillWithMeans(&columns) }
        let targets = table.targets
        var labels: [ClassLabel] = []
        if case .classes(_, let classes) = targets { labels = classes }
        let warnings = [
            table.countingColumnWarning,
            lines.header.warning(rows: table.rows.count, labels: labels, columns: columns),
        ]
        for case let warning? in warnings { warn(warning) }
        let scaling = options.scaling(of: table.rows)
        if let scaling { table.rows.scale(scaling) }
        try self.init(
            name: path, features: table.storage(), targets: targets,
            layout: FeatureLayout(
                columns: columns, ignored: try options.ignored(by: lines.header), scaling: scaling))
    }

    /// ``init(csv:_:warn:)`` with the options that most files need.
    public convenience init(
        csv path: String, label: ColumnReference, regression: Bool = false,
        oneHot: OneHotColumns = .none, like: Dataset? = nil,
        separator: Unicode.Scalar = ",", header: Bool? = nil, names: [String]? = nil,
        warn: (String) -> Void = { _ in }
    ) throws {
        var options = CSVOptions(label: label)
        options.regression = regression
        options.oneHot = oneHot
        options.like = like
        options.format.separator = separator
        (options.header, options.names) = (header, names)
        try self.init(csv: path, options, warn: warn)
    }
}

extension CSVOptions {
    /// How cells are read.
    fileprivate func reading(_ parser: CSVParser) -> TableReading {
        TableReading(
            regression: regression, missing: missing ?? .refused, encoding: parser.encoding,
            numbers: parser.numbers, suggestsFormats: true, suggestsOneHot: like == nil)
    }
}

extension TableColumn {
    /// The column with a substitute for missing numbers where they are to be replaced.
    ///
    /// One that is read like another keeps that one's, unless rows are left out or a number is given.
    func filling(with missing: MissingValues?) -> TableColumn {
        var column = self
        switch missing {
        case .value(let value)?: column.substitute = categories == nil ? value : nil
        case .refused?, .dropped?: column.substitute = nil
        case .mean?, nil: break
        }
        return column
    }
}
