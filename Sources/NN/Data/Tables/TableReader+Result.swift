internal import Platform

/// What becomes of all rows once they are read.
extension TableReader {
    /// Leaves out rows without a label, if that is wanted.
    ///
    /// - Throws: ``DatasetError`` for a missing label among numbers, and where no row is left.
    mutating func checkLabels() throws {
        if !reading.regression {
            try labels.missing.check(
                path: header.path, name: header.shown(header.labelColumn),
                areDropped: reading.missing == .dropped,
                hint: #"missing = "drop" leaves such rows out"#)
            if labels.missing.areAmongNumbers {
                let (codes, areMissing, count) = (labels.codes, labels.areMissing, rows.count)
                rows.filter { !areMissing[Int(codes[$0])] }
                labels.filter(count) { !areMissing[Int(codes[$0])] }
            }
        }
        guard rows.count > 0 else {
            throw header.malformed(
                nil, expected: "at least one row without missing values", got: "none")
        }
    }

    /// Puts means in the place of missing numbers.
    ///
    /// - Parameter columns: the columns that become features, which learn what stands in place of a
    ///   missing number.
    /// - Throws: ``DatasetError`` for a column without numbers.
    func fillWithMeans(_ columns: inout [TableColumn]) throws {
        var filled: [Int] = []
        var features: [Int] = []
        var feature = 0
        for index in columns.indices {
            defer { feature += columns[index].width }
            guard columns[index].categories == nil, columns[index].substitute == nil else {
                continue
            }
            filled.append(index)
            features.append(feature)
        }
        for (index, mean) in zip(filled, rows.fillWithMeans(features)) {
            guard let mean else {
                throw header.malformed(
                    nil, expected: "a number in column \(columns[index].name)", got: "none",
                    hint: "drop leaves the column out")
            }
            columns[index].substitute = mean
        }
    }

    /// What is to be learnt.
    var targets: Targets {
        guard reading.regression else { return labels.targets(rows.count, reading.encoding) }
        return .values(
            Array(UnsafeBufferPointer(start: values.pointer, count: rows.count)), outputs: 1)
    }

    /// What to say of a first column without a name that numbers the rows.
    var countingColumnWarning: String? {
        guard let place = features[0], place.categories == nil, header.names[0].isEmpty,
            rows.counts(place.feature)
        else { return nil }
        return "\(header.path): column 1 has no name and counts the rows; "
            + "drop = { 1 } leaves it out of the features"
    }

    /// The features of all rows.
    consuming func storage() throws -> FeatureStorage { try rows.storage() }
}
