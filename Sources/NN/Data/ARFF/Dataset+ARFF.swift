internal import Platform

/// How a file in Weka's format is read.
public struct ARFFOptions: Sendable {
    /// The attribute to learn: by default the last one.
    public var label: ColumnReference = -1
    /// Whether it holds numbers to predict instead of classes.
    public var regression = false
    /// The attributes that become features.
    public var columns = ColumnChoice.all
    /// What is made of values that are missing.
    public var missing = MissingValues.refused

    /// All attributes become features but the last, which is the class.
    public init() {}
}

extension Dataset {
    /// A data set from a file in Weka's attribute-relation file format, dense or sparse.
    ///
    /// A numeric attribute is a feature; a nominal one becomes a feature for each of its values, in
    /// their order, which is 1 where a row has it and 0 elsewhere. `?` stands for a missing value.
    /// The file may be gzipped. Text that is not UTF-8 is read as ISO 8859-1.
    ///
    /// - Throws: ``DatasetError`` that names the file, the line and the attribute: also for
    ///   attributes of text and of dates among the features; ``OutOfMemory``.
    ///
    /// Source: Weka 3.9, "ARFF (stable version)".
    public convenience init(arff path: String, _ options: ARFFOptions = ARFFOptions()) throws {
        let file = try readUnpacked(path)
        defer { withExtendedLifetime(file) {} }
        let bytes = UnsafeBufferPointer(start: file.pointer, count: file.count)
        let encoding = TextEncoding(bytes)
        let charge = MemoryCharge()
        var scanner = ARFFScanner(bytes)
        let attributes = try ARFFHeader(&scanner, path: path, encoding: encoding, charge: charge)
        let header = try TableHeader(
            attributes.names, label: options.label, path: path, line: attributes.line)
        let places = try header.features(options.columns).map { place in
            (place: place, column: try attributes.column(place, encoding))
        }
        var columns = places.map { $0.column.filling(with: options.missing) }
        let most = scanner.mostLines
        var rows = ARFFRows(
            scanner, attributes, header: header,
            table: try TableReader(
                header, columns: zip(places, columns).map { ($0.place, $1) },
                TableReading(
                    regression: options.regression, missing: options.missing,
                    encoding: encoding),
                mostRows: most, charge: charge))
        try rows.read()
        try rows.table.checkLabels()
        if options.missing == .mean { try rows.table.fillWithMeans(&columns) }
        let targets = rows.table.targets
        try self.init(
            name: path, features: rows.storage(), targets: targets,
            layout: FeatureLayout(columns: columns))
    }
}

extension ARFFHeader {
    /// How an attribute becomes features.
    fileprivate func column(_ place: Int, _ encoding: TextEncoding) throws -> TableColumn {
        switch kinds[place] {
        case .number: return TableColumn(name: names[place], categories: nil)
        case .nominal(let values):
            return TableColumn(name: names[place], categories: values.map { encoding.text($0) })
        case .text: throw noFeature(place, "string")
        case .other(let type): throw noFeature(place, type)
        }
    }

    private func noFeature(_ place: Int, _ type: String) -> DatasetError {
        malformed(
            nil, expected: "a numeric or nominal attribute \(names[place])", got: type,
            hint: "drop = { \"\(names[place])\" } leaves it out")
    }
}
